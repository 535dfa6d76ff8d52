package io.callisto.rules.decide;

/** What is to become of a candidate. */
public enum Verdict {
    ALLOW,
    /** Not now; ask again later. */
    DEFER,
    /** Not in this job. */
    RESTRICT
}
