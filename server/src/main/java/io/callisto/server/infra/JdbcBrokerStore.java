package io.callisto.server.infra;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** The schema of the broker's tables: apart from ours, so that migrations find a database that is theirs alone. */
final class JdbcBrokerStore {
    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();

    JdbcBrokerStore(BrokerSettings settings) {
        dataSource.setUrl(settings.databaseUrl());
        dataSource.setUser(settings.databaseUser());
        dataSource.setPassword(settings.databasePassword());
        dataSource.setConnectTimeout(2);
    }

    void createSchema() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // Two brokers that start together would both find it missing.
            statement.execute("select pg_advisory_xact_lock(hashtext('callisto.artemis'))");
            statement.execute("create schema if not exists artemis");
            connection.commit();
        }
    }
}
