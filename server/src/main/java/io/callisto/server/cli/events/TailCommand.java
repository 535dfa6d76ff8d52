package io.callisto.server.cli.events;

import io.callisto.event.client.EventClient;
import io.callisto.event.client.EventClientBuilder;
import io.callisto.event.client.EventClientException;
import io.callisto.event.client.EventClientStatus.State;
import io.callisto.event.client.PoisonRecord;
import io.callisto.event.client.StartAt;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.TopicNaming;
import io.callisto.server.cli.DirectoryOption;
import io.callisto.server.cluster.ClusterFailure;
import io.callisto.server.cluster.LocalCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code callisto events tail}: prints events as they come; the sample of a program that uses the event client. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = {
            "Prints events as they come, until Ctrl-C.",
            "Finds the Kafka of the local cluster by itself; for another one give --bootstrap-servers."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:the events cannot be read, with the reason on standard error", "2:wrong usage"})
final class TailCommand implements Callable<Integer> {
    private static final Pattern AGO = Pattern.compile("(?<n>[0-9]{1,6})(?<unit>[smhd])");
    /** Properties of programs that decode records themselves; meaningless here. */
    private static final Set<String> LEFT_OUT = Set.of(
            "key.deserializer",
            "value.deserializer",
            "group.id",
            "enable.auto.commit",
            "auto.offset.reset",
            "isolation.level",
            "client.id");

    enum Format {
        TEXT,
        JSON
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DirectoryOption directory = new DirectoryOption();

    @Option(
            names = "--organisation",
            split = ",",
            paramLabel = "ID",
            description = "Whose events (default: 0, the Default organisation).")
    private List<Integer> organisations = List.of(0);

    @Option(
            names = "--type",
            split = ",",
            paramLabel = "TYPE",
            description = "Which events: ${COMPLETION-CANDIDATES} (default: all).")
    private List<EventType> types = List.of(EventType.values());

    @Option(
            names = "--from",
            defaultValue = "latest",
            paramLabel = "earliest|latest|TIME",
            description = "Where to begin: earliest, latest, how long ago (30s, 5m, 2h, 1d) or a time"
                    + " (2026-11-22T10:00:00Z) (default: ${DEFAULT-VALUE}).")
    private String from = "latest";

    @Option(
            names = "--filter",
            paramLabel = "FIELD=VALUE",
            description = "Only events with this value in a field of their JSON, such as jobId=17, phase=COMPLETED or"
                    + " attempts.live=0. Several must all hold.")
    private Map<String, String> filters = new LinkedHashMap<>();

    @Option(
            names = "-o",
            defaultValue = "text",
            paramLabel = "text|json",
            description = "Form of the output, a line for each event (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    @Option(names = "--max", paramLabel = "N", description = "End after so many events.")
    private long max = Long.MAX_VALUE;

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT,...", description = "Kafka of another cluster.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties of a Kafka client: security.protocol, ssl.keystore.location, ...")
    private @Nullable Path config;

    @Option(
            names = "--topic-naming",
            defaultValue = "POM_4",
            description = "How the cluster calls its topics: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private TopicNaming topicNaming = TopicNaming.POM_4;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (max < 1) {
            throw usage("--max must be at least 1, not " + max);
        }
        EventLines lines = new EventLines(format == Format.JSON, types, organisations.size() > 1, filters);
        CountDownLatch done = new CountDownLatch(1);
        EventClientBuilder builder = builder(out, lines, done).onPoison(poison -> warn(err, poison));
        try (EventClient client = builder.start()) {
            while (!done.await(200, TimeUnit.MILLISECONDS)) {
                State state = client.status().state();
                if (state == State.STOPPED) {
                    return 0; // Ctrl-C
                }
                if (state == State.FAILED) {
                    throw new EventClientException(
                            String.valueOf(client.status().problem()), null);
                }
            }
            return 0;
        } catch (EventClientException e) {
            err.println("callisto: " + e.getMessage());
            err.flush();
            return 1;
        }
    }

    private EventClientBuilder builder(PrintWriter out, EventLines lines, CountDownLatch done) {
        EventClientBuilder builder = EventClient.builder()
                .name("events-tail")
                .topicNaming(topicNaming)
                .startAt(start())
                .startupLimit(Duration.ofSeconds(20))
                .closeWithJvm();
        organisations.forEach(builder::organisation);
        Set.copyOf(types).forEach(type -> on(builder, type.record(), out, lines, done));
        Map<String, String> properties = new TreeMap<>();
        String address = bootstrapServers;
        if (address == null && config == null) {
            LocalCluster cluster = directory.cluster();
            address = cluster.kafkaBootstrap();
            properties.putAll(cluster.kafkaClient());
        }
        properties.putAll(configured());
        String named = properties.remove("bootstrap.servers");
        address = address == null ? named : address;
        if (address == null) {
            throw usage(config + " has no bootstrap.servers: add it, or give --bootstrap-servers");
        }
        properties.keySet().removeAll(LEFT_OUT);
        properties.forEach(builder::kafkaProperty);
        return builder.bootstrapServers(address);
    }

    private <E extends CallistoEvent> void on(
            EventClientBuilder builder, Class<E> event, PrintWriter out, EventLines lines, CountDownLatch done) {
        builder.on(event, found -> {
            if (done.getCount() == 0) {
                return;
            }
            lines.line(found).ifPresent(line -> {
                out.println(line);
                out.flush();
                // A reader that has gone away (| head) is no failure.
                if (--max <= 0 || out.checkError()) {
                    done.countDown();
                }
            });
        });
    }

    private static void warn(PrintWriter err, PoisonRecord poison) {
        err.println("callisto: no event at " + poison.context() + ": " + poison.explanation());
        err.flush();
    }

    private StartAt start() {
        String text = from.strip();
        Matcher ago = AGO.matcher(text.toLowerCase(Locale.ROOT));
        if (ago.matches()) {
            long n = Long.parseLong(ago.group("n"));
            return StartAt.ago(
                    switch (ago.group("unit")) {
                        case "s" -> Duration.ofSeconds(n);
                        case "m" -> Duration.ofMinutes(n);
                        case "h" -> Duration.ofHours(n);
                        default -> Duration.ofDays(n);
                    });
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "earliest" -> StartAt.earliest();
            case "latest" -> StartAt.latest();
            default -> time(text);
        };
    }

    private StartAt time(String text) {
        try {
            return StartAt.time(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw usage("--from is none of earliest, latest, how long ago (30s, 5m, 2h, 1d) and a time"
                    + " (2026-11-22T10:00:00Z): " + text);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private Map<String, String> configured() {
        Map<String, String> found = new TreeMap<>();
        Path file = config;
        if (file == null) {
            return found;
        }
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        } catch (IOException e) {
            throw new ClusterFailure("cannot read " + file + ": " + e.getMessage(), e);
        }
        read.stringPropertyNames().forEach(name -> found.put(name, read.getProperty(name)));
        return found;
    }
}
