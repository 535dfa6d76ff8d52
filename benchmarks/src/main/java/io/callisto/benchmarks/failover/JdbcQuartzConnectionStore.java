package io.callisto.benchmarks.failover;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.quartz.utils.ConnectionProvider;

/** Lends Quartz the worker's pool. */
final class JdbcQuartzConnectionStore implements ConnectionProvider {
    private final HikariDataSource pool;

    JdbcQuartzConnectionStore(HikariDataSource pool) {
        this.pool = pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void shutdown() {
        pool.close();
    }

    @Override
    public void initialize() {}
}
