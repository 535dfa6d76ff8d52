package io.callisto.ha;

/**
 * The work of an owned scope. One instance per ownership, used by one thread only (the role's own). Throwing {@link
 * Fenced} ends it; any other exception is logged, {@link #close()} is called, and, if the lease is still held, a new
 * instance starts with {@link #takeOver}.
 */
public interface RoleDuty extends AutoCloseable {
    /**
     * Called once, first: fence outside parties, read the state, settle what the last owner left. Must be repeatable.
     *
     * @param lease just claimed
     */
    void takeOver(Lease lease);

    /**
     * Does a bounded piece of work.
     *
     * @param lease the same ownership; its deadline moves with every renewal
     * @return how many units were done; 0 lets the thread wait until it is woken or the role's idle time has passed
     */
    int doWork(Lease lease);

    /**
     * What counts as the first work of a tenure, such as {@code "first call placed"}: what an operator waits for after
     * a failover, and what drills time.
     */
    default String firstWork() {
        return "first piece of work";
    }

    /**
     * Whether it has been done. Asked on the role's thread after each {@link #doWork} until it says yes.
     *
     * @param done what that {@link #doWork} returned
     */
    default boolean firstWorkDone(int done) {
        return done > 0;
    }

    /** Lets go of resources. No effects: by now another owner may exist. */
    @Override
    void close();
}
