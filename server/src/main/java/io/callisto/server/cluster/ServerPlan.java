package io.callisto.server.cluster;

import io.callisto.server.app.ServiceName;
import io.callisto.server.process.ProcessSpec;
import io.callisto.server.supervisor.SupervisorPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the servers of a cluster consist of: a pure function of {@code cluster.json}. */
final class ServerPlan {
    private static final String SERVER_MAIN = "io.callisto.server.app.ServerMain";
    /** Spring Boot's own pattern leaves the key-value pairs out. */
    private static final String LOG_PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level [%thread] %logger{30} %kvp %m%n%wEx";

    private static final int ONE_JVM_HEAP = 384;
    private static final int SERVICE_HEAP = 192;

    private final ClusterState state;
    private final ClusterPlan infrastructure;
    private final ClusterFiles files;

    ServerPlan(ClusterState state, ClusterFiles files) {
        this.state = state;
        this.infrastructure = new ClusterPlan(state, files);
        this.files = files;
    }

    /** Names of all servers. */
    List<String> names() {
        return ClusterPlan.numbers(state.options().servers()).stream()
                .map(i -> "s" + i)
                .toList();
    }

    String restUrl(String server) {
        return "http://" + state.address(server + "-rest");
    }

    String brokerUrl() {
        String external = state.options().external().brokerUrl();
        if (external != null) {
            return external;
        }
        List<String> brokers = names().stream()
                .map(server -> "tcp://" + state.address(server + "-broker"))
                .toList();
        return "(" + String.join(",", brokers) + ")?ha=true&reconnectAttempts=-1&retryInterval=100&callTimeout=3000"
                + "&connectionTTL=2000&confirmationWindowSize=65536";
    }

    /** The supervisor itself, as a process. */
    ProcessSpec supervisor(String server, Path home) {
        return ProcessSpec.infrastructure(
                        server,
                        "io.callisto.server.supervisor.SupervisorMain",
                        48,
                        List.of("--home=" + home, "--server=" + server))
                .withFlag("-Xss512k");
    }

    /** What the supervisor looks after. */
    SupervisorPlan plan(String server) {
        List<String> own = ownProcesses();
        List<SupervisorPlan.Member> members = new ArrayList<>();
        if (state.options().external().brokerUrl() == null) {
            members.add(new SupervisorPlan.Member("broker", false, true, broker(server)));
        }
        if (own.size() < ServiceName.values().length) {
            ProcessSpec shared = process(server, "server", ONE_JVM_HEAP)
                    .withArgument("--callisto.own-processes=" + String.join(",", own));
            members.add(new SupervisorPlan.Member("server", false, false, shared));
        }
        own.forEach(service ->
                members.add(new SupervisorPlan.Member(service, true, false, process(server, service, SERVICE_HEAP))));
        return new SupervisorPlan(
                server,
                infrastructure.databaseUrl(),
                infrastructure.databaseUser(),
                infrastructure.databasePassword(),
                members);
    }

    /** Services with a JVM of their own, in the order of their start. */
    private List<String> ownProcesses() {
        ClusterOptions options = state.options();
        return ServiceName.texts().stream()
                .filter(service -> options.layout() == Layout.PROCESSES
                        || options.ownProcesses().contains(service))
                .toList();
    }

    /** Name of the process in which a service of a server runs. */
    String processOf(String server, String service) {
        return server + "-" + (service.equals("broker") || ownProcesses().contains(service) ? service : "server");
    }

    private ProcessSpec broker(String server) {
        List<String> brokers = names().stream()
                .map(name -> name + "@" + state.address(name + "-broker"))
                .toList();
        return ProcessSpec.infrastructure(
                server + "-broker",
                "io.callisto.server.infra.BrokerMain",
                128,
                List.of(
                        "--name=" + server,
                        "--brokers=" + String.join(",", brokers),
                        "--database-url=" + infrastructure.databaseUrl(),
                        "--database-user=" + infrastructure.databaseUser(),
                        "--database-password=" + infrastructure.databasePassword(),
                        "--data=" + files.data(server + "-broker")));
    }

    private String cacheAddresses() {
        return String.join(
                ",",
                names().stream().map(server -> state.address(server + "-cache")).toList());
    }

    /** The server's own, and the brokers', which are on the same machine and have no service of their own. */
    private String trustStores(ClusterCertificates certificates, String server) {
        List<String> all =
                new ArrayList<>(List.of(certificates.trustStore(server).toString()));
        ClusterPlan.numbers(state.options().kafka())
                .forEach(i -> all.add(certificates.trustStore("kafka" + i).toString()));
        return String.join(",", all);
    }

    private ProcessSpec process(String server, String service, int heap) {
        String host = state.hostOf(server).address();
        List<String> arguments = new ArrayList<>(List.of(
                "--callisto.server-name=" + server,
                "--callisto.process=" + service,
                "--callisto.bind-host=" + host,
                "--callisto.advertised-host=" + host,
                "--callisto.timing=" + state.options().timing(),
                "--callisto.zookeeper.connect-string=" + infrastructure.zookeeper(),
                "--callisto.kafka.bootstrap-servers=" + infrastructure.kafka(),
                // Topics that are made while a broker is still starting must not have fewer replicas for ever.
                "--callisto.kafka.replication-factor=" + infrastructure.kafkaReplication(),
                "--callisto.gateways=" + infrastructure.gatewayList(),
                "--callisto.broker.url=" + brokerUrl(),
                "--spring.datasource.url=" + infrastructure.databaseUrl(),
                "--spring.datasource.username=" + infrastructure.databaseUser(),
                "--spring.datasource.password=" + infrastructure.databasePassword(),
                "--spring.datasource.hikari.maximum-pool-size=4",
                "--spring.datasource.hikari.minimum-idle=1",
                // A database that is cut off must fail a service's work, not hold its threads for ever.
                "--spring.datasource.hikari.connection-timeout=5000",
                "--spring.datasource.hikari.validation-timeout=2000",
                "--spring.datasource.hikari.data-source-properties.connectTimeout=3",
                "--spring.datasource.hikari.data-source-properties.socketTimeout=10",
                "--spring.datasource.hikari.data-source-properties.tcpKeepAlive=true",
                "--spring.jmx.enabled=false",
                "--spring.main.banner-mode=off",
                "--logging.pattern.console=" + LOG_PATTERN,
                "--logging.level.org.apache.kafka=WARN",
                "--logging.level.org.apache.zookeeper=WARN",
                "--logging.level.org.apache.curator=WARN",
                "--callisto.cache.discovery=" + cacheAddresses(),
                "--callisto.cache.work-directory="
                        + files.data(server + "-cache").resolve(service),
                "--server.address=" + host,
                "--server.port=" + state.port(server + "-rest")));
        if (service.equals("server") || service.equals("cache-service")) {
            arguments.add("--callisto.cache.port=" + state.port(server + "-cache"));
            arguments.add("--callisto.cache.communication-port=" + state.port(server + "-cache-data"));
        }
        if (state.options().kafkaTls()) {
            ClusterCertificates certificates = new ClusterCertificates(files.home());
            certificates
                    .client(server)
                    .forEach((name, value) -> arguments.add("--callisto.kafka.client." + name + "=" + value));
            arguments.add("--callisto.trust.key-store=" + certificates.keyStore(server));
            arguments.add("--callisto.trust.files=" + trustStores(certificates, server));
        }
        return new ProcessSpec(server + "-" + service, SERVER_MAIN, heap, List.of(), arguments);
    }
}
