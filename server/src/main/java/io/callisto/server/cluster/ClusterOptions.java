package io.callisto.server.cluster;

import io.callisto.server.app.ServiceName;
import java.util.Map;
import java.util.Set;

/**
 * What a local cluster consists of.
 *
 * @param servers 1 to 4
 * @param layout how services are spread over JVMs
 * @param kafka Kafka brokers, 1 or 3; fixed when the data directory is made
 * @param zookeeper ZooKeeper members, 1 or 3; fixed when the data directory is made
 * @param gateways media gateways, 1 to 8
 * @param timeFactor how many times faster than real time the simulated calls ring and talk
 * @param timing timing profile of leases: fast, safe or small
 * @param external parts that run elsewhere
 * @param hosts where parts run that do not run on this machine's loopback address: by part, such as "postgres", "zk1"
 *     or
 *     "s1"
 * @param ownProcesses services that run in a JVM of their own although the layout is {@link Layout#JVM}
 * @param security of the embedded Kafka
 */
public record ClusterOptions(
        int servers,
        Layout layout,
        int kafka,
        int zookeeper,
        int gateways,
        double timeFactor,
        String timing,
        ExternalParts external,
        Map<String, Host> hosts,
        Set<String> ownProcesses,
        KafkaSecurity security) {
    /** Most servers that one machine's cluster may have. */
    public static final int MAX_SERVERS = 4;

    public ClusterOptions {
        // A cluster.json of an earlier version knows none of these.
        security = security == null ? KafkaSecurity.NONE : security;
        hosts = hosts == null ? Map.of() : Map.copyOf(hosts);
        ownProcesses = ownProcesses == null ? Set.of() : Set.copyOf(ownProcesses);
        require(servers >= 1 && servers <= MAX_SERVERS, "servers must be 1 to " + MAX_SERVERS + ", not " + servers);
        require(kafka == 1 || kafka == 3, "Kafka brokers must be 1 or 3, not " + kafka);
        require(zookeeper == 1 || zookeeper == 3, "ZooKeeper members must be 1 or 3, not " + zookeeper);
        require(gateways >= 1 && gateways <= 8, "gateways must be 1 to 8, not " + gateways);
        require(timeFactor > 0 && timeFactor <= 10_000, "the time factor must be above 0 and at most 10000");
        ownProcesses.forEach(service -> require(
                ServiceName.known(service),
                "there is no service '" + service + "'; there are " + String.join(", ", ServiceName.texts())));
        require(
                timing.equals("fast") || timing.equals("safe") || timing.equals("small"),
                "timing must be fast, safe or small, not " + timing);
    }

    /** One server in one JVM with one of everything. */
    public static ClusterOptions defaults() {
        return new ClusterOptions(
                1, Layout.JVM, 1, 1, 1, 1, "small", ExternalParts.none(), Map.of(), Set.of(), KafkaSecurity.NONE);
    }

    public ClusterOptions withServers(int count) {
        return new ClusterOptions(
                count, layout, kafka, zookeeper, gateways, timeFactor, timing, external, hosts, ownProcesses, security);
    }

    public ClusterOptions withLayout(Layout other) {
        return new ClusterOptions(
                servers,
                other,
                kafka,
                zookeeper,
                gateways,
                timeFactor,
                timing,
                external,
                hosts,
                ownProcesses,
                security);
    }

    public ClusterOptions withKafka(int count) {
        return new ClusterOptions(
                servers,
                layout,
                count,
                zookeeper,
                gateways,
                timeFactor,
                timing,
                external,
                hosts,
                ownProcesses,
                security);
    }

    public ClusterOptions withZooKeeper(int count) {
        return new ClusterOptions(
                servers, layout, kafka, count, gateways, timeFactor, timing, external, hosts, ownProcesses, security);
    }

    public ClusterOptions withGateways(int count) {
        return new ClusterOptions(
                servers, layout, kafka, zookeeper, count, timeFactor, timing, external, hosts, ownProcesses, security);
    }

    public ClusterOptions withTimeFactor(double factor) {
        return new ClusterOptions(
                servers, layout, kafka, zookeeper, gateways, factor, timing, external, hosts, ownProcesses, security);
    }

    public ClusterOptions withTiming(String profile) {
        return new ClusterOptions(
                servers,
                layout,
                kafka,
                zookeeper,
                gateways,
                timeFactor,
                profile,
                external,
                hosts,
                ownProcesses,
                security);
    }

    public ClusterOptions withExternal(ExternalParts parts) {
        return new ClusterOptions(
                servers, layout, kafka, zookeeper, gateways, timeFactor, timing, parts, hosts, ownProcesses, security);
    }

    public ClusterOptions withHosts(Map<String, Host> byPart) {
        return new ClusterOptions(
                servers,
                layout,
                kafka,
                zookeeper,
                gateways,
                timeFactor,
                timing,
                external,
                byPart,
                ownProcesses,
                security);
    }

    public ClusterOptions withOwnProcesses(Set<String> services) {
        return new ClusterOptions(
                servers, layout, kafka, zookeeper, gateways, timeFactor, timing, external, hosts, services, security);
    }

    public ClusterOptions withSecurity(KafkaSecurity other) {
        return new ClusterOptions(
                servers, layout, kafka, zookeeper, gateways, timeFactor, timing, external, hosts, ownProcesses, other);
    }

    /** Whether there is an embedded Kafka with mutual TLS. */
    public boolean kafkaTls() {
        return security == KafkaSecurity.TLS && external.kafka() == null;
    }

    /**
     * The host of a part or of one of its processes or ports, such as {@code s1}, {@code s1-broker}, {@code zk1-peer}.
     */
    public Host hostOf(String name) {
        return hosts.getOrDefault(name.replaceFirst("-.*$", ""), Host.loopback());
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new ClusterFailure(message);
        }
    }
}
