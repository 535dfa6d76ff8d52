package io.callisto.domain.job;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a job. All functions are pure.
 *
 * @param next the next state, or null where nothing moves
 * @param wantedPause new value of the wish to pause that waits for the job to be pausable
 * @param refusal why a command is refused; null where it is accepted
 */
public record JobDecision(
        @Nullable JobState next,
        boolean wantedPause,
        @Nullable String refusal) {

    /** Answers a user's command in a state. A command that is already fulfilled is accepted and changes nothing. */
    public static JobDecision onCommand(JobState state, boolean wantedPause, JobCommand command) {
        return switch (command) {
            case PAUSE -> pause(state, wantedPause);
            case RESUME -> resume(state, wantedPause);
            case STOP -> stop(state, wantedPause);
        };
    }

    private static JobDecision pause(JobState state, boolean wantedPause) {
        return switch (state) {
            case QUEUED, FILTER_IN_PROGRESS -> new JobDecision(null, true, null);
            case RUNNING -> new JobDecision(JobState.PAUSING, false, null);
            case PAUSING, PAUSED -> new JobDecision(null, wantedPause, null);
            case STOPPING, STOPPED, COMPLETED, FAILED -> refuse(wantedPause, state, "paused");
        };
    }

    private static JobDecision resume(JobState state, boolean wantedPause) {
        return switch (state) {
            case QUEUED, FILTER_IN_PROGRESS -> new JobDecision(null, false, null);
            case RUNNING -> new JobDecision(null, wantedPause, null);
            case PAUSING, PAUSED -> new JobDecision(JobState.RUNNING, false, null);
            case STOPPING, STOPPED, COMPLETED, FAILED -> refuse(wantedPause, state, "resumed");
        };
    }

    private static JobDecision stop(JobState state, boolean wantedPause) {
        return switch (state) {
            case QUEUED -> new JobDecision(JobState.STOPPED, false, null);
            case FILTER_IN_PROGRESS, RUNNING, PAUSING, PAUSED -> new JobDecision(JobState.STOPPING, false, null);
            case STOPPING, STOPPED -> new JobDecision(null, wantedPause, null);
            case COMPLETED, FAILED -> refuse(wantedPause, state, "stopped");
        };
    }

    /** What follows when the filter is done. */
    public static JobDecision onFiltered(boolean wantedPause) {
        return new JobDecision(wantedPause ? JobState.PAUSED : JobState.RUNNING, false, null);
    }

    /**
     * What the director's sweep does: ends what is finished.
     *
     * @param openContacts contacts that are not final
     * @param openAttempts attempts that are not final
     */
    public static JobDecision onSweep(JobState state, boolean finite, long openContacts, long openAttempts) {
        JobState next = switch (state) {
            case RUNNING -> finite && openContacts == 0 && openAttempts == 0 ? JobState.COMPLETED : null;
            case PAUSING ->
                openAttempts > 0 ? null : finite && openContacts == 0 ? JobState.COMPLETED : JobState.PAUSED;
            case STOPPING -> openAttempts == 0 && openContacts == 0 ? JobState.STOPPED : null;
            case QUEUED, FILTER_IN_PROGRESS, PAUSED, STOPPED, COMPLETED, FAILED -> null;
        };
        return new JobDecision(next, false, null);
    }

    private static JobDecision refuse(boolean wantedPause, JobState state, String what) {
        return new JobDecision(null, wantedPause, "a job in state " + state + " cannot be " + what);
    }
}
