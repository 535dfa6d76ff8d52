package io.callisto.manager.dialing;

import io.callisto.ha.Scope;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads {@code ha_fence}, for whoever must refuse a lower epoch from its start on. Thread-safe. */
final class JdbcFenceStore {
    private final JdbcClient jdbc;

    JdbcFenceStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** The current epoch of the scope; 0 where nobody has owned it yet. */
    long epoch(Scope scope) {
        return jdbc.sql("select epoch from ha_fence where scope = :scope")
                .param("scope", scope.value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }
}
