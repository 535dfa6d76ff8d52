package io.callisto.server.cluster;

import io.callisto.db.embedded.EmbeddedPostgres;
import io.callisto.db.embedded.PeerLimits;
import io.callisto.server.process.ProcessSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** What the infrastructure of a cluster consists of and where it listens: a pure function of {@code cluster.json}. */
final class ClusterPlan {
    private final ClusterState state;
    private final ClusterOptions options;
    private final ExternalParts external;
    private final ClusterFiles files;

    ClusterPlan(ClusterState state, ClusterFiles files) {
        this.state = state;
        this.options = state.options();
        this.external = options.external();
        this.files = files;
    }

    /** Gives every part that the options ask for its ports. */
    static ClusterState assignPorts(ClusterState state, Path home) {
        ClusterOptions options = state.options();
        PortBook book = new PortBook(home, state::hostOf, state.ports());
        book.need(List.of("postgres"));
        numbers(options.zookeeper())
                .forEach(i -> book.need(List.of("zk" + i + "-client", "zk" + i + "-peer", "zk" + i + "-election")));
        numbers(options.kafka()).forEach(i -> book.need(List.of("kafka" + i, "kafka" + i + "-controller")));
        numbers(options.gateways()).forEach(i -> book.need(List.of("g" + i)));
        numbers(options.servers()).forEach(i -> {
            book.needRest("s" + i + "-rest", i - 1);
            book.need(List.of("s" + i + "-broker", "s" + i + "-cache", "s" + i + "-cache-data"));
        });
        return state.withPorts(book.ports());
    }

    static List<Integer> numbers(int count) {
        return IntStream.rangeClosed(1, count).boxed().toList();
    }

    boolean embeddedDatabase() {
        return external.databaseUrl() == null;
    }

    EmbeddedPostgres postgres(Path log) {
        Host host = state.hostOf("postgres");
        Map<String, Host> hosts = options.hosts();
        return new EmbeddedPostgres(new EmbeddedPostgres.Settings(
                files.data("postgres"),
                host.address(),
                state.port("postgres"),
                log,
                true,
                host.enter(),
                hosts.values().stream().map(Host::address).distinct().sorted().toList(),
                options.timing().equals("fast") ? PeerLimits.fast() : PeerLimits.safe()));
    }

    String databaseUrl() {
        return embeddedDatabase()
                ? "jdbc:postgresql://" + state.address("postgres") + "/" + EmbeddedPostgres.DATABASE
                : Objects.requireNonNull(external.databaseUrl());
    }

    String databaseUser() {
        return Objects.requireNonNullElse(external.databaseUser(), EmbeddedPostgres.USER);
    }

    String databasePassword() {
        return Objects.requireNonNullElse(external.databasePassword(), EmbeddedPostgres.PASSWORD);
    }

    String zookeeper() {
        return external.zookeeper() != null
                ? external.zookeeper()
                : String.join(
                        ",",
                        numbers(options.zookeeper()).stream()
                                .map(i -> state.address("zk" + i + "-client"))
                                .toList());
    }

    String kafka() {
        return external.kafka() != null
                ? external.kafka()
                : String.join(
                        ",",
                        numbers(options.kafka()).stream()
                                .map(i -> state.address("kafka" + i))
                                .toList());
    }

    /** Replicas of a topic; empty where Kafka runs elsewhere: as many as it has brokers, at most three. */
    String kafkaReplication() {
        return external.kafka() != null ? "" : Integer.toString(Math.min(3, options.kafka()));
    }

    Map<String, String> gateways() {
        Map<String, String> addresses = new LinkedHashMap<>();
        numbers(options.gateways()).forEach(i -> addresses.put("g" + i, state.address("g" + i)));
        return addresses;
    }

    String gatewayList() {
        return String.join(
                ",",
                gateways().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
    }

    /** The processes of infrastructure, apart from PostgreSQL, with the address that each serves. */
    Map<ProcessSpec, String> infrastructure() {
        Map<ProcessSpec, String> specs = new LinkedHashMap<>();
        if (external.zookeeper() == null) {
            numbers(options.zookeeper()).forEach(i -> specs.put(zookeeper(i), state.address("zk" + i + "-client")));
        }
        if (external.kafka() == null) {
            numbers(options.kafka()).forEach(i -> specs.put(kafka(i), state.address("kafka" + i)));
        }
        numbers(options.gateways()).forEach(i -> specs.put(gateway(i), state.address("g" + i)));
        return specs;
    }

    /** Ports that a process of infrastructure needs for itself. */
    List<Integer> portsOf(String name) {
        return state.ports().entrySet().stream()
                .filter(entry -> entry.getKey().equals(name) || entry.getKey().startsWith(name + "-"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private ProcessSpec zookeeper(int i) {
        List<String> members = numbers(options.zookeeper()).stream()
                .map(m -> m + ":" + state.hostOf("zk" + m).address() + ":" + state.port("zk" + m + "-peer") + ":"
                        + state.port("zk" + m + "-election"))
                .toList();
        return ProcessSpec.infrastructure(
                "zk" + i,
                "io.callisto.server.infra.ZooKeeperMain",
                64,
                List.of(
                        "--id=" + i,
                        "--data=" + files.data("zk" + i),
                        "--host=" + state.hostOf("zk" + i).address(),
                        "--client-port=" + state.port("zk" + i + "-client"),
                        "--members=" + String.join(",", members)));
    }

    private ProcessSpec kafka(int i) {
        List<Integer> all = numbers(options.kafka());
        List<String> bootstrap = all.stream()
                .map(k -> state.address("kafka" + k + "-controller"))
                .toList();
        List<String> initial = all.stream()
                .map(k -> k + "@" + state.address("kafka" + k + "-controller") + ":"
                        + state.kafkaDirectories().get(Integer.toString(k)))
                .toList();
        List<String> arguments = new ArrayList<>(List.of(
                "--id=" + i,
                "--host=" + state.hostOf("kafka" + i).address(),
                "--broker-port=" + state.port("kafka" + i),
                "--controller-port=" + state.port("kafka" + i + "-controller"),
                "--bootstrap=" + String.join(",", bootstrap),
                "--brokers=" + options.kafka(),
                "--data=" + files.data("kafka" + i),
                "--cluster-id=" + state.kafkaClusterId(),
                "--initial-controllers=" + String.join(",", initial),
                "--quick=" + options.timing().equals("fast")));
        if (options.kafkaTls()) {
            ClusterCertificates certificates = new ClusterCertificates(files.home());
            arguments.add("--tls-key-store=" + certificates.keyStore("kafka" + i));
            arguments.add("--tls-trust-store=" + certificates.trustStore("kafka" + i));
        }
        return ProcessSpec.infrastructure("kafka" + i, "io.callisto.server.infra.KafkaBrokerMain", 192, arguments)
                .withFlag("-XX:MaxDirectMemorySize=128m");
    }

    private ProcessSpec gateway(int i) {
        List<String> arguments = new ArrayList<>(List.of(
                "--callisto.gateway.id=g" + i,
                "--callisto.gateway.host=" + state.hostOf("g" + i).address(),
                "--callisto.gateway.port=" + state.port("g" + i),
                "--callisto.gateway.directory=" + files.data("g" + i),
                "--callisto.gateway.time-factor=" + options.timeFactor(),
                "--spring.main.banner-mode=off",
                "--spring.jmx.enabled=false"));
        return new ProcessSpec("g" + i, "io.callisto.gateway.MediaGatewayApplication", 192, List.of(), arguments);
    }
}
