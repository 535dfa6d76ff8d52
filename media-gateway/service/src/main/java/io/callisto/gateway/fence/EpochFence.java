package io.callisto.gateway.fence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The highest epoch of each scope, and every term (a scope under an epoch) there ever was, numbered in order. Guarded
 * by its
 * user's lock.
 */
public final class EpochFence {
    /** What an epoch is against the highest one of its scope. */
    public enum Standing {
        LOWER,
        SAME,
        HIGHER
    }

    /** A scope under an epoch. */
    public record Term(String scope, long epoch) {}

    private final List<Term> terms = new ArrayList<>();
    private final Map<String, Integer> current = new HashMap<>();

    public Standing standing(String scope, long epoch) {
        int order = Long.compare(epoch, highest(scope));
        return order < 0 ? Standing.LOWER : order == 0 ? Standing.SAME : Standing.HIGHER;
    }

    /** The highest epoch of the scope; 0: it was never heard of. */
    public long highest(String scope) {
        Integer term = current.get(scope);
        return term == null ? 0 : terms.get(term).epoch();
    }

    /** Begins a term, which must be higher than the scope's present one, and returns its number. */
    public int raise(String scope, long epoch) {
        if (standing(scope, epoch) != Standing.HIGHER) {
            throw new IllegalArgumentException("epoch " + epoch + " of " + scope + " is not above " + highest(scope));
        }
        terms.add(new Term(scope, epoch));
        current.put(scope, terms.size() - 1);
        return terms.size() - 1;
    }

    /** Number of the scope's present term, which must exist. */
    public int currentTerm(String scope) {
        Integer term = current.get(scope);
        if (term == null) {
            throw new IllegalArgumentException("no term of " + scope);
        }
        return term;
    }

    public Term term(int number) {
        return terms.get(number);
    }
}
