package io.callisto.events.topics;

import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which organisations there are. Thread-safe. */
final class JdbcOrganisationStore {
    private final JdbcClient jdbc;

    JdbcOrganisationStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    Set<Integer> organisations() {
        return new HashSet<>(jdbc.sql("select organisation_id from organisation")
                .query(Integer.class)
                .list());
    }

    /** Organisations, existing or not, with events that are not published yet. */
    Set<Integer> waiting() {
        return new HashSet<>(jdbc.sql("select distinct organisation_id from event_outbox")
                .query(Integer.class)
                .list());
    }
}
