package io.callisto.drills.drill;

/** What a fault must lead to. */
public enum Expectation {
    /** Every scope of the victim gets another owner, or its own again under a new epoch, and does its first work. */
    TAKEOVER,
    /** Nobody is taken for lost; everything goes on. */
    NOTHING_MOVES,
    /** Roles may move or not; everything works again when the fault is over. */
    RECOVERS
}
