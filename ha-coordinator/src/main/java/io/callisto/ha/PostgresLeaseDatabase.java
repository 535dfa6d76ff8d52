package io.callisto.ha;

import java.sql.SQLException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Lease connections to PostgreSQL. Thread-safe; the sessions are not. */
final class PostgresLeaseDatabase implements LeaseDatabase {
    private final PostgresConnections connections;
    private final BlockerRunner blockers;

    PostgresLeaseDatabase(PostgresConnections connections, BlockerRunner blockers) {
        this.connections = connections;
        this.blockers = blockers;
    }

    @Override
    public LeaseSession open() {
        try {
            return new Session(
                    new SingleConnectionDataSource(connections.open("callisto-lease"), true),
                    blockers,
                    connections.timing());
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public String address() {
        return connections.address().shown();
    }

    private static final class Session implements LeaseSession {
        private final SingleConnectionDataSource source;
        private final LeaseStore leases;
        private final NodeStore nodes;

        Session(SingleConnectionDataSource source, BlockerRunner blockers, TimingProfile timing) {
            this.source = source;
            this.leases = new JdbcLeaseStore(source, blockers);
            this.nodes = new JdbcNodeStore(source, timing);
        }

        @Override
        public LeaseStore leases() {
            return leases;
        }

        @Override
        public NodeStore nodes() {
            return nodes;
        }

        @Override
        public void close() {
            source.destroy();
        }
    }
}
