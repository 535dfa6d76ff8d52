package io.callisto.outbox.relay;

import io.callisto.event.contract.EventType;
import io.callisto.event.contract.TopicNaming;
import java.util.List;

/** Under which names events are published. */
public enum TopicNames {
    /** {@code POM.Default.JOB}. */
    POM_4,
    /** {@code Default_POM_JOB}. */
    POM_3,
    /** Under both, each event once in each of its two topics: for the time in which clients move to other names. */
    BOTH;

    /** The names in use; those that our own readers take come first. */
    public List<TopicNaming> namings() {
        return switch (this) {
            case POM_4 -> List.of(TopicNaming.POM_4);
            case POM_3 -> List.of(TopicNaming.POM_3);
            case BOTH -> List.of(TopicNaming.POM_4, TopicNaming.POM_3);
        };
    }

    /** The topics that an event is published to. */
    public List<String> topics(EventType type, int organisationId) {
        return namings().stream()
                .map(naming -> naming.topic(type, organisationId))
                .toList();
    }
}
