package io.callisto.server.app;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What the administrator wants of this server's services. One connection, one thread. */
final class JdbcWishStore {
    private final SingleConnectionDataSource source;
    private final JdbcClient jdbc;
    private final String server;
    private @Nullable PGConnection listening;

    JdbcWishStore(SingleConnectionDataSource source, String server) {
        this.source = source;
        this.jdbc = JdbcClient.create(source);
        this.server = server;
    }

    /** Services that shall not run. */
    Set<String> stopped() {
        return new HashSet<>(jdbc.sql("select service from service_wish where server = :server and wish = 'STOP'")
                .param("server", server)
                .query(String.class)
                .list());
    }

    /** Waits until somebody may have changed a wish, at most so long. */
    void awaitChange(Duration limit) {
        try {
            PGConnection now = source.getConnection().unwrap(PGConnection.class);
            if (now != listening) {
                jdbc.sql("listen callisto_wish").update();
                // What was told before this nobody has heard: so there may be a change.
                listening = now;
            } else {
                now.getNotifications((int) limit.toMillis());
            }
        } catch (SQLException broken) {
            throw new DataAccessResourceFailureException("cannot wait for wishes", broken);
        }
    }

    /** After a failure: the next use connects anew. */
    void reset() {
        listening = null;
        source.resetConnection();
    }
}
