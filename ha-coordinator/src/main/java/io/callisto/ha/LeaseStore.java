package io.callisto.ha;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lease rows. Used by one thread. Every method throws an unchecked exception where the database fails. */
public interface LeaseStore {
    /**
     * What a renewal found.
     *
     * @param rows those that could be read; a locked one is missing
     * @param timeline of the database
     * @param nodeState of the asking node's row; null where it was locked or is missing
     */
    record Renewal(
            Map<Scope, RenewalDecision.Row> rows,
            int timeline,
            @Nullable String nodeState) {}

    /** How a claim ended. */
    enum Outcome {
        CLAIMED,
        /** Not free after all. */
        REFUSED,
        /** A work transaction of the last owner, or another claimer, holds a row. */
        BLOCKED
    }

    /**
     * How a claim ended.
     *
     * @param epoch ours, where it was claimed
     * @param decision what the rows said under their locks; null where they could not be locked
     */
    record Claim(Outcome outcome, long epoch, @Nullable ClaimDecision decision) {}

    /** Extends what {@code me} holds, and writes its heartbeat, in one statement that waits for no lock. */
    Renewal renew(NodeId me, Map<Scope, Long> epochs);

    /** Reads without locks. A scope without rows is missing in the answer. */
    Map<Scope, LeaseView> look(Collection<Scope> scopes);

    /**
     * Claims in one transaction, waiting at most 100 ms for a lock.
     *
     * @param endBlockers whether to end the backends that this very claim waits for
     */
    Claim claim(Scope scope, Candidate me, Duration ttl, boolean endBlockers);

    /**
     * Who is there to own scopes; read only when something is free.
     *
     * @param free what is asked for
     */
    default Landscape landscape(Collection<Scope> free) {
        return Landscape.UNKNOWN;
    }

    /** Where the administrator wants these scopes to be, as far as those servers are alive. */
    default List<WishedServer> wishedServers(Collection<Scope> scopes) {
        return List.of();
    }

    /** Gives back what is still ours, all at once, so that it can be shared out at once. */
    default void release(NodeId me, Map<Scope, Long> epochs) {
        epochs.forEach((scope, epoch) -> release(me, scope, epoch));
    }

    /** Gives back, if it is still ours; who stands for it is notified. */
    void release(NodeId me, Scope scope, long epoch);
}
