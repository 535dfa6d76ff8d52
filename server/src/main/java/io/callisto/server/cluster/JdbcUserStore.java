package io.callisto.server.cluster;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** REST users, as the database knows them. */
final class JdbcUserStore {
    private final DataSource dataSource;

    JdbcUserStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Hash of a user's password; empty where there is no such user or the database does not answer. */
    Optional<String> passwordHash(String name) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select password_hash from app_user where name = ?")) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            return Optional.empty();
        }
    }
}
