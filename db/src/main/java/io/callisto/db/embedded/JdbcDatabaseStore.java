package io.callisto.db.embedded;

import io.callisto.db.PostgresDriver;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;

/** Creates databases in a running PostgreSQL. */
final class JdbcDatabaseStore {
    private final String url;
    private final Properties properties = new Properties();

    JdbcDatabaseStore(String host, int port) {
        url = "jdbc:postgresql://" + host + ":" + port + "/postgres";
        properties.setProperty("user", EmbeddedPostgres.USER);
        properties.setProperty("password", EmbeddedPostgres.PASSWORD);
        properties.setProperty("connectTimeout", "10");
    }

    /** @param name a plain identifier of ours, never a user's */
    void createIfMissing(String name) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            boolean exists;
            try (ResultSet found = statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
                exists = found.next();
            }
            if (!exists) {
                statement.execute("create database " + name);
            }
        }
    }

    /** Without DriverManager: it would load every driver of the class path, some of which fail in a plain JVM. */
    private Connection connect() throws SQLException {
        return Objects.requireNonNull(PostgresDriver.get().connect(url, properties), url);
    }
}
