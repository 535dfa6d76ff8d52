package io.callisto.outbox.relay;

import io.callisto.ha.Lease;
import java.util.List;
import java.util.Set;

/** A store that tells of every call before it begins and after it has committed. */
public final class SteppedStore implements RelayStore {
    private final RelayStore store;
    private final Steps steps;

    /**
     * @param store that does the work
     * @param steps told of every step
     */
    public SteppedStore(RelayStore store, Steps steps) {
        this.store = store;
        this.steps = steps;
    }

    @Override
    public void requireOwner(Lease lease) {
        steps.reached("before owner check");
        store.requireOwner(lease);
        steps.reached("after owner check");
    }

    @Override
    public List<OutboxRow> exchange(Lease lease, RowIds published, Selection wanted) {
        String what = published.isEmpty() ? "select" : wanted.limit() == 0 ? "delete" : "delete and select";
        steps.reached("before " + what);
        List<OutboxRow> rows = store.exchange(lease, published, wanted);
        steps.reached("after " + what);
        return rows;
    }

    @Override
    public void quarantine(Lease lease, List<PoisonRow> rows) {
        steps.reached("before quarantine");
        store.quarantine(lease, rows);
        steps.reached("after quarantine");
    }

    @Override
    public Set<Integer> existing(Lease lease, Set<Integer> organisations) {
        return store.existing(lease, organisations);
    }
}
