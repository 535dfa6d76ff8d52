package io.callisto.ha;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says that a process has ended, which frees its leases at once. For who has seen the exit, such as its supervisor. A
 * wrong certificate costs a needless failover, never safety: whoever is declared dead is fenced like any former owner.
 */
public final class JdbcDeathCertificateStore {
    private final JdbcClient jdbc;

    public JdbcDeathCertificateStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Certifies the death of the incarnation, unless it said goodbye itself, and wakes those who stand for its scopes.
     *
     * @param server such as {@code s1}
     * @param process {@code server} in the one-JVM layout, else the service's name
     * @param pid that the operating system reported as ended
     * @param by who saw it
     * @return how many incarnations were certified, 0 where it had stopped in order or was certified before
     */
    public int certify(String server, String process, long pid, String by) {
        return jdbc.sql("""
            with dead as (
              update ha_node set state = 'DEAD', died_at = clock_timestamp(), certified_by = :by
              where server = :server and process = :process and pid = :pid
                and state not in ('STOPPED', 'DEAD')
              returning node_id
            ), told as (
              select pg_notify('callisto_lease', l.scope)
              from ha_lease l join dead on l.owner = dead.node_id where l.state <> 'RELEASED'
            )
            select (select count(*) from dead) + 0 * (select count(*) from told)\
            """)
                .param("by", by)
                .param("server", server)
                .param("process", process)
                .param("pid", pid)
                .query(Integer.class)
                .single();
    }
}
