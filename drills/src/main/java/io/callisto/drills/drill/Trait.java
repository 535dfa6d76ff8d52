package io.callisto.drills.drill;

/** What else a drill does or is. */
public enum Trait {
    /** Part of {@code suite --short}. */
    SHORT,
    /** A probe asks the rule engine all the time. */
    RULE_PROBE,
    /** A probe sends and receives messages all the time; the drill measures what it sees. */
    BROKER_PROBE,
    /** Measures the gap between calls of the newest job, over all gateways. */
    CALLS,
    /** Measures the gap between acknowledged batches of events. */
    EVENTS,
    /** Measures every scope, whether it moved or not. */
    ALL_SCOPES,
    /** No call may be lost. */
    NO_CALL_LOST,
    /** Prints a deployment table before and after. */
    TABLE,
    /** A second job may call only in a window that is shut by the true time. */
    WINDOW_JOB,
    /** Roles must have settled afterwards: nothing moves for some seconds. */
    SETTLES,
    /** The cache must be one ring again afterwards. */
    ONE_RING,
    /** No fault: measures what coordination costs. */
    STEADY
}
