package io.callisto.domain;

/**
 * A bug: something that an invariant (docs/INVARIANTS.md) rules out has happened. The fault handler ends the process.
 */
public final class InvariantBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param invariant its number, such as {@code INV-3}
     * @param what what was seen; no personal data
     */
    public InvariantBroken(String invariant, String what) {
        super(invariant + ": " + what);
    }
}
