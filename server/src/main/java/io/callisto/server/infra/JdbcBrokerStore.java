package io.callisto.server.infra;

import io.callisto.server.process.PostgresAccess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The schema of the broker's tables: apart from ours, so that migrations find a database that is theirs alone. */
final class JdbcBrokerStore {
    private final DataSource dataSource;

    JdbcBrokerStore(BrokerSettings settings) {
        this.dataSource = PostgresAccess.of(
                settings.databaseUrl(), settings.databaseUser(), settings.databasePassword(), "artemis-schema", 10);
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
