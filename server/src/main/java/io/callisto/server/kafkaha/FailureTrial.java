package io.callisto.server.kafkaha;

import io.callisto.server.cluster.ClusterFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The steps of POM's "Verify Kafka HA" that really stop a broker (EV-8): the leader of a partition is stopped, the
 * leader moves and the broker leaves the in-sync replicas, writes go on; it is started, and is back in sync. Used by
 * one thread.
 */
public final class FailureTrial {
    private final ClusterWatch watch;
    private final BrokerControl brokers;
    private final WriteProbe probe;
    private final Duration limit;

    /**
     * Writes of a test while the broker is away.
     */
    public interface WriteProbe {
        /** Writes some records that all in-sync replicas acknowledge; returns how many. */
        int write();

        /** How many of all that was acknowledged can be read. */
        int readable();
    }

    /** @param limit for each step */
    public FailureTrial(ClusterWatch watch, BrokerControl brokers, WriteProbe probe, Duration limit) {
        this.watch = watch;
        this.brokers = brokers;
        this.probe = probe;
        this.limit = limit;
    }

    /**
     * Runs the trial.
     *
     * @param topics of which one partition's leader is stopped; the first that exists is taken
     */
    public List<Check> run(Set<Integer> expected, List<String> topics) {
        List<Check> checks = new ArrayList<>();
        ClusterSnapshot before = watch.now();
        Optional<ClusterSnapshot.Partition> chosen = choose(before, topics);
        if (chosen.isEmpty()) {
            return List.of(new Check("stop a leader", false, "there is no partition with three replicas to try it on"));
        }
        ClusterSnapshot.Partition partition = chosen.get();
        int leader = partition.leader();
        List<String> unsafe = new ArrayList<>(ClusterHealth.problems(before, expected));
        unsafe.addAll(ClusterHealth.problemsWithout(before, leader));
        if (!unsafe.isEmpty()) {
            return List.of(new Check("stop a leader", false, "not tried: " + String.join("; ", unsafe)));
        }
        int written = probe.write();
        watch.tell("stopping broker " + leader + ", the leader of " + partition + ": " + brokers.describe(leader));
        boolean stopped = step(checks, "stop a leader", () -> {
            brokers.stop(leader);
            return "broker " + leader + ", leader of " + partition;
        });
        try {
            if (stopped) {
                written += away(checks, partition, leader);
            }
        } finally {
            watch.tell("starting broker " + leader);
            step(checks, "start it again", () -> {
                brokers.start(leader);
                return "broker " + leader;
            });
        }
        back(checks, expected, leader, written);
        return checks;
    }

    private int away(List<Check> checks, ClusterSnapshot.Partition partition, int leader) {
        wait(
                checks,
                "leader moves",
                cluster -> find(cluster, partition)
                        .filter(now -> now.leader() >= 0 && now.leader() != leader)
                        .map(now -> List.<String>of())
                        .orElse(List.of(partition + " has no other leader")));
        wait(
                checks,
                "broker leaves the in-sync replicas of all partitions",
                cluster -> cluster.partitions().stream()
                        .filter(now -> now.isr().contains(leader) || now.leader() < 0)
                        .map(now -> now + " in sync " + now.isr())
                        .limit(3)
                        .toList());
        int[] written = new int[1];
        step(checks, "writes go on", () -> {
            written[0] = probe.write();
            return written[0] + " records acknowledged by the others";
        });
        return written[0];
    }

    private void back(List<Check> checks, Set<Integer> expected, int leader, int written) {
        wait(checks, "broker is back in the in-sync replicas of all partitions", cluster -> {
            List<String> missing = new ArrayList<>(ClusterHealth.problems(cluster, expected));
            cluster.partitions().stream()
                    .filter(now -> now.replicas().contains(leader) && !now.isr().contains(leader))
                    .limit(3)
                    .forEach(now -> missing.add(now + " in sync " + now.isr()));
            return missing;
        });
        step(checks, "nothing acknowledged was lost", () -> {
            int readable = probe.readable();
            if (readable != written) {
                throw new ClusterFailure(written + " records were acknowledged, " + readable + " can be read");
            }
            return "all " + readable + " records can be read";
        });
    }

    private static Optional<ClusterSnapshot.Partition> choose(ClusterSnapshot cluster, List<String> topics) {
        return cluster.partitions().stream()
                .filter(p -> p.leader() >= 0 && p.replicas().size() >= Ensemble.LEAST)
                .min(Comparator.<ClusterSnapshot.Partition>comparingInt(p -> topics.contains(p.topic()) ? 0 : 1)
                        .thenComparing(ClusterSnapshot.Partition::topic)
                        .thenComparing(ClusterSnapshot.Partition::number));
    }

    private static Optional<ClusterSnapshot.Partition> find(
            ClusterSnapshot cluster, ClusterSnapshot.Partition partition) {
        return cluster.partitions().stream()
                .filter(p -> p.topic().equals(partition.topic()) && p.number() == partition.number())
                .findFirst();
    }

    private void wait(List<Check> checks, String name, Function<ClusterSnapshot, List<String>> missing) {
        step(checks, name, () -> String.format(Locale.ROOT, "after %.1f s", watch.until(name, limit, 1, missing)));
    }

    private boolean step(List<Check> checks, String name, java.util.function.Supplier<String> work) {
        try {
            checks.add(new Check(name, true, work.get()));
            return true;
        } catch (ClusterFailure e) {
            checks.add(new Check(name, false, String.valueOf(e.getMessage())));
            return false;
        }
    }
}
