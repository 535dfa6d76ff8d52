package io.callisto.director.imports;

import io.callisto.domain.ZoneId;
import io.callisto.ha.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Zones and what there is to do in them. Thread-safe. */
final class JdbcZoneStore {
    private static final String LOOK = """
            select exists (select 1 from command where scope = :scope and state = 'PENDING') as orders,
                   exists (select 1 from contact_import i join contact_list l using (contact_list_id)
                            where i.state in ('QUEUED', 'RUNNING') and l.zone_id = :zone) as imports,
                   exists (select 1 from job_zone z join job j using (job_id)
                            where z.zone_id = :zone and j.state = 'RUNNING'
                              and j.state not in ('STOPPED', 'COMPLETED', 'FAILED')) as dialing
            """;
    private static final String SERVES = """
            select exists (
              select from ha_node n
               where n.server = :server and n.state = 'RUNNING' and 'campaign-director' = any (n.services)
                 and n.heartbeat_at > clock_timestamp()
                       - (select ttl_millis from ha_lease where scope = :scope) * interval '1 millisecond'
                 and not exists (select from service_wish w
                                  where w.server = n.server and w.service = 'campaign-director' and w.wish = 'STOP'))
            """;

    /**
     * What there is to do in a zone, seen in one statement.
     *
     * @param orders whether any order to the zone's director waits
     * @param imports whether any import of the zone is open
     * @param dialing whether a job runs in the zone
     */
    record Look(boolean orders, boolean imports, boolean dialing) {}

    /** All zones that are not being deleted. */
    List<ZoneId> zones(JdbcClient jdbc) {
        return jdbc.sql("select zone_id from zone where state = 'ACTIVE' order by zone_id")
                .query((row, number) -> new ZoneId(row.getInt("zone_id")))
                .list();
    }

    Look look(JdbcClient jdbc, ZoneId zone) {
        return jdbc.sql(LOOK)
                .param("scope", Scope.director(zone).value())
                .param("zone", zone.value())
                .query((row, number) ->
                        new Look(row.getBoolean("orders"), row.getBoolean("imports"), row.getBoolean("dialing")))
                .single();
    }

    /** Where the administrator wants the zone's director to be, if he said. */
    @Nullable
    String allocated(JdbcClient jdbc, ZoneId zone) {
        return jdbc.sql("select server from scope_wish where scope = :scope")
                .param("scope", Scope.director(zone).value())
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** Whether a campaign director that could take the zone runs on a server. */
    boolean serves(JdbcClient jdbc, ZoneId zone, String server) {
        return jdbc.sql(SERVES)
                .param("server", server)
                .param("scope", Scope.director(zone).value())
                .query(Boolean.class)
                .single();
    }
}
