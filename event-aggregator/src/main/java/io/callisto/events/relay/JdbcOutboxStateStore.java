package io.callisto.events.relay;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks at the outbox from outside. Thread-safe. */
final class JdbcOutboxStateStore {
    /** Counting stops here: the number is for an alarm, and counting millions would cost the relay its time. */
    static final int MOST_ROWS = 100_000;

    private static final String STATE = """
            select count(*) as rows,
                   coalesce(greatest(extract(epoch from clock_timestamp() - min(occurred_at)), 0), 0) as seconds
            from (select occurred_at from event_outbox where shard = :shard order by id limit :most) as waiting
            """;

    private final JdbcClient jdbc;

    JdbcOutboxStateStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    OutboxState state(int shard) {
        return jdbc.sql(STATE)
                .param("shard", shard)
                .param("most", MOST_ROWS)
                .query((row, line) -> new OutboxState(row.getLong("rows"), row.getDouble("seconds")))
                .single();
    }
}
