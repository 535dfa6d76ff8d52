package io.callisto.ha;

import java.sql.SQLException;
import java.util.Optional;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Lease connections to PostgreSQL. Thread-safe; the sessions are not. */
final class PostgresLeaseDatabase implements LeaseDatabase {
    private final PostgresConnections connections;
    private final BlockerRunner blockers;
    private final LeaseStatistics statistics;

    PostgresLeaseDatabase(PostgresConnections connections, BlockerRunner blockers, LeaseStatistics statistics) {
        this.connections = connections;
        this.blockers = blockers;
        this.statistics = statistics;
    }

    @Override
    public LeaseSession open() {
        try {
            return new Session(
                    new SingleConnectionDataSource(connections.open("callisto-lease"), true),
                    blockers,
                    connections.timing(),
                    statistics);
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
        private final PresenceStore presence;
        private final CourseStore courses;

        Session(
                SingleConnectionDataSource source,
                BlockerRunner blockers,
                TimingProfile timing,
                LeaseStatistics statistics) {
            JdbcClient jdbc = new JdbcCountingStore(JdbcClient.create(source), statistics);
            this.source = source;
            this.leases = new JdbcLeaseStore(jdbc, source, blockers, timing);
            this.nodes = new JdbcNodeStore(jdbc, source, timing);
            this.presence = new JdbcPresenceStore(jdbc);
            this.courses = new JdbcCourseStore(jdbc);
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
        public Optional<PresenceStore> presence() {
            return Optional.of(presence);
        }

        @Override
        public Optional<CourseStore> courses() {
            return Optional.of(courses);
        }

        @Override
        public void close() {
            source.destroy();
        }
    }
}
