package io.callisto.ha;

/** How ZooKeeper's hints stand. */
public enum HintState {
    /** Not configured. */
    OFF,
    /** Hints arrive. */
    JOINED,
    /** It does not answer: hints are missing, everything else goes on. */
    MISSING,
    /** What answers belongs to another cluster: its hints are not used. */
    WRONG_CLUSTER
}
