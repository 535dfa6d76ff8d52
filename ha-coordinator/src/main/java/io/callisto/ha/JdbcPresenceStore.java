package io.callisto.ha;

import java.sql.Connection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Presence locks, twins and clocks. A node's lock is shared by all its connections, so it never waits for itself; who
 * can have it alone has proof that none of them is left.
 */
final class JdbcPresenceStore implements PresenceStore {
    private static final String ENTER = """
        with me as (
          update ha_node set schema_version = :schema where node_id = :node
          returning node_id, server, process, started_at
        ), candidates as materialized (
          select o.node_id, o.started_at
          from ha_node o join me using (server, process)
          where o.node_id <> me.node_id and o.state not in ('DEAD', 'STOPPED')
            and (o.started_at, o.node_id) < (me.started_at, me.node_id)
        ), twin as materialized (
          select node_id from candidates
          where not pg_try_advisory_xact_lock(hashtextextended(node_id::text, 0))
          order by started_at limit 1
        )
        select d.cluster_id, (select node_id from twin) as twin,
               (select version from flyway_schema_history where success and version is not null
                order by installed_rank desc limit 1) as schema
        from ha_db d\
        """;

    private static final String CERTIFY = """
        with gone as materialized (
          select node_id from ha_node
          where node_id = :node and state not in ('STOPPED', 'DEAD')
            and pg_try_advisory_xact_lock(hashtextextended(:node::text, 0))
        ), dead as (
          update ha_node n set state = 'DEAD', died_at = clock_timestamp(), certified_by = :by
          from gone where n.node_id = gone.node_id and n.state not in ('STOPPED', 'DEAD')
          returning n.node_id
        ), told as (
          select pg_notify('callisto_lease', l.scope)
          from ha_lease l join dead on l.owner = dead.node_id where l.state <> 'RELEASED'
        )
        select (select count(*) from dead) + 0 * (select count(*) from told)\
        """;

    private final JdbcClient jdbc;

    JdbcPresenceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Holds the node's presence lock for as long as the connection lives. */
    static void hold(Connection connection, NodeId node) {
        JdbcClient.create(new SingleConnectionDataSource(connection, true))
                .sql("select pg_advisory_lock_shared(hashtextextended(:node::text, 0)) is null as held")
                .param("node", node.toString())
                .query((row, index) -> true)
                .single();
    }

    @Override
    public Entry enter(NodeId node, String schema) {
        return jdbc.sql(ENTER)
                .param("schema", schema)
                .param("node", node.value())
                .query((row, index) -> new Entry(
                        row.getObject("cluster_id", UUID.class),
                        row.getString("schema"),
                        Optional.ofNullable(row.getObject("twin", UUID.class))))
                .single();
    }

    @Override
    public void standing(NodeId node, boolean allowed) {
        // STARTING is listed nowhere as ready for work.
        jdbc.sql("update ha_node set state = :to where node_id = :node and state = :from")
                .param("to", allowed ? "RUNNING" : "STARTING")
                .param("from", allowed ? "STARTING" : "RUNNING")
                .param("node", node.value())
                .update();
    }

    @Override
    public boolean certifyIfGone(NodeId node, String by) {
        return jdbc.sql(CERTIFY)
                        .param("node", node.value())
                        .param("by", by)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Override
    public Instant now() {
        return jdbc.sql("select clock_timestamp()")
                .query((row, index) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
    }

    @Override
    public void tellSkew(NodeId node, long millis) {
        jdbc.sql("""
            update ha_node n set clock_skew_millis = :millis, skew_measured_at = clock_timestamp()
            from (select node_id from ha_node where node_id = :node for no key update skip locked) mine
            where n.node_id = mine.node_id\
            """).param("millis", millis).param("node", node.value()).update();
    }
}
