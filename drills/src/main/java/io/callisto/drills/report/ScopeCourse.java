package io.callisto.drills.report;

import io.callisto.drills.history.FailoverGap;
import org.jspecify.annotations.Nullable;

/**
 * The course of one scope's takeover, in milliseconds from the fault; null where the cluster did not record it.
 *
 * @param owner server that has it now
 * @param detected a claimer found the scope free
 * @param elected the claim
 * @param takenOver the new owner's duty was ready
 * @param firstWork it did its first work
 * @param work what that was
 * @param gap how long the scope did nothing
 */
public record ScopeCourse(
        String scope,
        String owner,
        String reason,
        @Nullable Long detected,
        @Nullable Long elected,
        @Nullable Long takenOver,
        @Nullable Long firstWork,
        @Nullable String work,
        FailoverGap gap) {}
