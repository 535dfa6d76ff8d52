package io.callisto.ha;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** LISTEN on one connection. Used by one thread. */
final class JdbcNotificationStore implements AutoCloseable {
    private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z0-9_]{0,60}");

    private final SingleConnectionDataSource source;
    private final PGConnection connection;
    private final JdbcClient jdbc;

    /**
     * A message.
     *
     * @param payload may be empty
     */
    record Notification(String channel, String payload) {}

    JdbcNotificationStore(Connection connection) throws SQLException {
        this.source = new SingleConnectionDataSource(connection, true);
        this.connection = connection.unwrap(PGConnection.class);
        this.jdbc = JdbcClient.create(source);
    }

    /** Whether {@link #listen} takes it; a channel cannot be a parameter of LISTEN. */
    static boolean isChannel(String channel) {
        return CHANNEL.matcher(channel).matches();
    }

    void listen(String channel) {
        if (!isChannel(channel)) {
            throw new IllegalArgumentException("not a channel: " + channel);
        }
        jdbc.sql("listen " + channel).update();
    }

    /** Waits for messages without asking the database. */
    List<Notification> await(Duration limit) throws SQLException {
        PGNotification[] messages = connection.getNotifications((int) limit.toMillis());
        return messages == null
                ? List.of()
                : List.of(messages).stream()
                        .map(m -> new Notification(m.getName(), m.getParameter()))
                        .toList();
    }

    /** Throws where the connection is broken: a cut network is silent. */
    void ping() {
        jdbc.sql("select 1").query(Integer.class).single();
    }

    @Override
    public void close() {
        source.destroy();
    }
}
