package io.callisto.ha;

import io.callisto.ha.LeaseStatistics.Event;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts what the coordinator asks the database: its steady cost is a promise. */
record JdbcCountingStore(JdbcClient jdbc, LeaseStatistics statistics) implements JdbcClient {
    @Override
    public StatementSpec sql(String sql) {
        statistics.count(Event.STATEMENT);
        return jdbc.sql(sql);
    }
}
