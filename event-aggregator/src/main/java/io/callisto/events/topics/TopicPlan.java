package io.callisto.events.topics;

import io.callisto.event.contract.EventType;
import io.callisto.outbox.kafka.PositionTopic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which topics there should be, and how those that exist differ. Pure functions. */
final class TopicPlan {
    /** Types that are published today. */
    static final List<EventType> TYPES = List.of(EventType.JOB, EventType.ATTEMPT);

    /** Most replicas that are taken where none are asked for: POM's number. */
    static final int DEFAULT_REPLICAS = 3;

    private TopicPlan() {}

    /**
     * A topic.
     *
     * @param name of the topic
     * @param partitions how many
     * @param config Kafka's names and values, without those that depend on the replicas
     */
    record Spec(String name, int partitions, Map<String, String> config) {
        Spec {
            config = Map.copyOf(config);
        }

        /** The configuration with so many replicas: a write survives the loss of one broker where there are three. */
        Map<String, String> config(int replicas) {
            Map<String, String> all = new TreeMap<>(config);
            all.put("min.insync.replicas", Integer.toString(minInsyncReplicas(replicas)));
            return all;
        }
    }

    /**
     * A topic as Kafka has it.
     *
     * @param partitions how many
     * @param replicas of the first partition
     * @param config all of it
     */
    record Found(int partitions, int replicas, Map<String, String> config) {}

    static int minInsyncReplicas(int replicas) {
        return replicas >= 3 ? 2 : 1;
    }

    /** The position topic first: nothing can be published without it. */
    static Map<String, Spec> wanted(Set<Integer> organisations, TopicSettings settings) {
        Map<String, Spec> wanted = new LinkedHashMap<>();
        add(
                wanted,
                new Spec(
                        PositionTopic.NAME,
                        settings.shards(),
                        Map.of(
                                "cleanup.policy", "compact",
                                "compression.type", "producer",
                                "segment.ms", "600000",
                                "segment.bytes", "16777216",
                                "min.cleanable.dirty.ratio", "0.1")));
        for (int organisation : new TreeSet<>(organisations)) {
            for (EventType type : TYPES) {
                add(
                        wanted,
                        new Spec(
                                settings.naming().topic(type, organisation),
                                settings.partitions(),
                                Map.of(
                                        "cleanup.policy", "delete",
                                        "compression.type", "producer",
                                        "retention.ms",
                                                Long.toString(
                                                        settings.retention().toMillis()))));
            }
        }
        return wanted;
    }

    private static void add(Map<String, Spec> wanted, Spec spec) {
        wanted.put(spec.name(), spec);
    }

    /** Replicas of a new topic; 0: not enough brokers yet. */
    static int replicas(TopicSettings settings, int liveBrokers) {
        Integer asked = settings.replicationFactor();
        if (asked == null) {
            return Math.min(DEFAULT_REPLICAS, liveBrokers);
        }
        return liveBrokers >= asked ? asked : 0;
    }

    /**
     * How an existing topic differs from what it should be, as {@code name=value} pairs: found and wanted, in the same
     * order.
     */
    static Difference difference(Spec spec, Found found, int replicas) {
        List<String> has = new ArrayList<>();
        List<String> should = new ArrayList<>();
        compare("partitions", found.partitions(), spec.partitions(), has, should);
        compare("replicas", found.replicas(), replicas, has, should);
        spec.config(replicas)
                .forEach(
                        (name, value) -> compare(name, found.config().getOrDefault(name, "unset"), value, has, should));
        return new Difference(has, should);
    }

    private static void compare(String name, Object found, Object wanted, List<String> has, List<String> should) {
        if (!found.equals(wanted)) {
            has.add(name + "=" + found);
            should.add(name + "=" + wanted);
        }
    }

    /**
     * Settings that differ.
     *
     * @param found as they are
     * @param wanted as they should be
     */
    record Difference(List<String> found, List<String> wanted) {
        boolean isEmpty() {
            return found.isEmpty();
        }
    }

    /** Topics of numbered organisations that do not exist and have no events waiting. */
    static Set<String> ofDeleted(
            Set<String> topics, Set<Integer> organisations, Set<Integer> waiting, TopicSettings settings) {
        Set<String> found = new TreeSet<>();
        for (String topic : topics) {
            settings.naming().numberedOrganisation(topic).ifPresent(id -> {
                if (!organisations.contains(id) && !waiting.contains(id)) {
                    found.add(topic);
                }
            });
        }
        return found;
    }
}
