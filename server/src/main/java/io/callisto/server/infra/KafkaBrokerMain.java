package io.callisto.server.infra;

import io.callisto.server.process.Arguments;
import io.callisto.server.process.StateFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.DynamicVoters;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka broker and controller in KRaft mode. Formats its directory when it is new, with a dynamic controller
 * quorum: the
 * first controllers are named with their directory ids ({@code --initial-controllers=id@host:port:directoryId,...});
 * one that
 * joins later is started without that argument and added through the admin API.
 *
 * <p>Arguments: {@code --id --host --broker-port --controller-port --bootstrap --brokers --data --cluster-id} and
 * optionally
 * {@code --initial-controllers --quick=true}; with {@code --tls-key-store=FILE.pem --tls-trust-store=FILE.pem} all of
 * its listeners speak mutual TLS and nobody may do what was not granted.
 */
public final class KafkaBrokerMain {
    private KafkaBrokerMain() {}

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.parse(args);
        KafkaSettings settings = new KafkaSettings(
                arguments.number("id"),
                arguments.get("host"),
                arguments.number("broker-port"),
                arguments.number("controller-port"),
                arguments.get("bootstrap"),
                arguments.number("brokers"),
                arguments.get("data"),
                arguments.find("quick").map(Boolean::parseBoolean).orElse(false),
                arguments
                        .find("tls-key-store")
                        .map(keyStore -> new KafkaTls(keyStore, arguments.get("tls-trust-store")))
                        .orElse(null));
        format(arguments, settings);
        Properties properties = new Properties();
        properties.putAll(settings.properties());
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        server.startup();
        StateFile.report("RUNNING");
        server.awaitShutdown();
    }

    private static void format(Arguments arguments, KafkaSettings settings) throws Exception {
        Files.createDirectories(Path.of(settings.data()));
        Formatter formatter = new Formatter()
                .setClusterId(arguments.get("cluster-id"))
                .setNodeId(settings.nodeId())
                .setControllerListenerName("CONTROLLER")
                .addDirectory(settings.data())
                .setMetadataLogDirectory(settings.data())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setIgnoreFormatted(true)
                .setHasDynamicQuorum(true)
                .setPrintStream(System.out);
        arguments.find("initial-controllers").map(DynamicVoters::parse).ifPresent(formatter::setInitialControllers);
        formatter.run();
    }
}
