package io.callisto.console.cluster;

import io.callisto.console.sql.Columns;
import io.callisto.domain.InvariantBroken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads membership and leases; writes zones and wishes. Thread-safe. */
final class JdbcClusterStore {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcClusterStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The newest incarnation of each process of each server. */
    List<NodeRow> nodes() {
        Map<UUID, Map<String, Instant>> roles = new HashMap<>();
        jdbc.sql("""
                        select l.owner, l.scope, coalesce(t.at, f.changed_at) as since
                        from ha_lease l
                        join ha_fence f using (scope)
                        left join ha_transition t on t.scope = l.scope and t.epoch = l.epoch
                        where l.owner is not null and l.state <> 'RELEASED' and l.expires_at > clock_timestamp()
                        """)
                .query((row, number) -> {
                    roles.computeIfAbsent(uuid(row, "owner"), owner -> new HashMap<>())
                            .put(Columns.text(row, "scope"), Columns.instant(row, "since"));
                    return "";
                })
                .list();
        return jdbc.sql("""
                        select distinct on (server, process) node_id, server, process, pid, endpoints, services, state,
                               started_at, died_at,
                               greatest(0, extract(epoch from clock_timestamp() - heartbeat_at) * 1000)::bigint as
                                 silent_millis
                        from ha_node order by server, process, started_at desc
                        """).query((row, number) -> node(row, roles)).list();
    }

    private NodeRow node(ResultSet row, Map<UUID, Map<String, Instant>> roles) throws SQLException {
        UUID id = uuid(row, "node_id");
        return new NodeRow(
                id,
                Columns.text(row, "server"),
                Columns.text(row, "process"),
                row.getLong("pid"),
                Columns.text(row, "state"),
                Arrays.asList((String[]) row.getArray("services").getArray()),
                json.readValue(Columns.text(row, "endpoints"), TEXTS),
                Columns.instant(row, "started_at"),
                Columns.instantOrNull(row, "died_at"),
                row.getLong("silent_millis"),
                roles.getOrDefault(id, Map.of()));
    }

    List<String> serverNames() {
        return jdbc.sql("select name from server union select server from ha_node order by 1")
                .query(String.class)
                .list();
    }

    List<ServiceWish> wishes() {
        return jdbc.sql("select * from service_wish order by server, service")
                .query(JdbcClusterStore::wish)
                .list();
    }

    /** Notes a wish; the server's supervisor is woken when the transaction commits, and looks by itself too. */
    ServiceWish putWish(String server, String service, Wish wish, String changedBy) {
        ServiceWish stored = jdbc.sql("""
                        insert into service_wish (server, service, wish, changed_by)
                        values (:server, :service, :wish, :by)
                        on conflict (server, service) do update set wish = excluded.wish,
                          changed_at = clock_timestamp(), changed_by = excluded.changed_by
                        returning server, service, wish, changed_at, changed_by
                        """)
                .param("server", server)
                .param("service", service)
                .param("wish", wish.name())
                .param("by", changedBy)
                .query(JdbcClusterStore::wish)
                .single();
        jdbc.sql("select pg_notify('callisto_wish', :place)")
                .param("place", server + "/" + service)
                .query((row, number) -> "")
                .list();
        return stored;
    }

    List<RoleEntry> roles() {
        return jdbc.sql("""
                        select l.scope, n.server, l.epoch, t.at, t.reason,
                               case when l.state <> 'RELEASED' and l.expires_at <= clock_timestamp() then 'EXPIRED'
                                    else l.state end as state,
                               case when l.state = 'RELEASED' then 0
                                    else greatest(0, l.ttl_millis
                                           - extract(epoch from l.expires_at - clock_timestamp()) * 1000)::bigint
                                             end as age_millis
                        from ha_lease l
                        left join ha_node n on n.node_id = l.owner
                        left join ha_transition t on t.scope = l.scope and t.epoch = l.epoch
                        order by l.scope
                        """)
                .query((row, number) -> new RoleEntry(
                        Columns.text(row, "scope"),
                        row.getString("server"),
                        row.getLong("epoch"),
                        Columns.text(row, "state"),
                        row.getLong("age_millis"),
                        Columns.instantOrNull(row, "at"),
                        row.getString("reason")))
                .list();
    }

    Zone insertZone(String name) {
        return jdbc.sql("insert into zone (name) values (:name) returning zone_id, name, created_at")
                .param("name", name)
                .query(JdbcClusterStore::zone)
                .single();
    }

    List<Zone> zones() {
        return jdbc.sql("select zone_id, name, created_at from zone order by zone_id")
                .query(JdbcClusterStore::zone)
                .list();
    }

    private static Zone zone(ResultSet row, int number) throws SQLException {
        return new Zone(row.getInt("zone_id"), Columns.text(row, "name"), Columns.instant(row, "created_at"));
    }

    private static ServiceWish wish(ResultSet row, int number) throws SQLException {
        return new ServiceWish(
                Columns.text(row, "server"),
                Columns.text(row, "service"),
                Wish.valueOf(Columns.text(row, "wish")),
                Columns.instant(row, "changed_at"),
                Columns.text(row, "changed_by"));
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        UUID value = row.getObject(column, UUID.class);
        if (value == null) {
            throw new InvariantBroken("INV-SCHEMA", "column " + column + " is null");
        }
        return value;
    }
}
