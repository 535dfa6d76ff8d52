package io.callisto.server.cli;

import io.callisto.server.cluster.ClusterOptions;
import io.callisto.server.cluster.ExternalParts;
import io.callisto.server.cluster.KafkaSecurity;
import io.callisto.server.cluster.Layout;
import io.callisto.server.cluster.LocalCluster;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code callisto up}. What is not given stays as the last {@code up} of the same directory had it. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a cluster on this machine, or what is missing of it, and shows what runs where.",
            "It goes on running in the background; stop it with: callisto down"
        })
final class UpCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DirectoryOption directory = new DirectoryOption();

    @Option(names = "--servers", paramLabel = "N", description = "Servers, 1 to 4 (default: 1).")
    private @Nullable Integer servers;

    @Option(
            names = "--layout",
            paramLabel = "jvm|processes",
            description = "All services of a server in one JVM, or one JVM for each (default: jvm).")
    private @Nullable Layout layout;

    @Option(
            names = "--own-process",
            paramLabel = "SERVICE",
            description = "A service that runs in a JVM of its own although the layout is jvm; may be repeated.")
    private @Nullable Set<String> ownProcesses;

    @Option(names = "--kafka", paramLabel = "N", description = "Embedded Kafka brokers, 1 or 3 (default: 1).")
    private @Nullable Integer kafka;

    @Option(names = "--zookeeper", paramLabel = "N", description = "Embedded ZooKeeper members, 1 or 3 (default: 1).")
    private @Nullable Integer zookeeper;

    @Option(names = "--gateways", paramLabel = "N", description = "Media gateways (default: 1).")
    private @Nullable Integer gateways;

    @Option(
            names = "--time-factor",
            paramLabel = "X",
            description = "How many times faster than real time simulated calls ring and talk (default: 1).")
    private @Nullable Double timeFactor;

    @Option(
            names = "--timing",
            paramLabel = "fast|safe|small",
            description = "Timing of leases and take-overs (default: small).")
    private @Nullable String timing;

    @Option(
            names = "--tls",
            negatable = true,
            description = "Embedded Kafka speaks mutual TLS, with certificates from an authority in DIR/tls, and every"
                    + " client may do only what it was granted (default: no).")
    private @Nullable Boolean tls;

    @Option(names = "--database-url", description = "Use this PostgreSQL (JDBC address) instead of an embedded one.")
    private @Nullable String databaseUrl;

    @Option(names = "--database-user", description = "User of --database-url.")
    private @Nullable String databaseUser;

    @Option(
            names = "--database-password",
            interactive = true,
            arity = "0..1",
            description = "Password of --database-url; without a value it is asked for.")
    private @Nullable String databasePassword;

    @Option(
            names = "--zookeeper-servers",
            description = "Use this ZooKeeper (connect string) instead of an embedded one.")
    private @Nullable String zookeeperServers;

    @Option(names = "--kafka-servers", description = "Use this Kafka (bootstrap servers) instead of an embedded one.")
    private @Nullable String kafkaServers;

    @Option(names = "--broker-url", description = "Use these Artemis brokers (JMS address) instead of embedded ones.")
    private @Nullable String brokerUrl;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        LocalCluster cluster = directory.cluster();
        boolean fresh = cluster.options().isEmpty();
        ClusterOptions wanted = over(cluster.options().orElse(ClusterOptions.defaults()));
        cluster.up(wanted, line -> {
            out.println(line);
            out.flush();
        });
        StatusTable.print(cluster.status().orElseThrow(), out);
        if (fresh && cluster.firstPasswordWorks()) {
            out.println();
            out.println("REST user " + LocalCluster.REST_USER + ", password " + LocalCluster.REST_PASSWORD
                    + " (the first user of an empty database; change it before others can reach this machine)");
        }
        out.flush();
        return 0;
    }

    ClusterOptions over(ClusterOptions base) {
        ExternalParts before = base.external();
        return new ClusterOptions(
                or(servers, base.servers()),
                or(layout, base.layout()),
                or(kafka, base.kafka()),
                or(zookeeper, base.zookeeper()),
                or(gateways, base.gateways()),
                or(timeFactor, base.timeFactor()),
                or(timing, base.timing()),
                new ExternalParts(
                        orNull(databaseUrl, before.databaseUrl()),
                        orNull(databaseUser, before.databaseUser()),
                        orNull(databasePassword, before.databasePassword()),
                        orNull(zookeeperServers, before.zookeeper()),
                        orNull(kafkaServers, before.kafka()),
                        orNull(brokerUrl, before.brokerUrl())),
                base.hosts(),
                or(ownProcesses, base.ownProcesses()),
                tls == null ? base.security() : tls ? KafkaSecurity.TLS : KafkaSecurity.NONE);
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    private static @Nullable String orNull(@Nullable String given, @Nullable String otherwise) {
        return given == null ? otherwise : given;
    }
}
