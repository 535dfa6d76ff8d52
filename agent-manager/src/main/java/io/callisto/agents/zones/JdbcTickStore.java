package io.callisto.agents.zones;

import io.callisto.domain.ZoneId;
import io.callisto.ha.Lease;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code zone_tick}. Thread-safe. */
final class JdbcTickStore {
    private static final String TICK = """
            insert into zone_tick as t (zone_id, epoch, ticks)
            select zone_id, :epoch, 1 from zone where zone_id = :zone
            on conflict (zone_id) do update
               set epoch = excluded.epoch, ticks = t.ticks + 1, at = clock_timestamp()
            returning exists (select 1 from command where scope = :scope and state = 'PENDING')
            """;

    /**
     * Ticks, in a fenced transaction.
     *
     * @return whether orders wait for the scope; empty where the zone is gone
     */
    Optional<Boolean> tick(JdbcClient jdbc, Lease lease, ZoneId zone) {
        return jdbc.sql(TICK)
                .param("epoch", lease.epoch())
                .param("zone", zone.value())
                .param("scope", lease.scope().value())
                .query(Boolean.class)
                .optional();
    }
}
