package io.callisto.outbox.relay;

import java.util.ArrayList;
import java.util.List;

/**
 * The places at which a relay can be cut: before and after every call to the log or the store, and inside the log's
 * transactions. Fakes report each; a test makes something happen at the n-th.
 */
public final class Steps {
    private final List<String> seen = new ArrayList<>();
    private int at = Integer.MAX_VALUE;
    private Runnable action = () -> {};

    /** Lets {@code action} run at the {@code n}-th step from now, counted from 0, and only there. */
    public void at(int n, Runnable action) {
        seen.clear();
        this.at = n;
        this.action = action;
    }

    /** A fake is here. */
    public void reached(String step) {
        seen.add(step);
        if (seen.size() - 1 == at) {
            at = Integer.MAX_VALUE;
            action.run();
        }
    }

    /** Steps since the last {@link #at}. */
    public List<String> seen() {
        return List.copyOf(seen);
    }

    /** The end of a process: nothing catches it. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        /** A crash. */
        public Crash() {
            super("crash");
        }
    }
}
