package io.callisto.drills.history;

/** What a violation is about. */
public enum Aspect {
    /** Accepted effects of a scope are not in the order of their epochs (INV-1). */
    ORDER,
    /** Two owners of one epoch (INV-2). */
    OWNER,
    /** The witnesses contradict one another, or an id is missing or doubled. */
    RECONCILIATION,
    /** A contact was called more often than its plan allows. */
    PLAN,
    /** A call or message that was accepted came to nothing. */
    LOST,
    /** Something waits for ever: an attempt past its deadline, a contact in no call. */
    STUCK,
    /** A role has no owner, a server did not come back. */
    LIVENESS,
    /** A role moved although nothing required it. */
    NEEDLESS,
    /** A call outside its calling window. */
    WINDOW,
    /** Roles stand elsewhere than the deployment table says. */
    TABLE,
    /** A failover took longer than the limit. */
    TIME,
    /** The steady state costs more than the limit. */
    COST
}
