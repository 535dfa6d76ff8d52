package io.callisto.event.contract;

import java.time.Instant;
import java.util.UUID;

/** What all events have. */
public sealed interface CallistoEvent
        permits JobEvent,
                JobStatisticsEvent,
                AgentEvent,
                AgentStatisticsEvent,
                AttemptEvent,
                EnrichedAttemptResultEvent {
    /** Unique; lets a reader drop repeats. */
    UUID eventId();

    /** Position of the event in the history of its {@link #subject}, from 1, without gaps. */
    int seq();

    /** When it happened. */
    Instant at();

    /** Tenant. */
    int organisationId();

    /** Epoch of the role that wrote it; 0 where nobody owned the subject yet. */
    long epoch();

    /** Which topic it goes to. */
    EventType eventType();

    /** Key of the Kafka record: events with one key keep their order, however many partitions there are. */
    String key();

    /** What {@link #seq} counts for. */
    String subject();
}
