package io.callisto.server.supervisor;

import io.callisto.server.process.PostgresAccess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Death certificates and wishes, over one connection that is kept and renewed when it breaks. Used by one thread. */
final class JdbcSupervisionStore implements AutoCloseable {
    private static final String CERTIFY = """
            with dead as (
              update ha_node set state = 'DEAD', died_at = clock_timestamp(), certified_by = ?
              where server = ? and process = ? and pid = ? and state <> 'DEAD'
              returning node_id)
            select pg_notify('callisto_lease', l.scope)
            from ha_lease l join dead on l.owner = dead.node_id
            where l.state <> 'RELEASED'""";

    private final DataSource dataSource;
    private final String server;
    private @Nullable Connection connection;

    JdbcSupervisionStore(SupervisorPlan plan) {
        this.server = plan.server();
        this.dataSource = PostgresAccess.of(
                plan.databaseUrl(), plan.databaseUser(), plan.databasePassword(), "supervisor-" + server, 5);
    }

    /** Frees the leases of a process that has ended, and wakes those who may claim them. */
    void certify(String service, long pid) throws SQLException {
        try (PreparedStatement statement = connection().prepareStatement(CERTIFY)) {
            statement.setString(1, "supervisor/" + server);
            statement.setString(2, server);
            statement.setString(3, service);
            statement.setLong(4, pid);
            statement.execute();
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    /** Services of this server that an administrator wants stopped. */
    Set<String> stopped() throws SQLException {
        try (PreparedStatement statement =
                connection().prepareStatement("select service from service_wish where server = ? and wish = 'STOP'")) {
            statement.setString(1, server);
            Set<String> services = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    services.add(rows.getString(1));
                }
            }
            return services;
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    /** Whether the database has told of a wish since last asked. Does not ask it, so costs nothing. */
    boolean told() {
        Connection open = connection;
        if (open == null) {
            return false;
        }
        try {
            PGNotification[] messages = open.unwrap(PGConnection.class).getNotifications();
            return messages != null && messages.length > 0;
        } catch (SQLException e) {
            close();
            return true;
        }
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null || open.isClosed()) {
            open = dataSource.getConnection();
            connection = open;
            try (Statement statement = open.createStatement()) {
                statement.execute("listen callisto_wish");
            }
            // Nobody's death: the first real one must not wait for classes to load and a plan to be made.
            certify("", 0);
        }
        return open;
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // It was broken: that is why it is closed.
                connection = null;
            }
        }
    }
}
