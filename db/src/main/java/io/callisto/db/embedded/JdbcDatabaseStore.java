package io.callisto.db.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** Creates databases in a running PostgreSQL. */
final class JdbcDatabaseStore {
    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();

    JdbcDatabaseStore(String host, int port) {
        dataSource.setServerNames(new String[] {host});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setUser(EmbeddedPostgres.USER);
        dataSource.setPassword(EmbeddedPostgres.PASSWORD);
        dataSource.setDatabaseName("postgres");
        dataSource.setConnectTimeout(10);
    }

    /** @param name a plain identifier of ours, never a user's */
    void createIfMissing(String name) throws SQLException {
        try (Connection connection = dataSource.getConnection();
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
}
