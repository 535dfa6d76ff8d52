package io.callisto.ha;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;

/**
 * Opens the coordinator's own connections, outside any pool: a pool that is full must never hold up a renewal. Every
 * read on them ends in time, so that a cut network is noticed before the deadline.
 */
final class PostgresConnections {
    private static final int LOCK_TIMEOUT_MILLIS = 100;

    private final DatabaseAddress address;
    private final TimingProfile timing;
    private final NodeId node;

    PostgresConnections(DatabaseAddress address, TimingProfile timing, NodeId node) {
        this.address = address;
        this.timing = timing;
        this.node = node;
    }

    DatabaseAddress address() {
        return address;
    }

    TimingProfile timing() {
        return timing;
    }

    /**
     * Opens one that holds the node's presence lock.
     *
     * @param purpose first half of the ApplicationName, which PostgreSQL cuts at 63 bytes
     */
    Connection open(String purpose) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address.url());
        if (!address.user().isEmpty()) {
            source.setUser(address.user());
            source.setPassword(address.password());
        }
        source.setApplicationName(purpose + "@" + node);
        source.setConnectTimeout(seconds(timing.connectTimeout()));
        source.setSocketTimeout(seconds(timing.connectTimeout()));
        source.setTcpKeepAlive(true);
        // Epochs and leases are only true on the primary.
        source.setTargetServerType("primary");
        // A claimer that freezes inside its transaction must not keep the fence row.
        source.setOptions("-c statement_timeout=" + timing.statementTimeout().toMillis() + " -c lock_timeout="
                + LOCK_TIMEOUT_MILLIS + " -c idle_in_transaction_session_timeout="
                + timing.statementTimeout().toMillis() + " -c synchronous_commit=on");
        Connection connection = source.getConnection();
        // The driver's socketTimeout knows whole seconds only.
        connection.setNetworkTimeout(
                Runnable::run, (int) timing.networkTimeout().toMillis());
        try {
            JdbcPresenceStore.hold(connection, node);
        } catch (DataAccessException e) {
            connection.close();
            throw new SQLException(e.getMessage(), e);
        }
        return connection;
    }

    private static int seconds(Duration duration) {
        return (int) Math.max(1, duration.toSeconds());
    }
}
