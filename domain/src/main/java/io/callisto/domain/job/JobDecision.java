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
     * What the director's sweep does: ends what is finished. It is told whether contacts exist, not how many: a count
     * over a
     * million contacts every second would cost more than dialing them.
     *
     * @param waiting whether any contact is READY or RETRY_WAIT
     * @param inAttempt whether any contact is IN_ATTEMPT
     */
    public static JobDecision onSweep(
            JobState state, boolean wantedPause, boolean finite, boolean waiting, boolean inAttempt) {
        boolean done = !waiting && !inAttempt;
        JobState next = switch (state) {
            case RUNNING -> finite && done ? JobState.COMPLETED : null;
            case PAUSING -> inAttempt ? null : finite && done ? JobState.COMPLETED : JobState.PAUSED;
            case STOPPING -> done ? JobState.STOPPED : null;
            case QUEUED, FILTER_IN_PROGRESS, PAUSED, STOPPED, COMPLETED, FAILED -> null;
        };
        return new JobDecision(next, next == null && wantedPause, null);
    }

    /**
     * Whether the contacts that wait are to be closed now: the job is being stopped and nothing is on the line any
     * more.
     */
    public static boolean closesWaiting(JobState state, boolean waiting, boolean inAttempt) {
        return state == JobState.STOPPING && waiting && !inAttempt;
    }

    private static JobDecision refuse(boolean wantedPause, JobState state, String what) {
        return new JobDecision(null, wantedPause, "a job in state " + state + " cannot be " + what);
    }
}
