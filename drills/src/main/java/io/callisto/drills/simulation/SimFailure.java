package io.callisto.drills.simulation;

/** A call that failed, or whose outcome is unknown: broken connection, refusal, no answer in time. */
final class SimFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SimFailure(String message) {
        super(message, null, false, false);
    }
}
