package io.callisto.server.kafkaha;

import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which organisations have topics. Thread-safe. */
public final class JdbcTenantStore {
    private final JdbcClient jdbc;

    public JdbcTenantStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Their ids. */
    public Set<Integer> organisations() {
        return new TreeSet<>(jdbc.sql("select organisation_id from organisation")
                .query(Integer.class)
                .list());
    }
}
