package io.callisto.console.jobs;

import io.callisto.domain.attempt.AttemptState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call of a job.
 *
 * @param phoneNumber masked unless an administrator asks with {@code unmask=true}
 * @param completionCode how it ended, with COMPLETED only
 * @param gatewayId the media gateway that it was given to
 */
record Attempt(
        UUID attemptId,
        long contactId,
        @Schema(example = "C1") String userContactId,
        int contactListId,
        @Schema(example = "1") int attemptNo,
        int zoneId,
        @Schema(example = "+49***78") String phoneNumber,
        AttemptState state,
        @Schema(example = "Answer_Human") @Nullable String completionCode,
        @Schema(example = "g1") String gatewayId,
        Instant reservedAt,
        @Nullable Instant dialedAt,
        @Nullable Instant ringingAt,
        @Nullable Instant answeredAt,
        @Nullable Instant completedAt) {}
