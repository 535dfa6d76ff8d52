package io.callisto.drills.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database recorded about ownership. Thread-safe. */
public final class JdbcHistoryStore {
    private final JdbcClient jdbc;

    public JdbcHistoryStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** A process of a server that takes part in the cluster, as {@code s1-server}. */
    public record Member(String name, String server, long pid) {}

    /** A scope with a count. */
    public record Count(String scope, long count) {}

    /**
     * What the database has done since it was started.
     *
     * @param transactions committed and rolled back
     */
    public record Work(Instant at, long transactions) {}

    /** The database's clock. */
    public Instant clock() {
        return jdbc.sql("select clock_timestamp() as now")
                .query((row, n) -> instant(row, "now"))
                .single();
    }

    /** Lets every fenced transaction leave a row in {@code ha_effect} from now on. */
    public void recordEffects(boolean on) {
        jdbc.sql("update ha_db set record_effects = :on").param("on", on).update();
    }

    /** The newest effect's order; 0 where there is none. */
    public long lastEffect() {
        return jdbc.sql("select coalesce(max(effect_id), 0) from ha_effect")
                .query(Long.class)
                .single();
    }

    /** Effects after {@code order}. */
    public List<Effect> effectsAfter(long order) {
        return jdbc.sql("""
                        select effect_id, scope, epoch, node, at from ha_effect where effect_id > :after order by 1
                        """)
                .param("after", order)
                .query((row, n) -> new Effect(
                        row.getLong("effect_id"),
                        text(row, "scope"),
                        row.getLong("epoch"),
                        uuid(row, "node"),
                        instant(row, "at")))
                .list();
    }

    /** Changes of ownership since then. */
    public List<Transition> transitionsSince(Instant since) {
        return jdbc.sql("""
                        select scope, epoch, from_owner, to_owner, reason, seen_at, at, ready_at, first_work_at,
                               first_work
                          from ha_transition where at >= :since order by at, epoch
                        """)
                .param("since", Timestamp.from(since))
                .query((row, n) -> new Transition(
                        text(row, "scope"),
                        row.getLong("epoch"),
                        row.getObject("from_owner", UUID.class),
                        uuid(row, "to_owner"),
                        text(row, "reason"),
                        instantOrNull(row, "seen_at"),
                        instant(row, "at"),
                        instantOrNull(row, "ready_at"),
                        instantOrNull(row, "first_work_at"),
                        row.getString("first_work")))
                .list();
    }

    /** Who holds what; only scopes that should have an owner now. */
    public List<Owner> owners() {
        return jdbc.sql("""
                        select l.scope, l.epoch, l.owner, n.server, n.process,
                               l.state <> 'RELEASED' and l.expires_at > clock_timestamp() as held
                          from ha_lease l left join ha_node n on n.node_id = l.owner
                         where l.scope not like 'job/%'
                            or exists (select 1 from job j join job_zone z using (job_id)
                                        where l.scope = 'job/' || j.job_id || '/' || z.zone_id
                                          and j.state = 'RUNNING')
                         order by l.scope
                        """)
                .query((row, n) -> new Owner(
                        text(row, "scope"),
                        row.getLong("epoch"),
                        row.getObject("owner", UUID.class),
                        row.getString("server"),
                        row.getString("process"),
                        row.getBoolean("held")))
                .list();
    }

    /** Processes that take part and were heard within five seconds. */
    public List<Member> members() {
        return jdbc.sql("""
                        select distinct on (server, process) server, process, pid from ha_node
                         where state = 'RUNNING' and died_at is null
                           and heartbeat_at > clock_timestamp() - interval '5 seconds'
                         order by server, process, started_at desc
                        """)
                .query((row, n) -> new Member(
                        text(row, "server") + "-" + text(row, "process"), text(row, "server"), row.getLong("pid")))
                .list();
    }

    /** What former owners tried and were refused since then. */
    public List<Count> refusalsSince(Instant since) {
        return jdbc.sql("""
                        select scope, count(*) as attempts from ha_refusal
                         where at >= :since group by scope order by scope
                        """)
                .param("since", Timestamp.from(since))
                .query((row, n) -> new Count(text(row, "scope"), row.getLong("attempts")))
                .list();
    }

    /** What must be empty at rest. */
    public Standing standing() {
        List<String> ownerless = owners().stream()
                .filter(owner -> !owner.held())
                .map(Owner::scope)
                .toList();
        long overdue = count("""
                select count(*) from attempt where state <> 'COMPLETED'
                   and state_deadline < clock_timestamp() - interval '5 seconds'
                """);
        long stuck = count("""
                select count(*) from job_contact c where c.state = 'IN_ATTEMPT' and not exists
                       (select 1 from attempt a where a.job_id = c.job_id and a.contact_id = c.contact_id
                           and a.state <> 'COMPLETED')
                """);
        return new Standing(ownerless, overdue, stuck);
    }

    /** Contact of each attempt of a job. */
    public Map<UUID, Long> contactsOfAttempts(long job) {
        Map<UUID, Long> contacts = new HashMap<>();
        jdbc.sql("select attempt_id, contact_id from attempt where job_id = :job")
                .param("job", job)
                .query((row, n) -> contacts.put(uuid(row, "attempt_id"), row.getLong("contact_id")))
                .list();
        return contacts;
    }

    /** Contacts of a job that still wait for their first call, by scope. */
    public Map<String, Long> readyByScope(long job) {
        Map<String, Long> ready = new HashMap<>();
        jdbc.sql("""
                        select zone_id, count(*) as ready from job_contact
                         where job_id = :job and state = 'READY' group by zone_id
                        """)
                .param("job", job)
                .query((row, n) -> ready.put("job/" + job + "/" + row.getInt("zone_id"), row.getLong("ready")))
                .list();
        return ready;
    }

    /** Job states by id. */
    public Map<Long, String> jobStates(Set<Long> jobs) {
        Map<Long, String> states = new HashMap<>();
        jdbc.sql("select job_id, state from job")
                .query((row, n) -> states.put(row.getLong("job_id"), text(row, "state")))
                .list();
        states.keySet().retainAll(jobs);
        return states;
    }

    /** Where the rule engine of each node listens and who is master. */
    public List<String> addressesOf(String scope, String endpoint) {
        return jdbc.sql("""
                        select n.endpoints ->> :endpoint as address
                          from ha_lease l join ha_node n on n.node_id = l.owner
                         where l.scope = :scope and l.state <> 'RELEASED' and n.endpoints ->> :endpoint is not null
                        """)
                .param("scope", scope)
                .param("endpoint", endpoint)
                .query(String.class)
                .list();
    }

    /** Which server's message broker says that it is live. */
    public List<String> liveBrokers() {
        return jdbc.sql("""
                        select server from broker_status
                         where state = 'MASTER' and reported_at > clock_timestamp() - interval '5 seconds'
                        """).query(String.class).list();
    }

    /** What this database has done so far. */
    public Work work() {
        return jdbc.sql("""
                        select clock_timestamp() as now, xact_commit + xact_rollback as done
                          from pg_stat_database where datname = current_database()
                        """)
                .query((row, n) -> new Work(instant(row, "now"), row.getLong("done")))
                .single();
    }

    /** Ids of the zones. */
    public Set<String> zones() {
        return new HashSet<>(jdbc.sql("select zone_id::text from zone where state = 'ACTIVE'")
                .query(String.class)
                .list());
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return String.valueOf(row.getString(column));
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return UUID.fromString(text(row, column));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
