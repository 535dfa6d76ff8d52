package io.callisto.events.aggregate;

import io.callisto.event.contract.JobEvent;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the aggregator keeps of a job.
 *
 * @param campaignName name of its campaign
 * @param endedAt when it ended; null: it goes on
 */
record JobName(
        long jobId,
        int organisationId,
        String campaignName,
        @Nullable Instant endedAt) {
    private static final Set<String> ENDS = Set.of("STOPPED", "COMPLETED", "FAILED");

    static JobName of(JobEvent event) {
        return new JobName(
                event.jobId(),
                event.organisationId(),
                event.campaignName(),
                ENDS.contains(event.newState()) ? event.at() : null);
    }
}
