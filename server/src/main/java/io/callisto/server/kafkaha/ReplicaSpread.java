package io.callisto.server.kafkaha;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts every partition on as many brokers as it should be on, after brokers were added. Replicas are only added, never
 * moved, so that the traffic is the least possible. Used by one thread.
 */
public final class ReplicaSpread {
    private final KafkaAdmin admin;
    private final ClusterWatch watch;

    public ReplicaSpread(KafkaAdmin admin, ClusterWatch watch) {
        this.admin = admin;
        this.watch = watch;
    }

    /**
     * Which partitions should be on which brokers; only those that change. A pure function: the least loaded brokers
     * get the new replicas.
     */
    static Map<ClusterSnapshot.Partition, List<Integer>> decide(ClusterSnapshot cluster, int factor) {
        Map<Integer, Integer> load = new HashMap<>();
        cluster.brokers().keySet().forEach(id -> load.put(id, 0));
        cluster.partitions().forEach(p -> p.replicas().forEach(id -> load.merge(id, 1, Integer::sum)));
        Map<ClusterSnapshot.Partition, List<Integer>> changes = new LinkedHashMap<>();
        for (ClusterSnapshot.Partition partition : cluster.partitions()) {
            List<Integer> replicas = new ArrayList<>(partition.replicas());
            while (replicas.size() < factor) {
                Optional<Integer> next = cluster.brokers().keySet().stream()
                        .filter(id -> !replicas.contains(id))
                        .min(Comparator.<Integer>comparingInt(id -> load.getOrDefault(id, 0))
                                .thenComparing(Comparator.naturalOrder()));
                if (next.isEmpty()) {
                    break;
                }
                replicas.add(next.get());
                load.merge(next.get(), 1, Integer::sum);
            }
            if (replicas.size() > partition.replicas().size()) {
                changes.put(partition, replicas);
            }
        }
        return changes;
    }

    /**
     * Does it and waits until all copies are complete.
     *
     * @return how many partitions got replicas
     */
    public int run(int factor, Duration limit) {
        Map<ClusterSnapshot.Partition, List<Integer>> changes = decide(admin.snapshot(), factor);
        if (changes.isEmpty()) {
            return 0;
        }
        Map<TopicPartition, Optional<NewPartitionReassignment>> wanted = changes.entrySet().stream()
                .collect(Collectors.toMap(
                        change -> new TopicPartition(
                                change.getKey().topic(), change.getKey().number()),
                        change -> Optional.of(new NewPartitionReassignment(change.getValue()))));
        admin.await(
                "adding replicas",
                admin.client().alterPartitionReassignments(wanted).all());
        double seconds = watch.until("all copies are complete", limit, 2, cluster -> {
            long left = cluster.partitions().stream()
                    .filter(p -> !p.full()
                            || p.replicas().size()
                                    < Math.min(factor, cluster.brokers().size()))
                    .count();
            return left == 0 ? List.of() : List.of(left + " partitions are still copied");
        });
        watch.tell(String.format(Locale.ROOT, "%d partitions copied in %.1f s", changes.size(), seconds));
        return changes.size();
    }
}
