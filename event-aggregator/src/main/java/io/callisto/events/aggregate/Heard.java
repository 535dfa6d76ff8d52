package io.callisto.events.aggregate;

import io.callisto.event.contract.CallistoEvent;
import java.time.Instant;

/**
 * An event of the log.
 *
 * @param publishedAt time of its record
 */
record Heard(CallistoEvent event, Instant publishedAt) {
    /** Jobs, then agents, then attempts. */
    int rank() {
        return switch (event.eventType()) {
            case JOB -> 0;
            case AGENT -> 1;
            case ATTEMPT, JOBSTATISTICS, AGENTSTATISTICS, ENRICHEDATTEMPTRESULT -> 2;
        };
    }
}
