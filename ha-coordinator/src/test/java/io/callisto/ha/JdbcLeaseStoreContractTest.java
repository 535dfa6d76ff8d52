package io.callisto.ha;

import io.callisto.db.TestDatabase;
import io.callisto.ha.NodeStore.Node;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class JdbcLeaseStoreContractTest extends LeaseStoreContract {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final AtomicLong PIDS = new AtomicLong(3_000_000);

    private final JdbcClient sql = JdbcClient.create(DB.dataSource());
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable next : open) {
            next.close();
        }
    }

    @Override
    protected Party party(String server) {
        Candidate me = new Candidate(new NodeId(UUID.randomUUID()), server);
        PostgresConnections connections = new PostgresConnections(
                new DatabaseAddress(DB.jdbcUrl(), DB.user(), DB.password()), TimingProfile.SMALL, me.node());
        BlockerRunner blockers = new BlockerRunner(connections);
        Thread thread = new Thread(blockers, "blockers");
        thread.setDaemon(true);
        thread.start();
        LeaseSession session = new PostgresLeaseDatabase(connections, blockers, new LeaseStatistics()).open();
        session.nodes().register(new Node(me.node(), server, "server", PIDS.incrementAndGet()));
        open.add(blockers);
        open.add(session);
        return new Party(me, session);
    }

    @Override
    protected void expire(Scope scope) {
        sql.sql("update ha_lease set expires_at = clock_timestamp() where scope = :scope")
                .param("scope", scope.value())
                .update();
    }

    @Override
    protected void certify(NodeId node) {
        sql.sql("update ha_node set state = 'DEAD', died_at = clock_timestamp() where node_id = :node")
                .param("node", node.value())
                .update();
    }

    @Override
    protected Work begin(Scope scope, long epoch, NodeId owner) {
        try {
            Connection connection = DB.dataSource().getConnection();
            open.add(connection);
            connection.setAutoCommit(false);
            if (!fence(JdbcClient.create(new SingleConnectionDataSource(connection, true)), scope, epoch, owner)) {
                throw new IllegalStateException("not let in");
            }
            return () -> {
                try {
                    connection.commit();
                    return true;
                } catch (SQLException ended) {
                    return false;
                }
            };
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected boolean letsIn(Scope scope, long epoch, NodeId owner) {
        return fence(sql, scope, epoch, owner);
    }

    private static boolean fence(JdbcClient on, Scope scope, long epoch, NodeId owner) {
        String lock = "select 1 from ha_fence where scope = :scope and epoch = :epoch and owner = :owner for share";
        return on.sql(lock)
                .param("scope", scope.value())
                .param("epoch", epoch)
                .param("owner", owner.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }
}
