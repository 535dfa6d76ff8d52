package io.callisto.drills.testbed;

/** What can be done to a cluster. A target says which of these it can do. */
public enum FaultKind {
    /** {@code kill -9} of a process. */
    KILL,
    /** SIGTERM of a process. */
    TERMINATE,
    /** Stopping a process in its tracks, and letting it go on. */
    FREEZE,
    /** Power loss of a host: its link goes silent, then everything on it ends. */
    KILL_HOST,
    FREEZE_HOST,
    /** Both directions of a host's link. */
    CUT_HOST,
    /** One direction between two hosts. */
    CUT_ONE_WAY,
    /** The hosts fall into two groups that do not hear one another. */
    SPLIT,
    /** A server's wall clock jumps while its processes run. */
    STEP_CLOCK
}
