package io.callisto.ha;

import io.callisto.ha.BlockerRunner.Waiter;
import io.callisto.ha.RenewalDecision.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** {@code ha_lease}, {@code ha_fence} and {@code ha_transition} over the one lease connection. Used by one thread. */
final class JdbcLeaseStore implements LeaseStore {
    private static final Logger log = LoggerFactory.getLogger(JdbcLeaseStore.class);

    /** SQLSTATE of a lock that was not granted in time, and of a deadlock. */
    private static final Set<String> BLOCKED = Set.of("55P03", "40P01");

    /**
     * One statement, so that one answer confirms everything. "skip locked" everywhere: a renewal never waits. The rows
     * of the answer are those that were locked by us, so they are the newest.
     */
    private static final String RENEW = """
        with held as (
          select * from unnest(:scopes::text[], :epochs::bigint[]) as h (scope, epoch)
        ), seen as (
          select scope, epoch, owner from ha_lease where scope = any (:scopes::text[]) for update skip locked
        ), renewed as (
          update ha_lease l set expires_at = clock_timestamp() + l.ttl_millis * interval '1 millisecond'
          from held h join seen s using (scope)
          where l.scope = h.scope and l.epoch = h.epoch and l.owner = :node and l.state <> 'RELEASED'
          returning l.scope
        ), node as (
          select node_id, state from ha_node where node_id = :node for no key update skip locked
        ), beat as (
          update ha_node n set heartbeat_at = clock_timestamp()
          from node where n.node_id = node.node_id and node.state <> 'DEAD'
        )
        select d.timeline, (select state from node) as node_state,
               s.scope, s.epoch, s.owner, r.scope is not null as renewed
        from ha_db d left join seen s on true left join renewed r on r.scope = s.scope\
        """;

    /** A lease is free from when it expires, was released, or its owner died, whichever comes first. */
    private static final String LOOK = """
        select l.scope, l.epoch, l.owner, l.state = 'RELEASED' as released,
               coalesce(n.state = 'DEAD', false) as owner_dead, w.server as preferred,
               ceil(extract(epoch from least(l.expires_at,
                   case when l.state = 'RELEASED' then clock_timestamp() end,
                   case when n.state = 'DEAD' then coalesce(n.died_at, n.heartbeat_at) end
                 ) - clock_timestamp()) * 1000)::bigint as remaining_millis,
               greatest(0, ceil(extract(epoch from l.hold_until - clock_timestamp()) * 1000))::bigint as hold_millis
        from ha_lease l left join ha_node n on n.node_id = l.owner left join scope_wish w on w.scope = l.scope
        where l.scope = any (:scopes::text[])\
        """;

    /**
     * A scope that has moved so often in so short a time stays unclaimed for a while after its next owner has gone, so
     * that what makes its owners fail does not run through all servers over and over.
     */
    private static final int FLAPPING_MOVES = 8;

    private static final long FLAPPING_MILLIS = 30_000;
    private static final long HOLD_MILLIS = 2_000;

    private static final String TAKE = """
        with fence as (
          update ha_fence set epoch = :epoch, owner = :node, changed_at = clock_timestamp() where scope = :scope
        ), history as (
          insert into ha_transition (scope, epoch, from_owner, to_owner, reason)
          select scope, :epoch, owner, :node, :reason from ha_lease where scope = :scope
        )
        update ha_lease set epoch = :epoch, owner = :node, state = 'HELD', ttl_millis = :ttl,
          expires_at = clock_timestamp() + :ttl * interval '1 millisecond',
          hold_until = case when (
              select at from ha_transition where scope = :scope order by epoch desc offset :moves - 1 limit 1
            ) > clock_timestamp() - :within * interval '1 millisecond'
            then clock_timestamp() + :hold * interval '1 millisecond' end
        where scope = :scope\
        """;

    /**
     * The highest epoch that was ever given out counts, whatever the fence row says: it may have been edited, or lost.
     */
    private static final String HIGHEST =
            "select coalesce(max(epoch), 0) from ha_transition where scope = :scope and epoch > :epoch";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final BlockerRunner blockers;
    private final JdbcLandscapeStore landscapes;

