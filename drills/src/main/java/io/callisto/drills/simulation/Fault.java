package io.callisto.drills.simulation;

/** What the simulated world does to the cluster. */
public enum Fault {
    CRASH,
    PAUSE,
    STALLED_ROLE,
    CUT,
    ONE_WAY_CUT,
    LOSS,
    SLOW,
    FALSE_CERTIFICATE,
    WRONG_HINTS,
    DATABASE_RESTART,
    PROMOTION,
    HAND_OVER,
    ROLE_STOP,
    SERVER_STOP,
    CLOCK_RATE,
    CLOCK_RATE_BEYOND
}
