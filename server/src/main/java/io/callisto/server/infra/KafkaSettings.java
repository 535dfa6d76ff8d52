package io.callisto.server.infra;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one combined broker and controller.
 *
 * @param nodeId from 1
 * @param host address to listen on
 * @param brokerPort for clients and other brokers
 * @param controllerPort for the controller quorum
 * @param bootstrap controllers to ask for the quorum, {@code host:port,...}; members may come and go later
 * @param brokers how many there are: 1, or 3 with every record on all and acknowledged by two
 * @param data log directory
 * @param quick whether a silent broker is given up after 2 s; else after 3 s, which a busy small machine needs
 * @param tls for clients, brokers and controllers alike; null: none of them
 */
record KafkaSettings(
        int nodeId,
        String host,
        int brokerPort,
        int controllerPort,
        String bootstrap,
        int brokers,
        String data,
        boolean quick,
        @Nullable KafkaTls tls) {

    Map<String, String> properties() {
        Map<String, String> p = new LinkedHashMap<>();
        p.put("process.roles", "broker,controller");
        p.put("node.id", Integer.toString(nodeId));
        p.put("controller.quorum.bootstrap.servers", bootstrap);
        String protocol = tls == null ? "PLAINTEXT" : "SSL";
        String listeners = protocol + "://" + host + ":" + brokerPort + ",CONTROLLER://" + host + ":" + controllerPort;
        p.put("listeners", listeners);
        p.put("advertised.listeners", listeners);
        p.put("inter.broker.listener.name", protocol);
        p.put("controller.listener.names", "CONTROLLER");
        p.put("listener.security.protocol.map", "CONTROLLER:" + protocol + "," + protocol + ":" + protocol);
        if (tls != null) {
            p.putAll(tls.properties());
        }
        p.put("log.dirs", data);
        p.put("auto.create.topics.enable", "false");
        p.put("unclean.leader.election.enable", "false");
        p.put("num.partitions", "1");
        replication(p);
        sizes(p);
        timing(p);
        return p;
    }

    private void replication(Map<String, String> p) {
        String factor = Integer.toString(Math.min(3, brokers));
        String minimum = Integer.toString(Math.min(2, brokers));
        p.put("default.replication.factor", factor);
        p.put("min.insync.replicas", minimum);
        p.put("offsets.topic.replication.factor", factor);
        p.put("offsets.topic.num.partitions", "6");
        p.put("transaction.state.log.replication.factor", factor);
        p.put("transaction.state.log.min.isr", minimum);
        p.put("transaction.state.log.num.partitions", "6");
        p.put("share.coordinator.state.topic.replication.factor", factor);
        p.put("share.coordinator.state.topic.min.isr", minimum);
        p.put("share.coordinator.state.topic.num.partitions", "3");
    }

    private static void sizes(Map<String, String> p) {
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "2");
        p.put("num.replica.fetchers", "1");
        p.put("num.recovery.threads.per.data.dir", "1");
        p.put("background.threads", "2");
        p.put("log.cleaner.threads", "1");
        p.put("log.cleaner.dedupe.buffer.size", "4194304");
        p.put("log.segment.bytes", "134217728");
        p.put("log.index.size.max.bytes", "1048576");
    }

    private void timing(Map<String, String> p) {
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        if (brokers == 1) {
            // Nobody could take over, so haste would only fence the one broker there is; but after a kill the broker
            // is let in again only when its last session has ended.
            p.put("broker.session.timeout.ms", "5000");
            p.put("broker.heartbeat.interval.ms", "1000");
            return;
        }
        p.put("broker.session.timeout.ms", quick ? "2000" : "3000");
        p.put("broker.heartbeat.interval.ms", quick ? "250" : "500");
        p.put("controller.quorum.fetch.timeout.ms", quick ? "1000" : "2000");
        p.put("controller.quorum.election.timeout.ms", quick ? "500" : "1000");
        p.put("controller.quorum.election.backoff.max.ms", quick ? "300" : "500");
        p.put("controller.quorum.request.timeout.ms", quick ? "1000" : "2000");
        p.put("controller.quorum.retry.backoff.ms", "20");
        p.put("replica.lag.time.max.ms", quick ? "3000" : "5000");
        p.put("replica.fetch.wait.max.ms", "200");
        p.put("replica.socket.timeout.ms", "3000");
        p.put("controller.socket.timeout.ms", "3000");
    }
}
