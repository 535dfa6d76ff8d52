package io.callisto.server.kafkaha;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The steps of POM's "Verify Kafka HA" that only look (EV-8). Pure functions. */
public final class ClusterChecks {
    private ClusterChecks() {}

    /** All of them, in the order of the manual. */
    public static List<Check> of(ClusterSnapshot cluster, Expectation expected) {
        List<Check> checks = new ArrayList<>();
        checks.add(joined(cluster, expected));
        checks.add(quorum(cluster, expected));
        checks.add(exist(cluster, expected));
        checks.add(replicated(cluster, expected));
        checks.add(spread(cluster, expected));
        checks.add(minimum(cluster, expected));
        checks.add(full(cluster));
        return checks;
    }

    private static Check joined(ClusterSnapshot cluster, Expectation expected) {
        Set<Integer> there = cluster.brokers().keySet();
        if (expected.brokers().isEmpty()) {
            return Check.of(
                    "brokers joined",
                    there.size() >= Ensemble.LEAST,
                    "brokers " + cluster.brokers(),
                    "only " + cluster.brokers() + ": high availability begins with " + Ensemble.LEAST);
        }
        Set<Integer> missing = new TreeSet<>(expected.brokers());
        missing.removeAll(there);
        Set<Integer> strange = new TreeSet<>(there);
        strange.removeAll(expected.brokers());
        return Check.of(
                "brokers joined",
                missing.isEmpty() && strange.isEmpty(),
                "brokers " + cluster.brokers(),
                (missing.isEmpty()
                                ? ""
                                : "missing: " + missing + " (start them and read their logs: is "
                                        + "the controllers' port open to all servers?) ")
                        + (strange.isEmpty() ? "" : "not in the plan: " + strange));
    }

    private static Check quorum(ClusterSnapshot cluster, Expectation expected) {
        List<String> problems = new ArrayList<>(ClusterHealth.quorum(cluster));
        Set<Integer> voters = cluster.quorum().ids();
        if (!expected.brokers().isEmpty() && !voters.equals(expected.brokers())) {
            problems.add("voters are " + voters + ", should be " + expected.brokers()
                    + " (callisto kafka-ha controller --add or --remove)");
        }
        if (voters.size() < Ensemble.LEAST) {
            problems.add(voters.size() + " voters tolerate the loss of " + Ensemble.tolerates(voters.size()));
        } else if (voters.size() % 2 == 0) {
            problems.add(voters.size() + " voters are an even number: no safer than " + (voters.size() - 1));
        }
        return Check.of(
                "controller quorum",
                problems.isEmpty(),
                "voters " + voters + ", leader " + cluster.quorum().leader() + ", " + Ensemble.tolerates(voters.size())
                        + " may be lost",
                String.join("; ", problems));
    }

    private static Check exist(ClusterSnapshot cluster, Expectation expected) {
        List<String> missing = expected.topics().stream()
                .filter(name -> cluster.topic(name) == null)
                .toList();
        return Check.of(
                "topics exist",
                missing.isEmpty(),
                expected.topics().size() + " topics of "
                        + expected.organisations().size() + " organisations",
                "missing: " + String.join(", ", missing) + " (the owner of outbox/0 creates them: does a server run?)");
    }

    private static Check replicated(ClusterSnapshot cluster, Expectation expected) {
        List<String> wrong = cluster.partitions().stream()
                .filter(p -> new HashSet<>(p.replicas()).size() < expected.replicationFactor())
                .map(p -> p + " " + p.replicas())
                .toList();
        return Check.of(
                "replication factor",
                wrong.isEmpty(),
                "every partition is on at least " + expected.replicationFactor() + " brokers",
                "on fewer than " + expected.replicationFactor() + " brokers: " + some(wrong)
                        + " (raise it with: callisto kafka-ha spread)");
    }

    private static Check spread(ClusterSnapshot cluster, Expectation expected) {
        Map<Integer, Integer> replicas = new HashMap<>();
        cluster.partitions().forEach(p -> p.replicas().forEach(id -> replicas.merge(id, 1, Integer::sum)));
        Set<Integer> idle =
                new TreeSet<>(expected.brokers().isEmpty() ? cluster.brokers().keySet() : expected.brokers());
        idle.removeAll(replicas.keySet());
        boolean any = !cluster.partitions().isEmpty();
        return Check.of(
                "replicas spread",
                any && idle.isEmpty(),
                "replicas by broker " + new java.util.TreeMap<>(replicas),
                any ? "brokers without any replica: " + idle : "there are no topics yet");
    }

    private static Check minimum(ClusterSnapshot cluster, Expectation expected) {
        List<String> wrong = new ArrayList<>();
        for (ClusterSnapshot.Topic topic : cluster.topics()) {
            int minimum = Objects.requireNonNullElse(topic.minInsyncReplicas(), -1);
            int replicas = topic.partitions().stream()
                    .mapToInt(p -> p.replicas().size())
                    .min()
                    .orElse(0);
            // As many as there are replicas would stop all writes while one broker is away.
            if (minimum < expected.minInsyncReplicas() || (minimum >= replicas && replicas > 1)) {
                wrong.add(topic.name() + " " + minimum + " of " + replicas);
            }
        }
        return Check.of(
                "min in-sync replicas",
                wrong.isEmpty(),
                "every write is on at least " + expected.minInsyncReplicas() + " brokers when it is acknowledged",
                "min.insync.replicas should be " + expected.minInsyncReplicas() + " and below the replicas: "
                        + some(wrong));
    }

    private static Check full(ClusterSnapshot cluster) {
        List<String> wrong = cluster.partitions().stream()
                .filter(p -> !p.full() || p.leader() < 0)
                .map(p -> p + " leader " + p.leader() + " in sync " + p.isr() + " of " + p.replicas())
                .toList();
        return Check.of(
                "no under-replicated partitions",
                wrong.isEmpty(),
                cluster.partitions().size() + " partitions are complete",
                wrong.size() + " are not: " + some(wrong));
    }

    private static String some(List<String> all) {
        int shown = 6;
        return all.size() <= shown
                ? String.join(", ", all)
                : String.join(", ", all.subList(0, shown)) + " and " + (all.size() - shown) + " more";
    }
}
