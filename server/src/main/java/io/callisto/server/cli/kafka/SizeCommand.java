package io.callisto.server.cli.kafka;

import io.callisto.server.cluster.ClusterFailure;
import io.callisto.server.kafkaha.Sizing;
import io.callisto.server.kafkaha.SizingInput;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code callisto kafka-ha size} (EV-10). */
@Command(
        name = "size",
        mixinStandardHelpOptions = true,
        description = {
            "How much disk and network the event stream needs, beside POM's published run.",
            "Bytes of an event are measured ones; see docs/operating/kafka.md."
        })
final class SizeCommand implements Callable<Integer> {
    private static final Pattern SHORT = Pattern.compile("(\\d+)(ms|s|m|h|d)");

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--attempts-per-hour",
            paramLabel = "N",
            defaultValue = "68283",
            description = "Of all jobs (default: ${DEFAULT-VALUE}, POM's run).")
    private double attempts = 68_283;

    @Option(
            names = "--events-per-attempt",
            paramLabel = "N",
            defaultValue = "5",
            description = "Events of topic ATTEMPT for one attempt (default: ${DEFAULT-VALUE}).")
    private double eventsPerAttempt = 5;

    @Option(names = "--agents", paramLabel = "N", defaultValue = "1000", description = "Logged in (default: 1000).")
    private int agents = 1_000;

    @Option(
            names = "--agent-events",
            paramLabel = "N",
            defaultValue = "250",
            description = "State changes of an agent in an hour (default: ${DEFAULT-VALUE}).")
    private double agentEvents = 250;

    @Option(names = "--jobs", paramLabel = "N", defaultValue = "20", description = "Running (default: 20).")
    private int jobs = 20;

    @Option(
            names = "--job-events",
            paramLabel = "N",
            defaultValue = "20",
            description = "State changes of a job in an hour (default: ${DEFAULT-VALUE}).")
    private double jobEvents = 20;

    @Option(
            names = "--statistics",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "Cadence of the statistics topics (default: ${DEFAULT-VALUE}, POM's).")
    private String statistics = "10s";

    @Option(
            names = "--retention",
            paramLabel = "TIME",
            defaultValue = "168h",
            description = "How long events are kept: 72h, 7d (default: ${DEFAULT-VALUE}).")
    private String retention = "168h";

    @Option(names = "--replication", paramLabel = "N", defaultValue = "3", description = "Replicas (default: 3).")
    private int replication = 3;

    @Option(names = "--brokers", paramLabel = "N", defaultValue = "3", description = "Brokers (default: 3).")
    private int brokers = 3;

    @Option(
            names = "--consumers",
            paramLabel = "N",
            defaultValue = "5",
            description = "Clients that read everything (default: ${DEFAULT-VALUE}, POM's run).")
    private int consumers = 5;

    @Option(
            names = "--window",
            paramLabel = "TIME",
            defaultValue = "130ms",
            description = "What the relay puts into one transaction: callisto.events.gather-most and a commit's time"
                    + " (default: ${DEFAULT-VALUE}).")
    private String window = "130ms";

    @Option(
            names = "--headroom",
            paramLabel = "PERCENT",
            defaultValue = "40",
            description = "Share of the disk that stays free (default: ${DEFAULT-VALUE}).")
    private int headroom = 40;

    @Override
    public Integer call() {
        SizingInput input;
        try {
            input = new SizingInput(
                    attempts,
                    eventsPerAttempt,
                    agents,
                    agentEvents,
                    jobs,
                    jobEvents,
                    time(statistics),
                    time(retention),
                    replication,
                    brokers,
                    consumers,
                    time(window),
                    headroom / 100.0);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new ClusterFailure(String.valueOf(e.getMessage()), e);
        }
        Sizing.Result result = Sizing.of(input);
        print(input, result);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("input", input);
        json.put("result", result);
        output.result(json);
        return 0;
    }

    static Duration time(String text) {
        Matcher form = SHORT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no time; write 50ms, 10s, 15m, 72h or 7d");
        }
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private void print(SizingInput input, Sizing.Result result) {
        output.line(String.format(
                Locale.ROOT,
                "%,.0f attempts/h, %,d agents, %d jobs; %d replicas on %d brokers, kept %d h",
                input.attemptsPerHour(),
                input.agents(),
                input.jobs(),
                input.replication(),
                input.brokers(),
                input.retention().toHours()));
        output.line("");
        output.line(String.format(
                Locale.ROOT,
                "%-22s %12s %9s %10s %14s %12s",
                "topic (all replicas)",
                "events/h",
                "MB/h",
                "kept GB",
                "POM printed",
                "POM scaled"));
        for (Sizing.Topic topic : result.topics()) {
            output.line(String.format(
                    Locale.ROOT,
                    "%-22s %,12.0f %9.1f %10.1f %9.0f MB/h %7.0f MB/h",
                    topic.topic(),
                    topic.eventsPerHour(),
                    topic.megabytesPerHour(),
                    topic.retainedGigabytes(),
                    topic.pomPublished(),
                    topic.pomScaled()));
        }
        output.line(String.format(
                Locale.ROOT,
                "%-22s %12s %9.1f %10.1f %9s      %7.0f MB/h",
                "all six",
                "",
                result.megabytesPerHour(),
                result.retainedGigabytes(),
                "",
                result.pomMegabytesPerHour()));
        output.line("");
        output.line(String.format(
                Locale.ROOT,
                "per attempt: %.2f KB in each broker's store, %.2f KB in all (POM: %.2f KB, its store 15.8 KB)",
                result.bytesPerAttempt() / input.brokers() / 1_000,
                result.bytesPerAttempt() / 1_000,
                result.pomBytesPerAttempt() / 1_000));
        output.line(String.format(
                Locale.ROOT,
                "disk of each broker: %.0f GB (%.0f %% headroom, and one open segment for each partition)",
                Math.ceil(result.diskPerBrokerGigabytes()),
                input.headroom() * 100));
        output.line(String.format(
                Locale.ROOT,
                "network of each broker: %.2f Mbit/s in, %.2f Mbit/s out (%d clients)",
                result.inPerBrokerMegabits(),
                result.outPerBrokerMegabits(),
                input.consumers()));
    }
}
