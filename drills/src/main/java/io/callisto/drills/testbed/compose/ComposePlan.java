package io.callisto.drills.testbed.compose;

import io.callisto.drills.testbed.TargetFailure;
import io.callisto.server.app.ServiceName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which containers {@code docker-compose.yml} has and where they are.
 *
 * @param network first three numbers of every address
 * @param servers 1 to 4
 */
record ComposePlan(String network, int servers) {
    /** Name of the network in {@code docker-compose.yml}. */
    static final String NETWORK = "callisto";

    private static final List<String> PROFILES = List.of("single", "two", "three", "four");
    /** In the order of their addresses. */
    private static final List<String> PLACES = List.of(
            "cache-service",
            "rule-engine",
            "event-aggregator",
            "campaign-director",
            "campaign-manager",
            "agent-manager",
            "console",
            "broker");

    private static final int FIRST_OF_SERVERS = 41;
    private static final int PER_SERVER = 20;

    /** The profile that has all containers. */
    static String widest() {
        return PROFILES.get(PROFILES.size() - 1);
    }

    String profile() {
        return PROFILES.get(servers - 1);
    }

    List<String> serverNames() {
        return numbered("s", servers);
    }

    /** All containers of the profile. */
    List<String> containers() {
        return Stream.of(
                        List.of("postgres"),
                        numbered("zk", 3),
                        numbered("kafka", 3),
                        numbered("g", 2),
                        serverNames().stream()
                                .flatMap(server -> containersOf(server).stream())
                                .toList())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Containers of a host: {@code db}, {@code zk1}, {@code s1}.
     *
     * @throws TargetFailure where there is no such host
     */
    List<String> containersOf(String host) {
        if (host.equals("db")) {
            return List.of("postgres");
        }
        if (serverNames().contains(host)) {
            return PLACES.stream().map(service -> host + "-" + service).toList();
        }
        if (Stream.of(numbered("zk", 3), numbered("kafka", 3), numbered("g", 2)).anyMatch(all -> all.contains(host))) {
            return List.of(host);
        }
        throw new TargetFailure("no host '" + host + "' in the profile " + profile(), null);
    }

    /** Whether it is a container of a server, which docker restarts when it dies. */
    boolean ofServer(String container) {
        return serverNames().stream().anyMatch(server -> containersOf(server).contains(container));
    }

    String processOf(String server, String service) {
        if (!service.equals("broker") && !ServiceName.known(service)) {
            throw new TargetFailure("no service '" + service + "'", null);
        }
        return server + "-" + service;
    }

    /** The fixed address of a container. */
    String address(String container) {
        return network + "." + last(container);
    }

    private static int last(String container) {
        if (container.equals("postgres")) {
            return 5;
        }
        int dash = container.indexOf('-');
        String name = dash < 0 ? container : container.substring(0, dash);
        int number = Integer.parseInt(name.replaceFirst("^[a-z]+", ""));
        return switch (name.replaceFirst("[0-9]+$", "")) {
            case "zk" -> 10 + number;
            case "kafka" -> 20 + number;
            case "g" -> 30 + number;
            default -> FIRST_OF_SERVERS + PER_SERVER * number + PLACES.indexOf(container.substring(dash + 1));
        };
    }

    Map<String, String> restUrls() {
        Map<String, String> urls = new LinkedHashMap<>();
        serverNames().forEach(server -> urls.put(server, "http://" + address(server + "-console") + ":8080"));
        return urls;
    }

    Map<String, String> gateways() {
        Map<String, String> addresses = new LinkedHashMap<>();
        numbered("g", 2).forEach(gateway -> addresses.put(gateway, address(gateway) + ":7001"));
        return addresses;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + address("postgres") + ":5432/callisto";
    }

    String kafkaBootstrap() {
        return joined(numbered("kafka", 3), 9092);
    }

    String zooKeeper() {
        return joined(numbered("zk", 3), 2181);
    }

    String brokerUrl() {
        String all = String.join(
                ",",
                serverNames().stream()
                        .map(server -> "tcp://" + address(server + "-broker") + ":61616")
                        .toList());
        return "(" + all + ")?ha=true&reconnectAttempts=-1&retryInterval=100&callTimeout=3000"
                + "&connectionTTL=2000&confirmationWindowSize=65536";
    }

    private String joined(List<String> containers, int port) {
        return String.join(
                ",",
                containers.stream()
                        .map(container -> address(container) + ":" + port)
                        .toList());
    }

    private static List<String> numbered(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toList();
    }
}
