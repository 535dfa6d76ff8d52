package io.callisto.benchmarks.failover;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tables that contenders want. */
final class JdbcContenderSchemaStore {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    JdbcContenderSchemaStore(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /**
     * Runs the script unless the table is there. Two workers may come at once: one waits for the other.
     *
     * @param table of the public schema
     */
    void createUnlessThere(String table, String script) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select 1 from pg_advisory_xact_lock(hashtext(:table))")
                    .param("table", table)
                    .query(Integer.class)
                    .single();
            boolean there = jdbc.sql("select to_regclass(:table) is not null")
                    .param("table", table)
                    .query(Boolean.class)
                    .single();
            if (!there) {
                jdbc.sql(script).update();
            }
        });
    }

    /** The table of db-scheduler, under a name of one contender. */
    void createTaskTable(String table) {
        createUnlessThere(table, """
            create table %1$s (
              task_name text not null, task_instance text not null, task_data bytea, execution_time timestamptz,
              picked boolean not null, picked_by text, last_success timestamptz, last_failure timestamptz,
              consecutive_failures int, last_heartbeat timestamptz, version bigint not null, priority smallint,
              state text, primary key (task_name, task_instance));
            create index on %1$s (execution_time);
            create index on %1$s (last_heartbeat)\
            """.formatted(table));
    }
}