    JdbcLeaseStore(JdbcClient jdbc, DataSource connection, BlockerRunner blockers, TimingProfile timing) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(connection));
        this.blockers = blockers;
        this.landscapes = new JdbcLandscapeStore(jdbc, timing.silent().toMillis());
    }

    @Override
    public Renewal renew(NodeId me, Map<Scope, Long> epochs) {
        List<Map.Entry<Scope, Long>> held = List.copyOf(epochs.entrySet());
        Map<Scope, Row> rows = new HashMap<>();
        Renewal[] node = new Renewal[1];
        jdbc.sql(RENEW)
                .param("scopes", names(held.stream().map(Map.Entry::getKey).toList()))
                .param("epochs", held.stream().mapToLong(Map.Entry::getValue).toArray())
                .param("node", me.value())
                .query(row -> {
                    node[0] = new Renewal(rows, row.getInt("timeline"), row.getString("node_state"));
                    String scope = row.getString("scope");
                    if (scope != null) {
                        rows.put(
                                new Scope(scope),
                                new Row(row.getLong("epoch"), node(row, "owner"), row.getBoolean("renewed")));
                    }
                });
        return node[0];
    }

    @Override
    public Map<Scope, LeaseView> look(Collection<Scope> scopes) {
        Map<Scope, LeaseView> views = new HashMap<>();
        jdbc.sql(LOOK).param("scopes", names(scopes)).query(row -> {
            views.put(new Scope(row.getString("scope")), view(row));
        });
        return views;
    }

    @Override
    public Claim claim(Scope scope, Candidate me, Duration ttl, boolean endBlockers) {
        try {
            return transaction.execute(status -> {
                Claim claim = claimLocked(scope, me, ttl, endBlockers);
                if (claim.outcome() != Outcome.CLAIMED) {
                    status.setRollbackOnly();
                }
                return claim;
            });
        } catch (DataAccessException e) {
            if (NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException sql
                    && BLOCKED.contains(sql.getSQLState())) {
                return new Claim(Outcome.BLOCKED, 0, null);
            }
            throw e;
        } finally {
            blockers.disarm();
        }
    }

    @Override
    public Landscape landscape(Collection<Scope> free) {
        return landscapes.landscape(free);
    }

    @Override
    public List<WishedServer> wishedServers(Collection<Scope> scopes) {
        return landscapes.wishedServers(scopes);
    }

    @Override
    public void release(NodeId me, Scope scope, long epoch) {
        release(me, Map.of(scope, epoch));
    }

    @Override
    public void release(NodeId me, Map<Scope, Long> epochs) {
        List<Map.Entry<Scope, Long>> given = List.copyOf(epochs.entrySet());
        jdbc.sql("""
            update ha_lease l set state = 'RELEASED', expires_at = clock_timestamp()
            from unnest(:scopes::text[], :epochs::bigint[]) as g (scope, epoch)
            where l.scope = g.scope and l.epoch = g.epoch and l.owner = :node and l.state <> 'RELEASED'\
            """)
                .param("scopes", names(given.stream().map(Map.Entry::getKey).toList()))
                .param("epochs", given.stream().mapToLong(Map.Entry::getValue).toArray())
                .param("node", me.value())
                .update();
    }

    private Claim claimLocked(Scope scope, Candidate me, Duration ttl, boolean endBlockers) {
        if (endBlockers) {
            blockers.arm(jdbc.sql("select pg_backend_pid() as pid, now()::text as since")
                    .query((row, index) -> new Waiter(row.getInt("pid"), row.getString("since")))
                    .single());
        }
        // The fence row first: once it is ours, no transaction of an older epoch is open (INV-1).
        int timeline =
                jdbc.sql("select timeline from ha_db").query(Integer.class).single();
        long fence = lockFence(scope, timeline);
        LeaseView view = lockLease(scope, fence);
        ClaimDecision decision = ClaimDecision.decide(view, me);
        ClaimReason reason = decision.reason();
        if (reason == null) {
            return new Claim(Outcome.REFUSED, 0, decision);
        }
        long epoch = Epochs.next(timeline, Math.max(fence, highest(scope, fence)));
        jdbc.sql(TAKE)
                .param("scope", scope.value())
                .param("epoch", epoch)
                .param("node", me.node().value())
                .param("reason", reason.name())
                .param("ttl", (int) ttl.toMillis())
                .param("moves", FLAPPING_MOVES)
                .param("within", FLAPPING_MILLIS)
                .param("hold", HOLD_MILLIS)
                .update();
        jdbc.sql("select pg_notify('callisto_lease', :scope)")
                .param("scope", scope.value())
                .query((row, index) -> true)
                .single();
        return new Claim(Outcome.CLAIMED, epoch, decision);
    }

    private long highest(Scope scope, long fence) {
        long highest = jdbc.sql(HIGHEST)
                .param("scope", scope.value())
                .param("epoch", fence)
                .query(Long.class)
                .single();
        if (highest > 0) {
            log.atError()
                    .addKeyValue("scope", scope)
                    .addKeyValue("fence", fence)
                    .addKeyValue("highestEpoch", highest)
                    .log("the fence row is behind its history: it was edited or lost; going on above the history");
        }
        return highest;
    }

    private long lockFence(Scope scope, int timeline) {
        String lock = "select epoch from ha_fence where scope = :scope for no key update";
        return jdbc.sql(lock)
                .param("scope", scope.value())
                .query(Long.class)
                .optional()
                .orElseGet(() -> {
                    insertFree(scope, timeline);
                    return jdbc.sql(lock)
                            .param("scope", scope.value())
                            .query(Long.class)
                            .single();
                });
    }

    private void insertFree(Scope scope, int timeline) {
        jdbc.sql("insert into ha_fence (scope, epoch) values (:scope, :epoch) on conflict do nothing")
                .param("scope", scope.value())
                .param("epoch", Epochs.base(timeline))
                .update();
    }

    private LeaseView lockLease(Scope scope, long fence) {
        int made = jdbc.sql("""
            insert into ha_lease (scope, epoch, state, ttl_millis, expires_at)
            select scope, epoch, 'RELEASED', 1000, clock_timestamp() from ha_fence where scope = :scope
            on conflict do nothing\
            """).param("scope", scope.value()).update();
        if (made > 0 && Epochs.everOwned(fence)) {
            log.atError()
                    .addKeyValue("scope", scope)
                    .log("the lease row of a scope that had owners is missing: it was deleted by hand; made anew");
        }
        return jdbc.sql(LOOK + " for update of l")
                .param("scopes", names(List.of(scope)))
                .query((row, index) -> view(row))
                .single();
    }

    private static LeaseView view(ResultSet row) throws SQLException {
        return new LeaseView(
                row.getLong("epoch"),
                node(row, "owner"),
                row.getBoolean("released"),
                row.getBoolean("owner_dead"),
                row.getLong("remaining_millis"),
                row.getLong("hold_millis"),
                row.getString("preferred"));
    }

    private static @Nullable NodeId node(ResultSet row, String column) throws SQLException {
        UUID id = row.getObject(column, UUID.class);
        return id == null ? null : new NodeId(id);
    }

    private static String[] names(Collection<Scope> scopes) {
        return scopes.stream().map(Scope::value).toArray(String[]::new);
    }
}
