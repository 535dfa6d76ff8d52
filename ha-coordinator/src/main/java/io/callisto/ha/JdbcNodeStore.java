package io.callisto.ha;

import io.callisto.ha.DirectoryCache.Listening;
import io.callisto.ha.DirectoryCache.Snapshot;
import io.callisto.ha.ServiceDirectory.Member;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** {@code ha_node} over the one lease connection. Used by one thread. */
final class JdbcNodeStore implements NodeStore {
    /** The first eight digits of a log file's name are the timeline. */
    private static final String LEARN_TIMELINE = """
        update ha_db set timeline = wal.timeline
        from (
          select ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int as timeline
        ) wal
        where ha_db.timeline < wal.timeline\
        """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final long silentMillis;

    JdbcNodeStore(JdbcClient jdbc, DataSource connection, TimingProfile timing) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(connection));
        this.silentMillis = timing.silent().toMillis();
    }

    @Override
    public void register(Node node) {
        // A promoted standby writes a higher timeline into its log; epochs rise above all that went before.
        jdbc.sql(LEARN_TIMELINE).update();
        jdbc.sql("""
            insert into ha_node (node_id, server, process, pid, state)
            values (:node, :server, :process, :pid, 'RUNNING')
            on conflict (node_id) do update set heartbeat_at = clock_timestamp()
            where ha_node.state <> 'DEAD'\
            """)
                .param("node", node.id().value())
                .param("server", node.server())
                .param("process", node.process())
                .param("pid", node.pid())
                .update();
    }

    @Override
    public void announce(NodeId node, Collection<String> services, Map<String, String> endpoints) {
        List<Map.Entry<String, String>> entries = List.copyOf(endpoints.entrySet());
        // Told even where only an endpoint has changed: peers want to connect at once.
        jdbc.sql("""
            with told as (
              update ha_node set services = :services::text[],
                endpoints = jsonb_object(:names::text[], :addresses::text[])
              where node_id = :node returning server
            )
            select pg_notify('callisto_node', server) is null as told from told\
            """)
                .param("services", services.toArray(String[]::new))
                .param("names", entries.stream().map(Map.Entry::getKey).toArray(String[]::new))
                .param("addresses", entries.stream().map(Map.Entry::getValue).toArray(String[]::new))
                .param("node", node.value())
                .query(row -> {});
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
            int revived = jdbc.sql("""
                update ha_node set state = 'RUNNING', died_at = null, certified_by = null,
                  heartbeat_at = clock_timestamp()
                where node_id = :node and state = 'DEAD'\
                """).param("node", node.value()).update();
            // A statement that was long on its way must not give back what the node has claimed since.
            if (revived > 0) {
                releaseAll(node);
            }
        });
    }

    @Override
    public void retire(NodeId node) {
        transaction.executeWithoutResult(status -> {
            releaseAll(node);
            jdbc.sql("""
                update ha_node set state = 'STOPPED', endpoints = '{}', heartbeat_at = clock_timestamp()
                where node_id = :node and state <> 'DEAD'\
                """).param("node", node.value()).update();
        });
    }

    @Override
    public int forgetOld() {
        return jdbc.sql("""
            delete from ha_node n
            where heartbeat_at < clock_timestamp() - interval '1 day'
              and coalesce(died_at, heartbeat_at) < clock_timestamp() - interval '1 day'
              and not exists (select from ha_lease where owner = n.node_id)
              and not exists (select from ha_fence where owner = n.node_id)\
            """).update();
    }

    @Override
    public Snapshot directory() {
        Map<Scope, UUID> owners = new HashMap<>();
        jdbc.sql("select scope, owner from ha_lease where state <> 'RELEASED' and expires_at > clock_timestamp()")
                .query(row -> {
                    owners.put(new Scope(row.getString("scope")), row.getObject("owner", UUID.class));
                });
        List<Listening> listening = new ArrayList<>();
        List<Member> members = new ArrayList<>();
        jdbc.sql("""
            select n.node_id, n.server, n.process, n.services, n.state = 'RUNNING' as running,
                   e.names, e.addresses
            from ha_node n left join lateral (
              select array_agg(key order by key) as names, array_agg(value order by key) as addresses
              from jsonb_each_text(n.endpoints)
            ) e on true
            where n.state in ('STARTING', 'RUNNING', 'DRAINING')
              and n.heartbeat_at > clock_timestamp() - :silent * interval '1 millisecond'
            order by n.server, n.started_at\
            """).param("silent", silentMillis).query(row -> {
            NodeId node = new NodeId(row.getObject("node_id", UUID.class));
            String server = row.getString("server");
            boolean running = row.getBoolean("running");
            members.add(new Member(
                    server, row.getString("process"), node, Set.copyOf(texts(row.getArray("services"))), running));
            List<String> names = texts(row.getArray("names"));
            List<String> addresses = texts(row.getArray("addresses"));
            for (int i = 0; i < names.size(); i++) {
                listening.add(new Listening(server, node, names.get(i), addresses.get(i), running));
            }
        });
        return new Snapshot(owners, listening, members);
    }

    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private void releaseAll(NodeId node) {
        jdbc.sql("""
            update ha_lease set state = 'RELEASED', expires_at = clock_timestamp()
            where owner = :node and state <> 'RELEASED'\
            """).param("node", node.value()).update();
    }
}
