package io.callisto.gateway.simulator;

import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;

/**
 * What happens to a call, in real (unscaled) time.
 *
 * @param outcome how it ends
 * @param setupMillis from dialing to ringing, or to the end where it never rings
 * @param ringMillis from ringing to the answer, or to the end
 * @param talkMillis from the answer to the end
 */
public record CallScript(CallOutcome outcome, long setupMillis, long ringMillis, long talkMillis) {
    /** What follows a phase that is not the last. */
    public CallPhase after(CallPhase phase) {
        return switch (phase) {
            case DIALING -> rings() ? CallPhase.RINGING : CallPhase.ENDED;
            case RINGING -> answered() ? CallPhase.ANSWERED : CallPhase.ENDED;
            case ANSWERED -> CallPhase.ENDED;
            case ENDED, NEVER_PLACED, CALL_PHASE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("nothing follows " + phase);
        };
    }

    /** How long the phase lasts. */
    public long millisIn(CallPhase phase) {
        return switch (phase) {
            case DIALING -> setupMillis;
            case RINGING -> ringMillis;
            case ANSWERED -> talkMillis;
            case ENDED, NEVER_PLACED, CALL_PHASE_UNSPECIFIED, UNRECOGNIZED -> 0;
        };
    }

    private boolean rings() {
        return answered() || outcome == CallOutcome.RING_NO_ANSWER;
    }

    private boolean answered() {
        return outcome == CallOutcome.ANSWER_HUMAN
                || outcome == CallOutcome.ANSWER_MACHINE
                || outcome == CallOutcome.FAX;
    }
}
