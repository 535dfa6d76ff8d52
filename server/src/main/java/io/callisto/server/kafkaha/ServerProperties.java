package io.callisto.server.kafkaha;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code server.properties} of one broker and controller, with a word on every group of settings. It needs nothing
 * else: also what a new data directory must be formatted with stands in it. A pure function of the plan.
 */
public final class ServerProperties {
    /** Kafka's id of the cluster; Kafka itself ignores this key. */
    public static final String CLUSTER_ID = "callisto.cluster.id";

    /** The first controllers, for a new directory; empty where the node joins a living quorum. Kafka ignores it. */
    public static final String INITIAL_CONTROLLERS = "callisto.initial.controllers";

    private final StringBuilder text = new StringBuilder(3_000);
    private final HaPlan plan;
    private final BrokerNode node;

    private ServerProperties(HaPlan plan, BrokerNode node) {
        this.plan = plan;
        this.node = node;
    }

    /** The files of all nodes, by node id. */
    public static Map<Integer, String> ofAll(HaPlan plan) {
        Map<Integer, String> files = new LinkedHashMap<>();
        plan.nodes().forEach(node -> files.put(node.id(), of(plan, node)));
        return files;
    }

    /** The file of a node. */
    public static String of(HaPlan plan, BrokerNode node) {
        ServerProperties properties = new ServerProperties(plan, node);
        properties.write();
        return properties.text.toString();
    }

    private void write() {
        comment("Kafka broker and controller " + node.id() + " of "
                + plan.nodes().size()
                + ", written by: callisto kafka-ha enable. Change it there: a pull replaces this file.");
        put(CLUSTER_ID, plan.clusterId());
        put(INITIAL_CONTROLLERS, node.founder() ? plan.founders() : "");
        group("Who this is and where the controllers are; controllers may come and go (dynamic quorum).");
        put("process.roles", "broker,controller");
        put("node.id", Integer.toString(node.id()));
        put("controller.quorum.bootstrap.servers", plan.controllers());
        listeners();
        group("Where records are kept.");
        put("log.dirs", plan.dataDirectory(node));
        put("log.segment.bytes", "268435456");
        put("log.retention.hours", "168");
        put("log.cleaner.dedupe.buffer.size", "33554432");
        replication();
        timing();
    }

    private void listeners() {
        String name = plan.tls() == null ? "PLAINTEXT" : "SSL";
        String addresses = name + "://" + node.broker() + ",CONTROLLER://" + node.controller();
        group("Where it listens.");
        put("listeners", addresses);
        put("advertised.listeners", addresses);
        put("inter.broker.listener.name", name);
        put("controller.listener.names", "CONTROLLER");
        put("listener.security.protocol.map", "CONTROLLER:" + name + "," + name + ":" + name);
        HaTls tls = plan.tls();
        if (tls != null) {
            group("Mutual TLS: every caller shows a certificate and may do what it was granted.");
            tls.properties(node).forEach(this::put);
        }
    }

    private void replication() {
        String factor = Integer.toString(plan.replicationFactor());
        String minimum = Integer.toString(plan.minInsyncReplicas());
        group("Every record on " + factor + " brokers, acknowledged by " + minimum + ".");
        put("default.replication.factor", factor);
        put("min.insync.replicas", minimum);
        put("num.partitions", "1");
        put("auto.create.topics.enable", "false");
        put("unclean.leader.election.enable", "false");
        put("offsets.topic.replication.factor", factor);
        put("offsets.topic.num.partitions", "6");
        put("transaction.state.log.replication.factor", factor);
        put("transaction.state.log.min.isr", minimum);
        put("transaction.state.log.num.partitions", "6");
        put("share.coordinator.state.topic.replication.factor", factor);
        put("share.coordinator.state.topic.min.isr", minimum);
        put("share.coordinator.state.topic.num.partitions", "3");
    }

    private void timing() {
        group("A silent broker is given up after 3 s, a silent controller after 2 s.");
        put("broker.session.timeout.ms", "3000");
        put("broker.heartbeat.interval.ms", "500");
        put("controller.quorum.fetch.timeout.ms", "2000");
        put("controller.quorum.election.timeout.ms", "1000");
        put("controller.quorum.election.backoff.max.ms", "500");
        put("controller.quorum.request.timeout.ms", "2000");
        put("controller.quorum.retry.backoff.ms", "20");
        put("replica.lag.time.max.ms", "5000");
        put("replica.fetch.wait.max.ms", "200");
        put("replica.socket.timeout.ms", "3000");
        put("controller.socket.timeout.ms", "3000");
        put("group.initial.rebalance.delay.ms", "0");
        put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    }

    private void group(String comment) {
        text.append('\n');
        comment(comment);
    }

    private void comment(String line) {
        text.append("# ").append(line).append('\n');
    }

    private void put(String key, String value) {
        text.append(key).append('=').append(value.replace("\\", "\\\\")).append('\n');
    }
}
