package io.callisto.console.audit;

import io.callisto.console.security.Caller;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionTemplate;

/** The way to a change by REST: the change and its record are written together, or neither is. Thread-safe. */
public final class AuditedWrites {
    private final TransactionTemplate transaction;
    private final JdbcAuditStore entries;

    AuditedWrites(TransactionTemplate transaction, JdbcAuditStore entries) {
        this.transaction = transaction;
        this.entries = entries;
    }

    /**
     * Changes something in one transaction.
     *
     * @param work an exception undoes everything
     */
    public <T> T run(Caller caller, Supplier<Audited<T>> work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Audited<T> done = work.get();
            note(caller, done.change());
            return done.value();
        }));
    }

    /** Leaves the record of a change in the caller's transaction. */
    public void note(Caller caller, Change change) {
        entries.insert(caller.name(), change.shared() ? null : caller.organisationId(), change);
    }
}
