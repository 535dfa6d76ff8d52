package io.callisto.director.zones;

import io.callisto.domain.ZoneId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Removes zones. Thread-safe. */
final class JdbcZoneRemovalStore {
    // A lease without a live owner is let alone for its own time once more: an owner that was only slow may be there.
    private static final String REMOVABLE = """
            select z.zone_id from zone z
             where z.state = 'DELETING'
               and not exists (select from ha_lease l
                                where l.scope in ('director/' || z.zone_id, 'agent-manager/' || z.zone_id)
                                  and l.state <> 'RELEASED'
                                  and l.expires_at + l.ttl_millis * interval '1 millisecond' > clock_timestamp())
               and not exists (select from contact_list c where c.zone_id = z.zone_id)
               and not exists (select from job_zone j where j.zone_id = z.zone_id)
             order by z.zone_id
               for update of z
            """;
    private static final String SCOPES = "('director/' || :zone, 'agent-manager/' || :zone)";
    private static final String FORGET_WISHES = "delete from scope_wish where scope in " + SCOPES;
    private static final String REFUSE_ORDERS = """
            update command set state = 'REFUSED', result = '{"refused": "the zone is deleted"}',
                   applied_at = clock_timestamp(), applied_epoch = :epoch
             where state = 'PENDING' and scope in
            """ + SCOPES;

    /** Zones that are being deleted and that nobody owns or uses; locked. */
    List<ZoneId> removable(JdbcClient jdbc) {
        return jdbc.sql(REMOVABLE)
                .query((row, number) -> new ZoneId(row.getInt("zone_id")))
                .list();
    }

    /** Removes a zone with its wishes, and refuses the orders that wait for its owners. */
    void remove(JdbcClient jdbc, ZoneId zone, long epoch) {
        jdbc.sql(FORGET_WISHES).param("zone", zone.value()).update();
        jdbc.sql(REFUSE_ORDERS)
                .param("zone", zone.value())
                .param("epoch", epoch)
                .update();
        jdbc.sql("delete from zone where zone_id = :zone and state = 'DELETING'")
                .param("zone", zone.value())
                .update();
    }
}
