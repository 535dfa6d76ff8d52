package io.callisto.ha;

import io.callisto.domain.Ticker;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
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
    /** The switch of the effects' history is read along, so that it costs no round trip while it is off. */
    private static final String LOCK_FENCE = """
        select d.record_effects from ha_fence f cross join ha_db d
        where f.scope = :scope and f.epoch = :epoch and f.owner = :owner for share of f\
        """;

    private static final String RECORD_EFFECT =
            "insert into ha_effect (scope, epoch, node) values (:scope, :epoch, :node)";

    private static final String RECORD_REFUSAL = """
        insert into ha_refusal (scope, epoch, node, reason)
        select :scope, :epoch, :node, :reason from ha_db where record_effects\
        """;
    private static final Logger log = LoggerFactory.getLogger(FencedTransaction.class);

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
        } catch (OtherEpoch e) {
            recordRefusal(lease);
            throw new Fenced(lease, "another epoch owns the scope");
        } catch (TransactionSystemException e) {
            // A broken connection cannot roll back either; what counts is why the work was given up.
            if (e.getApplicationException() instanceof Fenced fenced) {
                fenced.addSuppressed(e);
                throw fenced;
            }
            if (e.getApplicationException() instanceof OtherEpoch) {
                throw new Fenced(lease, "another epoch owns the scope");
            }
            throw e;
        }
    }

    /** The fence row was read and is another owner's. Never leaves this class. */
    private static final class OtherEpoch extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** After the rollback, in a transaction of its own, so that drills can tell what a former owner tried. */
    private void recordRefusal(Lease lease) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return;
        }
        try {
            jdbc.sql(RECORD_REFUSAL)
                    .param("scope", lease.scope().value())
                    .param("epoch", lease.epoch())
                    .param("node", lease.owner().value())
                    .param("reason", "another epoch owns the scope")
                    .update();
        } catch (DataAccessException e) {
            log.atDebug().setCause(e).addKeyValue("scope", lease.scope()).log("refusal was not recorded");
        }
    }

    private <T extends @Nullable Object> T runFenced(Lease lease, Work<T> work) {
        return transaction.execute(status -> {
            boolean recorded = jdbc.sql(LOCK_FENCE)
                    .param("scope", lease.scope().value())
                    .param("epoch", lease.epoch())
                    .param("owner", lease.owner().value())
                    .query(Boolean.class)
                    .optional()
                    .orElseThrow(OtherEpoch::new);
            T result = work.apply(jdbc);
            if (recorded) {
                jdbc.sql(RECORD_EFFECT)
                        .param("scope", lease.scope().value())
                        .param("epoch", lease.epoch())
                        .param("node", lease.owner().value())
                        .update();
            }
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
