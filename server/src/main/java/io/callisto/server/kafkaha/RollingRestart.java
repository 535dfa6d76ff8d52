package io.callisto.server.kafkaha;

import io.callisto.server.cluster.ClusterFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Restarts every broker, one at a time, and loses nothing: a broker is touched only while every partition is complete
 * and the others can carry it. Whatever is not as it should be ends the round at once, with all other brokers
 * untouched; a later round goes on with those that are left. Used by one thread.
 */
public final class RollingRestart {
    private static final int STEADY_LOOKS = 4;

    private final ClusterWatch watch;
    private final BrokerControl brokers;
    private final RestartRecord record;
    private final Duration limit;

    /** @param limit for one broker to be back with everything */
    public RollingRestart(ClusterWatch watch, BrokerControl brokers, RestartRecord record, Duration limit) {
        this.watch = watch;
        this.brokers = brokers;
        this.record = record;
        this.limit = limit;
    }

    /**
     * Restarts those of {@code expected} that are not done yet.
     *
     * @param expected node ids of all brokers; empty: those that are there
     * @return in which order they were restarted
     * @throws ClusterFailure where it had to stop
     */
    public List<Integer> run(Collection<Integer> expected) {
        ClusterSnapshot first = watch.now();
        Set<Integer> all = new TreeSet<>(expected.isEmpty() ? first.brokers().keySet() : expected);
        if (all.size() < 2) {
            throw new ClusterFailure("one broker alone cannot be restarted without an outage; "
                    + "stop and start it yourself when nobody needs it");
        }
        requireFit(first, all);
        Set<Integer> done = record.begin(first.clusterId(), all);
        if (!done.isEmpty()) {
            watch.tell("going on with an earlier round; already restarted: " + ClusterHealth.join(done));
        }
        List<Integer> restarted = new ArrayList<>();
        for (int broker : order(first, all)) {
            if (!done.contains(broker)) {
                one(broker, all);
                record.done(broker);
                restarted.add(broker);
            }
        }
        record.finish();
        return restarted;
    }

    /** What is wrong before the first broker does not become right by waiting. */
    private static void requireFit(ClusterSnapshot cluster, Set<Integer> all) {
        List<String> problems = ClusterHealth.problems(cluster, all);
        if (!problems.isEmpty()) {
            throw new ClusterFailure("nothing was restarted, the cluster is not whole: " + String.join("; ", problems)
                    + ". Repair it first: callisto kafka-ha verify");
        }
        for (int broker : all) {
            List<String> stuck = ClusterHealth.problemsWithout(cluster, broker);
            if (!stuck.isEmpty()) {
                throw new ClusterFailure("nothing was restarted: " + String.join("; ", stuck)
                        + ". Give these topics more replicas (callisto kafka-ha spread) or delete them");
            }
        }
    }

    /** The controllers' leader last, so that it moves once only. */
    static List<Integer> order(ClusterSnapshot cluster, Set<Integer> all) {
        List<Integer> order = new ArrayList<>(all);
        if (order.remove(Integer.valueOf(cluster.quorum().leader()))) {
            order.add(cluster.quorum().leader());
        }
        return order;
    }

    private void one(int broker, Set<Integer> all) {
        watch.until("before broker " + broker + " is stopped", limit, STEADY_LOOKS, cluster -> {
            List<String> found = new ArrayList<>(ClusterHealth.problems(cluster, all));
            found.addAll(ClusterHealth.problemsWithout(cluster, broker));
            return found;
        });
        watch.tell("restarting broker " + broker + ": " + brokers.describe(broker));
        try {
            brokers.restart(broker);
            double seconds = watch.until(
                    "broker " + broker + " is back with everything",
                    limit,
                    STEADY_LOOKS,
                    cluster -> ClusterHealth.problems(cluster, all));
            watch.tell(String.format(Locale.ROOT, "  broker %d is back with everything after %.1f s", broker, seconds));
        } catch (ClusterFailure e) {
            throw new ClusterFailure(
                    "stopped at broker " + broker + ", no other is touched: " + e.getMessage() + "\nRepair broker "
                            + broker + ", then say the same command again: it goes on there.",
                    e);
        }
    }
}
