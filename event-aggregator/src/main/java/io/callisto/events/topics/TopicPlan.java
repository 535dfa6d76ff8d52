package io.callisto.events.topics;

import io.callisto.event.contract.EventType;
import io.callisto.event.contract.TopicNaming;
import io.callisto.outbox.kafka.PositionTopic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which topics there should be, and how those that exist differ. Pure functions. */
final class TopicPlan {
    /** Each organisation has a topic of every type. */
    static final List<EventType> TYPES = List.of(EventType.values());

    /** Most replicas that are taken where none are asked for: POM's number. */
    static final int DEFAULT_REPLICAS = 3;

    static final String RETENTION = "retention.ms";

    private TopicPlan() {}

    /**
     * A topic.
     *
     * @param name of the topic
     * @param partitions how many
     * @param askedReplicas null: as many as there are brokers, at most 3
     * @param askedMinInsync null: depends on the replicas
     * @param config Kafka's names and values, without those that depend on the replicas
     */
    record Spec(
            String name,
            int partitions,
            @Nullable Integer askedReplicas,
            @Nullable Integer askedMinInsync,
            Map<String, String> config) {
        Spec {
            config = Map.copyOf(config);
        }

        /** With so many live brokers. */
        int replicas(int liveBrokers) {
            return askedReplicas == null ? Math.min(DEFAULT_REPLICAS, liveBrokers) : askedReplicas;
        }

        /** A write survives the loss of one broker where there are three. */
        int minInsyncReplicas(int replicas) {
            if (askedMinInsync != null) {
                return askedMinInsync;
            }
            return replicas >= DEFAULT_REPLICAS ? 2 : 1;
        }

        /** The configuration with so many replicas. */
        Map<String, String> config(int replicas) {
            Map<String, String> all = new TreeMap<>(config);
            all.put("min.insync.replicas", Integer.toString(minInsyncReplicas(replicas)));
            return all;
        }

        /** Why the topic cannot be created with so many live brokers. */
        Optional<String> obstacle(int liveBrokers) {
            int replicas = replicas(liveBrokers);
            if (liveBrokers == 0) {
                return Optional.of("no broker is there");
            }
            if (replicas > liveBrokers) {
                return Optional.of(brokers(liveBrokers) + " there, and it is to have " + replicas
                        + " replicas (replication-factor): start more brokers, or ask for fewer replicas");
            }
            if (minInsyncReplicas(replicas) > replicas) {
                return Optional.of(brokers(liveBrokers) + " there, and " + minInsyncReplicas(replicas)
                        + " replicas must have each event (min-insync-replicas): nothing could be published");
            }
            return Optional.empty();
        }
    }

    private static String brokers(int number) {
        return number == 1 ? "1 broker is" : number + " brokers are";
    }

    /**
     * A topic as Kafka has it.
     *
     * @param partitions how many
     * @param replicas of the first partition
     * @param config all of it
     */
    record Found(int partitions, int replicas, Map<String, String> config) {}

    /** The position topic first: nothing can be published without it. */
    static Map<String, Spec> wanted(Set<Integer> organisations, TopicSettings settings) {
        Map<String, Spec> wanted = new LinkedHashMap<>();
        add(wanted, position(settings));
        for (int organisation : new TreeSet<>(organisations)) {
            for (EventType type : TYPES) {
                settings.names().topics(type, organisation).forEach(name -> add(wanted, spec(name, type, settings)));
            }
        }
        return wanted;
    }

    private static Spec position(TopicSettings settings) {
        TopicShape general = settings.general();
        return new Spec(
                PositionTopic.NAME,
                settings.shards(),
                general.replicas(),
                general.minInsyncReplicas(),
                Map.of(
                        "cleanup.policy", "compact",
                        "compression.type", "producer",
                        "segment.ms", "600000",
                        "segment.bytes", "16777216",
                        "min.cleanable.dirty.ratio", "0.1"));
    }

    private static Spec spec(String name, EventType type, TopicSettings settings) {
        TopicShape shape = settings.shape(type);
        // The relay's batches are compressed with zstd already; a broker that did it again would only lose time.
        return new Spec(
                name,
                shape.partitions(),
                shape.replicas(),
                shape.minInsyncReplicas(),
                Map.of(
                        "cleanup.policy",
                        "delete",
                        "compression.type",
                        "producer",
                        RETENTION,
                        Long.toString(shape.retention().toMillis())));
    }

    private static void add(Map<String, Spec> wanted, Spec spec) {
        wanted.put(spec.name(), spec);
    }

    /** What deserves a look about a number of brokers that is otherwise enough. */
    static Optional<String> weakness(int liveBrokers) {
        if (liveBrokers < 2 || liveBrokers % 2 == 1) {
            return Optional.empty();
        }
        return Optional.of(liveBrokers + " brokers are there: where they vote as well, an even number survives the loss"
                + " of no more of them than " + (liveBrokers - 1) + " would");
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

        /** For people. */
        String text() {
            return "it has " + String.join(", ", found) + " and should have " + String.join(", ", wanted);
        }
    }

    /** Topics, under whichever names, of organisations that were deleted and have no events waiting. */
    static Set<String> ofDeleted(Set<String> topics, Set<Integer> deleted, Set<Integer> waiting) {
        Set<String> found = new TreeSet<>();
        for (String topic : topics) {
            OptionalInt organisation = organisation(topic);
            if (organisation.isPresent()
                    && deleted.contains(organisation.getAsInt())
                    && !waiting.contains(organisation.getAsInt())) {
                found.add(topic);
            }
        }
        return found;
    }

    /** The numbered organisation whose topic it is, under whichever names. */
    private static OptionalInt organisation(String topic) {
        for (TopicNaming naming : TopicNaming.values()) {
            OptionalInt organisation = naming.numberedOrganisation(topic);
            if (organisation.isPresent()) {
                return organisation;
            }
        }
        return OptionalInt.empty();
    }
}
