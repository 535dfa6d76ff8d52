package io.callisto.server.kafkaha;

import io.callisto.event.contract.EventType;
import io.callisto.event.contract.TopicNaming;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a cluster should be like.
 *
 * @param brokers node ids; empty: not known, then at least three
 * @param organisations whose topics should exist
 * @param namings of topics in use
 * @param replicationFactor of every topic
 * @param minInsyncReplicas of every topic
 */
public record Expectation(
        Set<Integer> brokers,
        Set<Integer> organisations,
        Set<TopicNaming> namings,
        int replicationFactor,
        int minInsyncReplicas) {
    public Expectation {
        brokers = new TreeSet<>(brokers);
        organisations = new TreeSet<>(organisations);
        namings = Set.copyOf(namings);
    }

    /** The topics of all organisations, six of each and naming. */
    public List<String> topics() {
        List<String> names = new ArrayList<>();
        namings.stream()
                .sorted()
                .forEach(naming -> organisations.forEach(organisation -> {
                    for (EventType type : EventType.values()) {
                        names.add(naming.topic(type, organisation));
                    }
                }));
        return names;
    }

    /** The same for brokers that were counted instead of named. */
    public Expectation withBrokers(Collection<Integer> ids) {
        return new Expectation(new TreeSet<>(ids), organisations, namings, replicationFactor, minInsyncReplicas);
    }
}
