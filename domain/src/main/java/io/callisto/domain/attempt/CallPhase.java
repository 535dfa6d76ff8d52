package io.callisto.domain.attempt;

/** Where a call stands, as the media gateway tells it. The order is that of a call's life. */
public enum CallPhase {
    /** The gateway has recorded that it never placed the call and never will. */
    NEVER_PLACED,
    DIALING,
    RINGING,
    ANSWERED,
    ENDED
}
