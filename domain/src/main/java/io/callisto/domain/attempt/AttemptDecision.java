package io.callisto.domain.attempt;

import io.callisto.domain.CompletionCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an attempt. Pure.
 *
 * @param steps the phases that it reaches now, in order; empty where nothing is new. Each is told by one event
 */
public record AttemptDecision(List<Step> steps) {
    /**
     * A phase reached.
     *
     * @param phase the attempt's next state
     * @param at when, as the gateway says; never before the step before it
     * @param code with {@link AttemptState#COMPLETED} only
     */
    public record Step(
            AttemptState phase, Instant at, @Nullable CompletionCode code) {}

    private static final AttemptDecision NOTHING = new AttemptDecision(List.of());

    public AttemptDecision {
        steps = List.copyOf(steps);
    }

    /**
     * Decides on a report of the gateway. Phases may be skipped and reports repeated or late.
     *
     * @param state of the attempt
     * @param now stands in where the gateway gives no time
     */
    public static AttemptDecision onReport(AttemptState state, CallReport report, Instant now) {
        if (state == AttemptState.COMPLETED) {
            return NOTHING;
        }
        return switch (report.phase()) {
            // The gateway denies a call that it told us of before: its word is worth nothing any more.
            case NEVER_PLACED ->
                close(
                        state == AttemptState.RESERVED ? CompletionCode.NOT_PLACED : CompletionCode.ATTEMPT_IN_DOUBT,
                        now);
            case DIALING, RINGING, ANSWERED, ENDED -> follow(state, report, now);
        };
    }

    /** Ends an attempt that the gateway cannot or need not tell anything about. */
    public static AttemptDecision close(CompletionCode code, Instant at) {
        return new AttemptDecision(List.of(new Step(AttemptState.COMPLETED, at, code)));
    }

    private static AttemptDecision follow(AttemptState state, CallReport report, Instant now) {
        List<Step> steps = new ArrayList<>(4);
        Instant last = Instant.MIN;
        for (AttemptState phase : AttemptState.values()) {
            if (!state.next().contains(phase) || !reached(phase, report)) {
                continue;
            }
            Instant told = time(phase, report);
            Instant at = told == null ? now : told;
            last = at.isBefore(last) ? last : at;
            steps.add(new Step(phase, last, phase == AttemptState.COMPLETED ? code(report) : null));
        }
        return new AttemptDecision(steps);
    }

    private static boolean reached(AttemptState phase, CallReport report) {
        return switch (phase) {
            case RESERVED -> false;
            case DIALING -> report.dialedAt() != null || report.phase() == CallPhase.DIALING;
            case RINGING -> report.ringingAt() != null || report.phase() == CallPhase.RINGING;
            case ANSWERED -> report.answeredAt() != null || report.phase() == CallPhase.ANSWERED;
            case COMPLETED -> report.phase() == CallPhase.ENDED;
        };
    }

    private static @Nullable Instant time(AttemptState phase, CallReport report) {
        return switch (phase) {
            case RESERVED -> null;
            case DIALING -> report.dialedAt();
            case RINGING -> report.ringingAt();
            case ANSWERED -> report.answeredAt();
            case COMPLETED -> report.endedAt();
        };
    }

    private static CompletionCode code(CallReport report) {
        CallOutcome outcome = report.outcome();
        return outcome == null ? CompletionCode.NETWORK_FAILURE : outcome.code();
    }
}
