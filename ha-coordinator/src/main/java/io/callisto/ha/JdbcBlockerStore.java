package io.callisto.ha;

import io.callisto.ha.BlockerRunner.Waiter;
import java.sql.Connection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Ends backends that hold up one claim. Used by one thread. */
final class JdbcBlockerStore implements AutoCloseable {
    private final SingleConnectionDataSource source;
    private final JdbcClient jdbc;

    JdbcBlockerStore(Connection connection) {
        this.source = new SingleConnectionDataSource(connection, true);
        this.jdbc = JdbcClient.create(source);
    }

    /**
     * Ends those that block exactly this transaction, except other claimers: their own limits end them.
     *
     * @return how many were told to end
     */
    int endBlockersOf(Waiter waiter) {
        return jdbc.sql("""
            select count(*) filter (where pg_terminate_backend(blocker.pid))
            from pg_stat_activity waiting
            cross join lateral unnest(pg_blocking_pids(waiting.pid)) as blocking (pid)
            join pg_stat_activity blocker on blocker.pid = blocking.pid
            where waiting.pid = :pid and waiting.xact_start = :since::timestamptz
              and blocker.application_name not like 'callisto-lease@%'\
            """)
                .param("pid", waiter.pid())
                .param("since", waiter.transactionStart())
                .query(Integer.class)
                .single();
    }

    @Override
    public void close() {
        source.destroy();
    }
}
