package io.callisto.rules.decide;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcome for one candidate.
 *
 * @param verdict what is to become of it
 * @param rule name of the rule that decided; empty where nothing speaks against the call
 * @param notBefore when to ask again at the earliest; only where deferred
 */
public record Ruling(Verdict verdict, String rule, @Nullable Instant notBefore) {
    /** Nothing speaks against the call. */
    public static final Ruling ALLOWED = new Ruling(Verdict.ALLOW, "", null);

    public Ruling {
        if ((verdict == Verdict.DEFER) != (notBefore != null)) {
            throw new IllegalArgumentException("only a deferral, and each of them, says until when: " + verdict);
        }
    }

    static Ruling deferred(String rule, Instant notBefore) {
        return new Ruling(Verdict.DEFER, rule, notBefore);
    }

    static Ruling restricted(String rule) {
        return new Ruling(Verdict.RESTRICT, rule, null);
    }
}
