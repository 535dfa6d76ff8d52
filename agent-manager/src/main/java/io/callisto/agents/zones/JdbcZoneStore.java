package io.callisto.agents.zones;

import io.callisto.domain.ZoneId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code zone}. Thread-safe. */
final class JdbcZoneStore {
    private final JdbcClient jdbc;

    JdbcZoneStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All zones that are not being deleted. */
    List<ZoneId> zones() {
        return jdbc.sql("select zone_id from zone where state = 'ACTIVE' order by zone_id")
                .query((row, number) -> new ZoneId(row.getInt("zone_id")))
                .list();
    }
}
