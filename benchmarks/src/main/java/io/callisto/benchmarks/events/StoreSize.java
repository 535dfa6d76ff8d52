package io.callisto.benchmarks.events;

import io.callisto.event.contract.EventType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/**
 * How many bytes the event topics' log segments take, summed over all brokers; indexes, which are reserved in advance,
 * do not count. Used by one thread.
 */
final class StoreSize {
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    private final Admin admin;

    StoreSize(Admin admin) {
        this.admin = admin;
    }

    /** Bytes of each topic, once every follower has what its leader has. */
    Map<EventType, Long> settled() throws ExecutionException, InterruptedException {
        long end = System.nanoTime() + SETTLE_LIMIT.toNanos();
        Map<EventType, Long> before = Map.of();
        while (System.nanoTime() - end < 0) {
            Map<EventType, Long> now = bytes();
            if (now.equals(before)) {
                return now;
            }
            before = now;
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new IllegalStateException("Kafka's logs still grow after " + SETTLE_LIMIT.toSeconds() + " s of quiet");
    }

    private Map<EventType, Long> bytes() throws ExecutionException, InterruptedException {
        List<Integer> brokers =
                admin.describeCluster().nodes().get().stream().map(Node::id).toList();
        Map<EventType, Long> bytes = new EnumMap<>(EventType.class);
        for (EventType type : EventType.values()) {
            bytes.put(type, 0L);
        }
        for (Map<String, LogDirDescription> directories :
                admin.describeLogDirs(brokers).allDescriptions().get().values()) {
            directories
                    .values()
                    .forEach(directory ->
                            directory.replicaInfos().forEach((replica, info) -> add(bytes, replica, info)));
        }
        return bytes;
    }

    private static void add(Map<EventType, Long> bytes, TopicPartition replica, ReplicaInfo info) {
        for (EventType type : EventType.values()) {
            if (type.topic(0).equals(replica.topic())) {
                bytes.merge(type, info.size(), Long::sum);
            }
        }
    }
}
