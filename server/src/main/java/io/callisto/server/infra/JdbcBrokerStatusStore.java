package io.callisto.server.infra;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Table {@code broker_status}: what a broker says of itself. Thread-safe. */
final class JdbcBrokerStatusStore {
    /** As it stands in the table. */
    enum State {
        MASTER,
        DORMANT,
        STOPPED
    }

    /** The pool's own schema is the broker's; the table is among the product's. */
    private static final String REPORT = """
            insert into public.broker_status as b (server, state) values (?, ?)
            on conflict (server) do update
               set state = excluded.state, reported_at = clock_timestamp(),
                   since = case when b.state = excluded.state then b.since else clock_timestamp() end
            """;

    private final DataSource dataSource;

    JdbcBrokerStatusStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void report(String server, State state) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(REPORT)) {
            connection.setAutoCommit(true);
            statement.setString(1, server);
            statement.setString(2, state.name());
            statement.executeUpdate();
        }
    }
}
