package io.callisto.cache;

import io.callisto.ha.Scope;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the generation of the cache, which is the epoch of its scope. */
final class JdbcGenerationStore {
    private final JdbcClient jdbc;

    JdbcGenerationStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Empty where nobody has owned the cache yet. */
    OptionalLong generation() {
        List<Long> epochs = jdbc.sql("select epoch from ha_fence where scope = :scope")
                .param("scope", Scope.cache().value())
                .query(Long.class)
                .list();
        return epochs.isEmpty() ? OptionalLong.empty() : OptionalLong.of(epochs.get(0));
    }
}
