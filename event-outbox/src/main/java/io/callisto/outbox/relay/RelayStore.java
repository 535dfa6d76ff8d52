package io.callisto.outbox.relay;

import io.callisto.ha.Lease;
import java.util.List;
import java.util.Set;

/** The outbox as the relay sees it. Every method is one fenced transaction and throws {@link io.callisto.ha.Fenced}. */
public interface RelayStore {
    /** Does nothing but throw where the lease is not ours any more. */
    void requireOwner(Lease lease);

    /**
     * Deletes what is published and selects what comes next, in one transaction: so the deletion has committed before
     * anybody can send the next batch.
     *
     * @param published rows to delete; those that are gone already do not matter
     * @param wanted what to select
     * @return rows in the order of their ids
     */
    List<OutboxRow> exchange(Lease lease, RowIds published, Selection wanted);

    /** Moves rows out of the way. */
    void quarantine(Lease lease, List<PoisonRow> rows);

    /** Those of the organisations that exist. */
    Set<Integer> existing(Lease lease, Set<Integer> organisations);
}
