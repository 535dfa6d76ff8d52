package io.callisto.ha;

import io.callisto.domain.Ticker;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Leases for tests of owned data, claimed in plain SQL without a coordinator. Their deadline is far away for {@link
 * #TICKER}.
 */
public final class TestLeases {
    /** The clock that stands still; give it to the {@link FencedTransaction} under test. */
    public static final Ticker TICKER = () -> 0L;

    private static final String REGISTER = """
        insert into ha_node (node_id, server, process, pid, state)
        values (:node, 's-test', 'test', 0, 'RUNNING') on conflict do nothing\
        """;
    private static final String TELL = """
        insert into ha_transition (scope, epoch, to_owner, reason)
        values (:scope, :epoch, :node, 'FIRST')\
        """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final NodeId node = new NodeId(UUID.randomUUID());

    /**
     * @param dataSource a migrated database
     */
    public TestLeases(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /** The node that {@link #claim} claims for. */
    public NodeId node() {
        return node;
    }

    /**
     * Claims the scope with its next epoch for this instance's node, whoever holds it. Waits for open work
     * transactions.
     */
    public Lease claim(Scope scope) {
        return claim(scope, node);
    }

    /** Claims the scope for another, new node: every older lease is fenced. Waits for open work transactions. */
    public Lease takeOver(Scope scope) {
        return claim(scope, new NodeId(UUID.randomUUID()));
    }

    private Lease claim(Scope scope, NodeId owner) {
        Long epoch = transaction.execute(status -> {
            jdbc.sql(REGISTER).param("node", owner.value()).update();
            long next = jdbc.sql("""
                insert into ha_fence as f (scope, epoch, owner)
                select :scope, (timeline::bigint << 40) + 1, :node from ha_db
                on conflict (scope) do update set
                  epoch = greatest(f.epoch, (select timeline::bigint << 40 from ha_db)) + 1,
                  owner = excluded.owner, changed_at = clock_timestamp()
                returning epoch\
                """)
                    .param("scope", scope.value())
                    .param("node", owner.value())
                    .query(Long.class)
                    .single();
            jdbc.sql("""
                insert into ha_lease (scope, epoch, owner, state, ttl_millis, expires_at)
                values (:scope, :epoch, :node, 'HELD', 600000, clock_timestamp() + interval '1 day')
                on conflict (scope) do update set epoch = excluded.epoch, owner = excluded.owner,
                  state = 'HELD', ttl_millis = excluded.ttl_millis, expires_at = excluded.expires_at\
                """)
                    .param("scope", scope.value())
                    .param("epoch", next)
                    .param("node", owner.value())
                    .update();
            jdbc.sql(TELL)
                    .param("scope", scope.value())
                    .param("epoch", next)
                    .param("node", owner.value())
                    .update();
            return next;
        });
        return new Lease(scope, epoch, owner, Long.MAX_VALUE);
    }
}
