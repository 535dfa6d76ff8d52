package io.callisto.drills.drill;

/** A drill cannot be done on this target; the message is the reason for SKIPPED. */
final class NotPossible extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPossible(String message) {
        super(message);
    }
}
