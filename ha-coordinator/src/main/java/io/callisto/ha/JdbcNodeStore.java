package io.callisto.ha;

import io.callisto.ha.DirectoryCache.Listening;
import io.callisto.ha.DirectoryCache.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** {@code ha_node} over the one lease connection. Used by one thread. */
final class JdbcNodeStore implements NodeStore {
    /** A node that missed this many lease times of heartbeats is not offered to callers. */
    private static final int SILENT_TTLS = 2;

    /** The first eight digits of a log file's name are the timeline. */
    private static final String LEARN_TIMELINE = """
            update ha_db set timeline = wal.timeline
            from (
              select ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int as timeline
            ) wal
            where ha_db.timeline < wal.timeline""";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final long silentMillis;

    JdbcNodeStore(DataSource connection, TimingProfile timing) {
        this.jdbc = JdbcClient.create(connection);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(connection));
        this.silentMillis = timing.ttl().toMillis() * SILENT_TTLS;
    }

    @Override
    public void register(Node node) {
        // A promoted standby writes a higher timeline into its log; epochs rise above all that went before.
        jdbc.sql(LEARN_TIMELINE).update();
        jdbc.sql("""
                        insert into ha_node (node_id, server, process, pid, state)
                        values (:node, :server, :process, :pid, 'RUNNING')
                        on conflict (node_id) do update set heartbeat_at = clock_timestamp()
                        where ha_node.state <> 'DEAD'""")
                .param("node", node.id().value())
                .param("server", node.server())
                .param("process", node.process())
                .param("pid", node.pid())
                .update();
    }

    @Override
    public void announce(NodeId node, Collection<String> services, Map<String, String> endpoints) {
        List<Map.Entry<String, String>> entries = List.copyOf(endpoints.entrySet());
        jdbc.sql("""
                        update ha_node set services = :services::text[],
                          endpoints = jsonb_object(:names::text[], :addresses::text[])
                        where node_id = :node""")
                .param("services", services.toArray(String[]::new))
                .param("names", entries.stream().map(Map.Entry::getKey).toArray(String[]::new))
                .param("addresses", entries.stream().map(Map.Entry::getValue).toArray(String[]::new))
                .param("node", node.value())
                .update();
    }

    @Override
    public void drain(NodeId node) {
        jdbc.sql("update ha_node set state = 'DRAINING' where node_id = :node and state = 'RUNNING'")
                .param("node", node.value())
                .update();
    }

    @Override
    public void revive(NodeId node) {
        transaction.executeWithoutResult(status -> {
            releaseAll(node);
            jdbc.sql("""
                            update ha_node set state = 'RUNNING', died_at = null, certified_by = null,
                              heartbeat_at = clock_timestamp()
                            where node_id = :node and state = 'DEAD'""").param("node", node.value()).update();
        });
    }

    @Override
    public void retire(NodeId node) {
        transaction.executeWithoutResult(status -> {
            releaseAll(node);
            jdbc.sql("""
                            update ha_node set state = 'STOPPED', endpoints = '{}', heartbeat_at = clock_timestamp()
                            where node_id = :node and state <> 'DEAD'""").param("node", node.value()).update();
        });
    }

    @Override
    public int forgetOld() {
        return jdbc.sql("""
                        delete from ha_node n
                        where heartbeat_at < clock_timestamp() - interval '1 day'
                          and coalesce(died_at, heartbeat_at) < clock_timestamp() - interval '1 day'
                          and not exists (select from ha_lease where owner = n.node_id)
                          and not exists (select from ha_fence where owner = n.node_id)""").update();
    }

    @Override
    public Snapshot directory() {
        Map<Scope, UUID> owners = new HashMap<>();
        jdbc.sql("select scope, owner from ha_lease where state <> 'RELEASED' and expires_at > clock_timestamp()")
                .query(row -> {
                    owners.put(new Scope(row.getString("scope")), row.getObject("owner", UUID.class));
                });
        List<Listening> listening = new ArrayList<>();
        jdbc.sql("""
                        select n.node_id, n.server, e.key, e.value, n.state = 'RUNNING' as running
                        from ha_node n cross join lateral jsonb_each_text(n.endpoints) e
                        where n.state in ('STARTING', 'RUNNING', 'DRAINING')
                          and n.heartbeat_at > clock_timestamp() - :silent * interval '1 millisecond'
                        order by n.server, n.started_at""").param("silent", silentMillis).query(row -> {
            listening.add(new Listening(
                    row.getString("server"),
                    new NodeId(row.getObject("node_id", UUID.class)),
                    row.getString("key"),
                    row.getString("value"),
                    row.getBoolean("running")));
        });
        return new Snapshot(owners, listening);
    }

    private void releaseAll(NodeId node) {
        jdbc.sql("""
                        update ha_lease set state = 'RELEASED', expires_at = clock_timestamp()
                        where owner = :node and state <> 'RELEASED'""").param("node", node.value()).update();
    }
}
