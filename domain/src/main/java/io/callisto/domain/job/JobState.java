package io.callisto.domain.job;

import io.callisto.domain.InvariantBroken;
import java.util.EnumSet;
import java.util.Set;

/** States of a job. Names are POM's where it has one; the moves are the table in {@link #next()}. */
public enum JobState {
    /** Started by a user or a schedule; waits for a director. */
    QUEUED,
    /** The director turns the campaign's lists into the job's contacts. */
    FILTER_IN_PROGRESS,
    RUNNING,
    /** No new calls; waits for those in progress. */
    PAUSING,
    PAUSED,
    /** No new calls; waits for those in progress, then the rest of the contacts is closed. */
    STOPPING,
    STOPPED,
    COMPLETED,
    /** Cannot go on; the reason says why. */
    FAILED;

    /** The states that may follow this one. */
    public Set<JobState> next() {
        return switch (this) {
            case QUEUED -> EnumSet.of(FILTER_IN_PROGRESS, STOPPED, FAILED);
            case FILTER_IN_PROGRESS -> EnumSet.of(RUNNING, PAUSED, STOPPING, FAILED);
            case RUNNING -> EnumSet.of(PAUSING, STOPPING, COMPLETED, FAILED);
            case PAUSING -> EnumSet.of(PAUSED, RUNNING, STOPPING, COMPLETED);
            case PAUSED -> EnumSet.of(RUNNING, STOPPING);
            case STOPPING -> EnumSet.of(STOPPED);
            case STOPPED, COMPLETED, FAILED -> EnumSet.noneOf(JobState.class);
        };
    }

    /**
     * The move from this state to {@code to}, which code of ours wants: a wrong one is a bug, not a refusal.
     *
     * @return {@code to}
     * @throws InvariantBroken INV-8, where {@link #next()} does not hold it
     */
    public JobState move(JobState to) {
        if (!next().contains(to)) {
            throw new InvariantBroken("INV-8", "a job cannot move from " + this + " to " + to);
        }
        return to;
    }

    /** Whether nothing can follow. */
    public boolean terminal() {
        return next().isEmpty();
    }
}
