package io.callisto.benchmarks.failover;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of the benchmark: which workers are ready, and what owners did. Thread-safe. */
final class JdbcEffectStore {
    private static final String TABLES = """
        create table bench_worker (
          contender text not null, worker text not null, primary key (contender, worker));
        create table bench_effect (
          effect_id bigint generated always as identity primary key, contender text not null,
          worker text not null, at timestamptz not null default clock_timestamp());
        create index on bench_effect (contender, at)\
        """;
    private static final String ACT = "insert into bench_effect (contender, worker) values (:contender, :worker)";

    private final JdbcClient jdbc;
    private final String contender;

    JdbcEffectStore(DataSource dataSource, Contender contender) {
        this.jdbc = JdbcClient.create(dataSource);
        this.contender = contender.id();
    }

    static void createTables(DataSource dataSource) {
        JdbcClient.create(dataSource).sql(TABLES).update();
    }

    /** Leaves an effect, whoever else may do so too. */
    void act(String worker) {
        act(jdbc, worker);
    }

    /** Leaves an effect inside a transaction of somebody else's. */
    void act(JdbcClient transaction, String worker) {
        transaction
                .sql(ACT)
                .param("contender", contender)
                .param("worker", worker)
                .update();
    }

    void ready(String worker) {
        jdbc.sql("insert into bench_worker (contender, worker) values (:contender, :worker)")
                .param("contender", contender)
                .param("worker", worker)
                .update();
    }

    boolean isReady(String worker) {
        return jdbc.sql("select count(*) from bench_worker where contender = :contender and worker = :worker")
                        .param("contender", contender)
                        .param("worker", worker)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    long nowMicros() {
        return jdbc.sql("select (extract(epoch from clock_timestamp()) * 1000000)::bigint")
                .query(Long.class)
                .single();
    }

    List<Effect> since(long micros) {
        return jdbc.sql("""
            select worker, (extract(epoch from at) * 1000000)::bigint as micros from bench_effect
            where contender = :contender and at >= to_timestamp(:micros / 1000000.0) order by at\
            """)
                .param("contender", contender)
                .param("micros", micros)
                .query(Effect.class)
                .list();
    }

    /** Who acted since, if exactly one worker did, and often enough to be in its stride. */
    Optional<String> soleOwner(long sinceMicros, int effects) {
        return jdbc.sql("""
            select min(worker) from bench_effect
            where contender = :contender and at >= to_timestamp(:micros / 1000000.0)
            having count(distinct worker) = 1 and count(*) >= :effects\
            """)
                .param("contender", contender)
                .param("micros", sinceMicros)
                .param("effects", effects)
                .query(String.class)
                .optional();
    }

    /** Whether anybody but {@code worker} has acted since. */
    boolean othersActed(String worker, long sinceMicros) {
        return jdbc.sql("""
            select exists (select 1 from bench_effect where contender = :contender
              and at > to_timestamp(:micros / 1000000.0) and worker <> :worker)\
            """)
                .param("contender", contender)
                .param("micros", sinceMicros)
                .param("worker", worker)
                .query(Boolean.class)
                .single();
    }
}
