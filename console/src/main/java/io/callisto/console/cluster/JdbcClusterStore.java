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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads membership and leases; writes wishes. Thread-safe. */
final class JdbcClusterStore {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    /**
     * Where a transition stands in the list.
     *
     * @param micros its time, in microseconds since 1970
     */
    record TransitionKey(long micros, String scope, long epoch) {}

    /**
     * A transition and its exact time.
     *
     * @param micros as in {@link TransitionKey}
     */
    record TransitionRow(long micros, Transition transition) {}

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
                               started_at, died_at, clock_skew_millis,
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
                row.getObject("clock_skew_millis", Long.class),
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

    /** How long a lease lives: a node that is silent for longer has lost its roles. */
    long leaseMillis() {
        return jdbc.sql("select coalesce(max(ttl_millis), 2500) from ha_lease where state <> 'RELEASED'")
                .query(Long.class)
                .single();
    }

    List<BrokerRow> brokers() {
        return jdbc.sql("""
                        select server, state, since,
                               greatest(0, extract(epoch from clock_timestamp() - reported_at) * 1000)::bigint
                                 as silent_millis
                          from broker_status order by server
                        """)
                .query((row, number) -> new BrokerRow(
                        Columns.text(row, "server"),
                        Columns.text(row, "state"),
                        Columns.instant(row, "since"),
                        row.getLong("silent_millis")))
                .list();
    }

    /** Who owns what; the released roles of zones that are gone are history only. */
    List<RoleEntry> roles() {
        return jdbc.sql("""
                        select l.scope, n.server, l.epoch, t.at, t.reason, t.seen_at, t.ready_at, t.first_work_at,
                               t.first_work, coalesce(w.server, z.allocated_to) as allocated,
                               case when l.state <> 'RELEASED' and l.expires_at <= clock_timestamp() then 'EXPIRED'
                                    else l.state end as state,
                               case when l.state = 'RELEASED' then 0
                                    else greatest(0, l.ttl_millis
                                           - extract(epoch from l.expires_at - clock_timestamp()) * 1000)::bigint
                                             end as age_millis
                        from ha_lease l
                        left join ha_node n on n.node_id = l.owner
                        left join ha_transition t on t.scope = l.scope and t.epoch = l.epoch
                        left join scope_wish w on w.scope = l.scope
                        left join job_zone z on l.scope = 'job/' || z.job_id || '/' || z.zone_id
                          and l.scope like 'job/%'
                        where not (l.state = 'RELEASED' and l.scope ~ '^(director|agent-manager)/[0-9]+$'
                                   and not exists (select from zone
                                                    where zone_id::text = substring(l.scope from '[0-9]+$')))
                        order by l.scope
                        """)
                .query((row, number) -> new RoleEntry(
                        Columns.text(row, "scope"),
                        row.getString("server"),
                        row.getString("allocated"),
                        row.getLong("epoch"),
                        Columns.text(row, "state"),
                        row.getLong("age_millis"),
                        Columns.instantOrNull(row, "at"),
                        row.getString("reason"),
                        Columns.instantOrNull(row, "seen_at"),
                        Columns.instantOrNull(row, "ready_at"),
                        Columns.instantOrNull(row, "first_work_at"),
                        row.getString("first_work")))
                .list();
    }

    /**
     * Changes of hands, newest first.
     *
     * @param before only those before this one; null: from the newest
     * @param scope only those of this scope; null: of all
     */
    List<TransitionRow> transitions(@Nullable TransitionKey before, @Nullable String scope, int limit) {
        return jdbc.sql("""
                        select t.scope, t.epoch, t.reason, t.seen_at, t.at, t.ready_at, t.first_work_at, t.first_work,
                               a.server as from_server, b.server as to_server,
                               (extract(epoch from t.at) * 1000000)::bigint as at_micros,
                               (extract(epoch from t.first_work_at - coalesce(t.seen_at, t.at)) * 1000)::bigint as took
                          from ha_transition t
                          left join ha_node a on a.node_id = t.from_owner
                          left join ha_node b on b.node_id = t.to_owner
                         where (cast(:scope as text) is null or t.scope = :scope)
                           and (cast(:micros as bigint) is null
                                or (t.at, t.scope, t.epoch) < (timestamptz 'epoch'
                                      + cast(:micros as bigint) * interval '1 microsecond', :keyScope, :epoch))
                         order by t.at desc, t.scope desc, t.epoch desc
                         limit :limit
                        """)
                .param("scope", scope)
                .param("micros", before == null ? null : before.micros())
                .param("keyScope", before == null ? "" : before.scope())
                .param("epoch", before == null ? 0 : before.epoch())
                .param("limit", limit + 1)
                .query((row, number) -> new TransitionRow(
                        row.getLong("at_micros"),
                        new Transition(
                                Columns.text(row, "scope"),
                                row.getLong("epoch"),
                                row.getString("from_server"),
                                row.getString("to_server"),
                                Columns.text(row, "reason"),
                                Columns.instantOrNull(row, "seen_at"),
                                Columns.instant(row, "at"),
                                Columns.instantOrNull(row, "ready_at"),
                                Columns.instantOrNull(row, "first_work_at"),
                                row.getString("first_work"),
                                row.getObject("took", Long.class))))
                .list();
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
