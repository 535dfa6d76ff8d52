package io.callisto.console.zones;

import io.callisto.console.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables {@code zone} and {@code scope_wish}. Thread-safe. */
final class JdbcZoneStore {
    private static final String ZONES = """
            select z.zone_id, z.name, z.state, z.created_at, role.kind, w.server as allocated, f.epoch,
                   case when held.yes then n.server end as current,
                   case when held.yes then coalesce(t.at, f.changed_at) end as since
              from zone z
              cross join (values ('director'), ('agent-manager')) as role (kind)
              left join scope_wish w on w.scope = role.kind || '/' || z.zone_id
              left join ha_fence f on f.scope = role.kind || '/' || z.zone_id
              left join ha_lease l on l.scope = f.scope
              left join ha_node n on n.node_id = l.owner
              left join ha_transition t on t.scope = f.scope and t.epoch = f.epoch
              cross join lateral (select l.state <> 'RELEASED' and l.expires_at > clock_timestamp()
                                         and n.state <> 'DEAD' as yes) held
             where cast(:zone as integer) is null or z.zone_id = :zone
             order by z.zone_id, role.kind desc
            """;
    private static final String USES = """
            select (select count(*) from contact_list where zone_id = :zone) as lists,
                   (select count(*) from job_zone z join job j using (job_id)
                     where z.zone_id = :zone and j.state not in ('STOPPED', 'COMPLETED', 'FAILED')) as open_jobs,
                   (select count(*) from job_zone z join job j using (job_id)
                     where z.zone_id = :zone and j.state in ('STOPPED', 'COMPLETED', 'FAILED')) as ended_jobs
            """;
    private static final String RUNS = """
            select exists (
              select from ha_node
               where server = :server and state = 'RUNNING' and :service = any (services)
                 and heartbeat_at > clock_timestamp()
                       - coalesce((select max(ttl_millis) from ha_lease where state <> 'RELEASED'), 2500)
                         * interval '1 millisecond')
            """;
    private static final String ALLOCATE = """
            insert into scope_wish (scope, server, changed_by) values (:scope, :server, :by)
            on conflict (scope) do update set server = excluded.server, changed_at = clock_timestamp(),
              changed_by = excluded.changed_by
            where scope_wish.server <> excluded.server
            """;

    private final JdbcClient jdbc;

    JdbcZoneStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What keeps a zone from being deleted.
     *
     * @param lists contact lists of the zone
     * @param openJobs jobs that work in it
     * @param endedJobs jobs that have worked in it; their history belongs to it
     */
    record Uses(long lists, long openJobs, long endedJobs) {
        boolean none() {
            return lists == 0 && openJobs == 0 && endedJobs == 0;
        }

        String text() {
            return lists + " contact lists, " + openJobs + " open jobs, " + endedJobs + " jobs that have ended";
        }
    }

    List<Zone> zones() {
        return zones(null);
    }

    Optional<Zone> find(int zoneId) {
        return zones(zoneId).stream().findFirst();
    }

    private List<Zone> zones(@Nullable Integer zoneId) {
        Map<Integer, Zone> zones = new LinkedHashMap<>();
        jdbc.sql(ZONES)
                .param("zone", zoneId)
                .query((row, number) -> zones.merge(row.getInt("zone_id"), zone(row), JdbcZoneStore::join))
                .list();
        return new ArrayList<>(zones.values());
    }

    private static Zone zone(ResultSet row) throws SQLException {
        long epoch = row.getLong("epoch");
        ZoneRole role = new ZoneRole(
                row.getString("allocated"),
                row.getString("current"),
                Columns.instantOrNull(row, "since"),
                epoch == 0 ? null : epoch);
        boolean director = Columns.text(row, "kind").equals("director");
        return new Zone(
                row.getInt("zone_id"),
                Columns.text(row, "name"),
                Columns.text(row, "state"),
                Columns.instant(row, "created_at"),
                director ? role : null,
                director ? null : role);
    }

    private static Zone join(Zone one, Zone other) {
        return new Zone(
                one.zoneId(),
                one.name(),
                one.state(),
                one.createdAt(),
                one.director() == null ? other.director() : one.director(),
                one.agentManager() == null ? other.agentManager() : one.agentManager());
    }

    /** Makes a zone and wakes those who stand for its roles. */
    int insert(String name) {
        int id = jdbc.sql("insert into zone (name) values (:name) returning zone_id")
                .param("name", name)
                .query(Integer.class)
                .single();
        wake(id);
        return id;
    }

    /** Locks a zone against lists that are being made in it and against other changes of it. */
    boolean lock(int zoneId) {
        return jdbc.sql("select 1 from zone where zone_id = :zone for no key update")
                .param("zone", zoneId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    void rename(int zoneId, String name) {
        jdbc.sql("update zone set name = :name where zone_id = :zone")
                .param("name", name)
                .param("zone", zoneId)
                .update();
    }

    Uses uses(int zoneId) {
        return jdbc.sql(USES)
                .param("zone", zoneId)
                .query((row, number) ->
                        new Uses(row.getLong("lists"), row.getLong("open_jobs"), row.getLong("ended_jobs")))
                .single();
    }

    /** Its owners let go when they hear of it; the common director then removes the row. */
    void delete(int zoneId) {
        jdbc.sql("update zone set state = 'DELETING' where zone_id = :zone")
                .param("zone", zoneId)
                .update();
        wake(zoneId);
    }

    boolean serverExists(String server) {
        return jdbc.sql("select exists (select from server where name = :server)"
                        + " or exists (select from ha_node where server = :server)")
                .param("server", server)
                .query(Boolean.class)
                .single();
    }

    /** Whether an administrator has stopped a service of a server. */
    boolean stopped(String server, String service) {
        return jdbc.sql("select exists (select from service_wish"
                        + " where server = :server and service = :service and wish = 'STOP')")
                .param("server", server)
                .param("service", service)
                .query(Boolean.class)
                .single();
    }

    /** Whether a service runs on a server now. */
    boolean runs(String server, String service) {
        return jdbc.sql(RUNS)
                .param("server", server)
                .param("service", service)
                .query(Boolean.class)
                .single();
    }

    /** Notes where a scope is wanted; null: wherever. */
    void allocate(String scope, @Nullable String server, String by) {
        if (server == null) {
            jdbc.sql("delete from scope_wish where scope = :scope")
                    .param("scope", scope)
                    .update();
            return;
        }
        // A server that never registered by name but runs: the wish refers to its row.
        jdbc.sql("insert into server (name) values (:server) on conflict do nothing")
                .param("server", server)
                .update();
        jdbc.sql(ALLOCATE)
                .param("scope", scope)
                .param("server", server)
                .param("by", by)
                .update();
    }

    private void wake(int zoneId) {
        jdbc.sql("select pg_notify('callisto_zone', :zone)")
                .param("zone", Integer.toString(zoneId))
                .query((row, number) -> "")
                .list();
    }
}
