package io.callisto.ha;

import io.callisto.domain.Ticker;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The only way to a transaction on owned data. Its first statement share-locks the scope's fence row at the lease's
 * epoch: a takeover must update that row, so it waits for us or we find the epoch gone (INV-1). A {@code where epoch =}
 * without the lock would let us commit after the successor has read.
 *
 * <p>Thread-safe. Not reentrant: a run inside a run joins the outer transaction, and only the outer lease's deadline is
 * checked before the commit.
 */
public final class FencedTransaction {
    private static final String LOCK_FENCE =
            "select 1 from ha_fence where scope = :scope and epoch = :epoch and owner = :owner for share";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Ticker ticker;

    /**
     * @param dataSource the service's own small pool
     * @param ticker the clock of {@link Lease#deadlineNanos()}
     */
    public FencedTransaction(DataSource dataSource, Ticker ticker) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        this.ticker = ticker;
    }

    /** Work inside the transaction. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        /**
         * Runs on the caller's thread; {@code jdbc}, and anything else on the same data source, is in the transaction.
         */
        T apply(JdbcClient jdbc);
    }

    /**
     * Runs {@code work} in one transaction that can only commit while the lease's epoch is the scope's.
     *
     * @throws Fenced where the lease has run out or been taken over; nothing is written
     * @throws org.springframework.dao.DataAccessException where the database fails
     * @throws org.springframework.transaction.TransactionException where the outcome of the commit is unknown: read
     *     again under the same epoch before acting on it
     */
    public <T extends @Nullable Object> T run(Lease lease, Work<T> work) {
        requireLive(lease);
        try {
            return runFenced(lease, work);
        } catch (TransactionSystemException e) {
            // A broken connection cannot roll back either; what counts is why the work was given up.
            if (e.getApplicationException() instanceof Fenced fenced) {
                fenced.addSuppressed(e);
                throw fenced;
            }
            throw e;
        }
    }

    private <T extends @Nullable Object> T runFenced(Lease lease, Work<T> work) {
        return transaction.execute(status -> {
            boolean ours = jdbc.sql(LOCK_FENCE)
                    .param("scope", lease.scope().value())
                    .param("epoch", lease.epoch())
                    .param("owner", lease.owner().value())
                    .query(Integer.class)
                    .optional()
                    .isPresent();
            if (!ours) {
                throw new Fenced(lease, "another epoch owns the scope");
            }
            T result = work.apply(jdbc);
            requireLive(lease);
            return result;
        });
    }

    private void requireLive(Lease lease) {
        if (!lease.live(ticker)) {
            throw new Fenced(lease, "its deadline has passed");
        }
    }
}
