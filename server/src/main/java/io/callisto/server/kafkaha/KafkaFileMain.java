package io.callisto.server.kafkaha;

import io.callisto.server.process.Arguments;
import io.callisto.server.process.StateFile;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.DynamicVoters;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka broker and controller from a {@code server.properties} that {@code kafka-ha enable} made; formats its data
 * directory when it is new. For Callisto's own servers; an external one uses a stock Kafka.
 *
 * <p>Arguments: {@code --config=FILE}, and {@code --join=true} for a founder that comes back with an empty disk: it
 * must join the living quorum, as it has forgotten what it acknowledged.
 */
public final class KafkaFileMain {
    private KafkaFileMain() {}

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.parse(args);
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments.get("config")))) {
            properties.load(reader);
        }
        boolean join = arguments.find("join").map(Boolean::parseBoolean).orElse(false);
        format(properties, join);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        server.startup();
        StateFile.report("RUNNING");
        server.awaitShutdown();
    }

    private static void format(Properties properties, boolean join) throws Exception {
        String data = get(properties, "log.dirs");
        Files.createDirectories(Path.of(data));
        Formatter formatter = new Formatter()
                .setClusterId(get(properties, ServerProperties.CLUSTER_ID))
                .setNodeId(Integer.parseInt(get(properties, "node.id")))
                .setControllerListenerName(get(properties, "controller.listener.names"))
                .addDirectory(data)
                .setMetadataLogDirectory(data)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setIgnoreFormatted(true)
                .setHasDynamicQuorum(true)
                .setPrintStream(System.out);
        String founders = get(properties, ServerProperties.INITIAL_CONTROLLERS);
        if (!founders.isBlank() && !join) {
            formatter.setInitialControllers(DynamicVoters.parse(founders));
        }
        formatter.run();
    }

    private static String get(Properties properties, String key) {
        return Objects.requireNonNull(
                properties.getProperty(key),
                () -> "the configuration has no " + key + "; make one with: callisto kafka-ha enable");
    }
}
