package io.callisto.rules.decide;

/** What a user's rule says of a candidate. Same facts, same answer; never throws. Thread-safe. */
@FunctionalInterface
public interface Expression {
    /** Of one candidate. */
    enum Truth {
        /** The candidate may not be called now. */
        HIT,
        /** The rule has nothing against the call. */
        CLEAR,
        /** The rule cannot be evaluated, so it cannot allow a call either. */
        FAILED
    }

    /** Judges one candidate. */
    Truth judge(BatchFacts batch, ContactFacts contact);
}
