package io.callisto.server.app;

import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the administrator wants of this server's services. */
final class JdbcWishStore {
    private final JdbcClient jdbc;
    private final String server;

    JdbcWishStore(DataSource dataSource, String server) {
        this.jdbc = JdbcClient.create(dataSource);
        this.server = server;
    }

    /** Services that shall not run. */
    Set<String> stopped() {
        return new HashSet<>(jdbc.sql("select service from service_wish where server = :server and wish = 'STOP'")
                .param("server", server)
                .query(String.class)
                .list());
    }
}
