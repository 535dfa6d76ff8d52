package io.callisto.server.kafkaha;

import io.callisto.server.cluster.ClusterFailure;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.RaftVoterEndpoint;
import org.apache.kafka.common.Uuid;

/** Lets a controller into the quorum of a living cluster, or takes it out. Used by one thread. */
public final class QuorumChange {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final KafkaAdmin admin;
    private final ClusterWatch watch;

    public QuorumChange(KafkaAdmin admin, ClusterWatch watch) {
        this.admin = admin;
        this.watch = watch;
    }

    /**
     * Gives a running node a vote.
     *
     * @param endpoint of its controller
     */
    public void add(int node, Endpoint endpoint) {
        ClusterSnapshot before = admin.snapshot();
        if (before.quorum().ids().contains(node)) {
            watch.tell("controller " + node + " votes already");
            return;
        }
        requireHealthy(before);
        QuorumInfo info = admin.await(
                "describing the controllers",
                admin.client().describeMetadataQuorum().quorumInfo());
        Uuid directory = only(
                node,
                info.observers(),
                "controller " + node
                        + " is not there: start it first. It must be formatted for this cluster without initial"
                        + " controllers");
        admin.await(
                "adding controller " + node,
                admin.client()
                        .addRaftVoter(
                                node,
                                directory,
                                Set.of(new RaftVoterEndpoint("CONTROLLER", endpoint.host(), endpoint.controllerPort())))
                        .all());
        done(
                "controller " + node + " votes",
                cluster ->
                        cluster.quorum().voters().stream().anyMatch(voter -> voter.id() == node && voter.caughtUp()));
    }

    /** Takes a node's vote; the node itself goes on as a broker while it runs. */
    public void remove(int node, boolean allowEven) {
        ClusterSnapshot before = admin.snapshot();
        List<Integer> left =
                before.quorum().ids().stream().filter(id -> id != node).toList();
        if (left.size() == before.quorum().voters().size()) {
            watch.tell("controller " + node + " has no vote");
            return;
        }
        if (left.isEmpty()) {
            throw new ClusterFailure("controller " + node + " is the last one; it stays");
        }
        List<String> problems = Ensemble.problems(left.size(), false);
        if (!problems.isEmpty() && !allowEven) {
            throw new ClusterFailure("without controller " + node + ": " + String.join("; ", problems)
                    + "\nTo do it for a while, such as to replace a lost disk, say --allow-even.");
        }
        QuorumInfo info = admin.await(
                "describing the controllers",
                admin.client().describeMetadataQuorum().quorumInfo());
        admin.await(
                "removing controller " + node,
                admin.client()
                        .removeRaftVoter(node, only(node, info.voters(), "controller " + node + " has no vote"))
                        .all());
        done(
                "controller " + node + " has left",
                cluster -> !cluster.quorum().ids().contains(node));
    }

    /** Where a controller listens, as the quorum knows it. */
    public Optional<Endpoint> endpoint(int node) {
        QuorumInfo info = admin.await(
                "describing the controllers",
                admin.client().describeMetadataQuorum().quorumInfo());
        QuorumInfo.Node found = info.nodes().get(node);
        return found == null
                ? Optional.empty()
                : found.endpoints().stream()
                        .findFirst()
                        .map(endpoint -> new Endpoint(endpoint.host(), endpoint.port(), null));
    }

    private static void requireHealthy(ClusterSnapshot cluster) {
        List<String> problems = ClusterHealth.quorum(cluster);
        if (!problems.isEmpty()) {
            throw new ClusterFailure("the quorum is left as it is: " + String.join("; ", problems));
        }
    }

    /** A node that was formatted anew leaves its former directory behind for a while. */
    private static Uuid only(int node, Collection<QuorumInfo.ReplicaState> replicas, String otherwise) {
        return replicas.stream()
                .filter(replica -> replica.replicaId() == node)
                .max(java.util.Comparator.comparingLong(
                        replica -> replica.lastCaughtUpTimestamp().orElse(-1)))
                .map(QuorumInfo.ReplicaState::replicaDirectoryId)
                .orElseThrow(() -> new ClusterFailure(otherwise));
    }

    private void done(String what, java.util.function.Predicate<ClusterSnapshot> so) {
        double seconds = watch.until(what, LIMIT, 1, cluster -> so.test(cluster) ? List.of() : List.of("not yet"));
        watch.tell(String.format(Locale.ROOT, "%s after %.1f s", what, seconds));
    }
}
