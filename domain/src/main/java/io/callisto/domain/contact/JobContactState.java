package io.callisto.domain.contact;

import java.util.EnumSet;
import java.util.Set;

/** States of a contact within a job. */
public enum JobContactState {
    READY,
    IN_ATTEMPT,
    /** Waits for the time of its next attempt. */
    RETRY_WAIT,
    /** Reached, in the sense of a success completion code. */
    COMPLETED,
    /** Must not be called: do-not-call, rules, caps. */
    RESTRICTED,
    /** Tried as often as the strategy allows, or the job was stopped. */
    FAILED;

    /** The states that may follow this one. */
    public Set<JobContactState> next() {
        return switch (this) {
            case READY -> EnumSet.of(IN_ATTEMPT, RETRY_WAIT, RESTRICTED, FAILED);
            case IN_ATTEMPT -> EnumSet.of(READY, RETRY_WAIT, COMPLETED, RESTRICTED, FAILED);
            case RETRY_WAIT -> EnumSet.of(IN_ATTEMPT, READY, RESTRICTED, FAILED);
            case COMPLETED, RESTRICTED, FAILED -> EnumSet.noneOf(JobContactState.class);
        };
    }

    /** Whether nothing can follow. */
    public boolean terminal() {
        return next().isEmpty();
    }
}
