package io.callisto.console.jobs;

import io.callisto.domain.job.JobState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job, one run of a campaign.
 *
 * @param stateReason why it is in its state, where that needs a word
 * @param strategyVersion the version that it started with
 * @param counts how far it is; only where one job is asked for
 */
record Job(
        @Schema(example = "1") long jobId,
        @Schema(example = "1") int campaignId,
        @Schema(example = "Spring offer") String campaignName,
        JobState state,
        @Nullable String stateReason,
        int strategyId,
        int strategyVersion,
        String createdBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable JobCounts counts) {

    Job withCounts(JobCounts now) {
        return new Job(
                jobId,
                campaignId,
                campaignName,
                state,
                stateReason,
                strategyId,
                strategyVersion,
                createdBy,
                createdAt,
                startedAt,
                completedAt,
                now);
    }
}
