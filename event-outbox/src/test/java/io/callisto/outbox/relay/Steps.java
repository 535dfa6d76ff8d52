package io.callisto.outbox.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The places at which a relay can be cut: before and after every call to the log or the store, and inside the log's
 * transactions. Fakes report each; a test makes something happen at the n-th.
 */
public final class Steps {
    private final Map<Thread, Plan> plans = new ConcurrentHashMap<>();

    /** What one thread is to do; used by that thread only. */
    private static final class Plan {
        final List<String> seen = new ArrayList<>();
        int at = Integer.MAX_VALUE;
        Runnable action = () -> {};
    }

    private Plan plan() {
        return plans.computeIfAbsent(Thread.currentThread(), thread -> new Plan());
    }

    /**
     * Lets {@code action} run at this thread's {@code n}-th step from now, counted from 0, and only there. Each thread
     * is a relay of its own.
     */
    public void at(int n, Runnable action) {
        Plan plan = plan();
        plan.seen.clear();
        plan.at = n;
        plan.action = action;
    }

    /** Nothing happens any more at this thread's steps. */
    public void disarm() {
        plan().at = Integer.MAX_VALUE;
    }

    /** A fake is here. */
    public void reached(String step) {
        Plan plan = plan();
        plan.seen.add(step);
        if (plan.seen.size() - 1 == plan.at) {
            plan.at = Integer.MAX_VALUE;
            plan.action.run();
        }
    }

    /** This thread's steps since its last {@link #at}. */
    public List<String> seen() {
        return List.copyOf(plan().seen);
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
