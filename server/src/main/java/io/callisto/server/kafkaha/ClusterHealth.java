package io.callisto.server.kafkaha;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Whether a cluster may be touched. Pure functions; each problem is a line for people. */
public final class ClusterHealth {
    private static final int NAMED = 5;

    private ClusterHealth() {}

    /** What is wrong now with a cluster that should have these brokers; empty: all is well. */
    public static List<String> problems(ClusterSnapshot cluster, Collection<Integer> expected) {
        List<String> found = new ArrayList<>();
        List<Integer> missing = expected.stream()
                .filter(id -> !cluster.brokers().containsKey(id))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            found.add("not joined: broker " + join(missing));
        }
        found.addAll(quorum(cluster));
        List<ClusterSnapshot.Partition> partitions = cluster.partitions();
        list(found, "without a leader", partitions.stream().filter(p -> p.leader() < 0));
        list(found, "under-replicated", partitions.stream().filter(p -> !p.full()));
        return found;
    }

    static List<String> quorum(ClusterSnapshot cluster) {
        List<String> found = new ArrayList<>();
        ClusterSnapshot.Quorum quorum = cluster.quorum();
        if (quorum.leader() < 0) {
            found.add("the controllers have no leader");
        }
        List<Integer> behind = quorum.voters().stream()
                .filter(voter -> !voter.caughtUp())
                .map(ClusterSnapshot.Voter::id)
                .sorted()
                .toList();
        if (!behind.isEmpty()) {
            found.add("controller " + join(behind) + " does not keep up");
        }
        return found;
    }

    /** Why one broker must not be stopped now; empty: it may. */
    public static List<String> problemsWithout(ClusterSnapshot cluster, int broker) {
        List<String> found = new ArrayList<>();
        long left = cluster.quorum().voters().stream()
                .filter(voter -> voter.id() != broker && voter.caughtUp())
                .count();
        int majority = Ensemble.majority(cluster.quorum().voters().size());
        if (left < majority) {
            found.add(left + " controllers would be left, a majority is " + majority);
        }
        List<ClusterSnapshot.Partition> stuck = new ArrayList<>();
        for (ClusterSnapshot.Topic topic : cluster.topics()) {
            int minimum = Objects.requireNonNullElse(topic.minInsyncReplicas(), 1);
            topic.partitions().stream()
                    .filter(p -> p.isr().stream().filter(id -> id != broker).count() < minimum)
                    .filter(p -> p.replicas().contains(broker))
                    .forEach(stuck::add);
        }
        list(found, "could not be written without broker " + broker, stuck.stream());
        return found;
    }

    private static void list(
            List<String> found, String what, java.util.stream.Stream<ClusterSnapshot.Partition> partitions) {
        List<String> names = partitions.map(ClusterSnapshot.Partition::toString).toList();
        if (!names.isEmpty()) {
            String shown = names.stream().limit(NAMED).collect(Collectors.joining(", "));
            found.add(names.size() + " partitions " + what + ": " + shown + (names.size() > NAMED ? ", ..." : ""));
        }
    }

    static String join(Collection<Integer> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
