package io.callisto.server.kafkaha;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka cluster as it is at one moment.
 *
 * @param clusterId Kafka's id
 * @param brokers that are joined and not fenced: id to {@code host:port}
 * @param quorum of the controllers
 * @param topics all, internal ones too
 */
public record ClusterSnapshot(String clusterId, Map<Integer, String> brokers, Quorum quorum, List<Topic> topics) {
    public ClusterSnapshot {
        brokers = new TreeMap<>(brokers);
        topics = List.copyOf(topics);
    }

    /**
     * The controllers.
     *
     * @param leader its id; -1: none
     * @param voters who vote
     * @param observers nodes that follow without a vote
     */
    public record Quorum(int leader, List<Voter> voters, Set<Integer> observers) {
        /** Ids of the voters. */
        public Set<Integer> ids() {
            Set<Integer> ids = new TreeSet<>();
            voters.forEach(voter -> ids.add(voter.id()));
            return ids;
        }
    }

    /**
     * A controller with a vote.
     *
     * @param id its node
     * @param directoryId that it is known by
     * @param behindMillis since it last had everything that the leader has, by the leader's clock; -1: never
     */
    public record Voter(int id, String directoryId, long behindMillis) {
        /** Whether it counts for a majority now. */
        public boolean caughtUp() {
            return behindMillis >= 0 && behindMillis <= CAUGHT_UP_MILLIS;
        }

        private static final long CAUGHT_UP_MILLIS = 3_000;
    }

    /**
     * A topic.
     *
     * @param name its name
     * @param minInsyncReplicas as configured; null: not known
     * @param partitions all
     */
    public record Topic(String name, @Nullable Integer minInsyncReplicas, List<Partition> partitions) {}

    /**
     * A partition.
     *
     * @param topic its name
     * @param number from 0
     * @param leader broker id; -1: none
     * @param replicas broker ids, the preferred leader first
     * @param isr those that have everything
     */
    public record Partition(String topic, int number, int leader, List<Integer> replicas, List<Integer> isr) {
        /** Whether all replicas have everything. */
        public boolean full() {
            return isr.containsAll(replicas);
        }

        @Override
        public String toString() {
            return topic + "-" + number;
        }
    }

    /** All partitions of all topics. */
    public List<Partition> partitions() {
        return topics.stream().flatMap(topic -> topic.partitions().stream()).toList();
    }

    /** The topic of that name; null: there is none. */
    public @Nullable Topic topic(String name) {
        return topics.stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
