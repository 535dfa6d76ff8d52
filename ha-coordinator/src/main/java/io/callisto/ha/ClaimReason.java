package io.callisto.ha;

/** Why a scope could be claimed; the values of {@code ha_transition.reason}. */
public enum ClaimReason {
    /** Nobody has owned it before. */
    FIRST,
    /** Its owner gave it back, or it is ours from a claim whose outcome we did not learn. */
    RELEASED,
    /** Its owner has not renewed it in time, by the database's clock. */
    EXPIRED,
    /** Its owner's process is known to have ended. */
    DEATH_CERTIFICATE
}
