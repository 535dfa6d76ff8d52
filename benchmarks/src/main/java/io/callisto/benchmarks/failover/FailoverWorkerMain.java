package io.callisto.benchmarks.failover;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.callisto.db.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.postgresql.ds.PGSimpleDataSource;

/** One worker of a contender: a JVM that owns the role or waits for it. It ends when its standard input does. */
public final class FailoverWorkerMain {
    private FailoverWorkerMain() {}

    public static void main(String[] args) throws Exception {
        Thread lifeline = new Thread(FailoverWorkerMain::endWithParent, "lifeline");
        lifeline.setDaemon(true);
        lifeline.start();
        WorkerSettings settings = WorkerSettings.parse(args);
        HikariDataSource pool = pool(settings.jdbcUrl());
        JdbcEffectStore effects = new JdbcEffectStore(pool, settings.contender());
        effects.nowMicros();
        competitor(settings, pool, new Role(effects, settings.worker())).start();
        effects.ready(settings.worker());
        lifeline.join();
    }

    private static Competitor competitor(WorkerSettings settings, HikariDataSource pool, Role role) {
        return switch (settings.contender()) {
            case CURATOR_DEFAULT, CURATOR_BEST -> new CuratorRunner(settings, role);
            case QUARTZ_DEFAULT, QUARTZ_BEST -> new QuartzRunner(settings, pool, role);
            case DB_SCHEDULER_DEFAULT, DB_SCHEDULER_BEST -> new DbSchedulerRunner(settings, pool, role);
            case ELASTIC_JOB_DEFAULT, ELASTIC_JOB_BEST -> new ElasticJobRunner(settings, role);
            case CALLISTO_SMALL, CALLISTO_FAST, CALLISTO_SMALL_SUPERVISED, CALLISTO_FAST_SUPERVISED ->
                new CallistoRunner(settings, pool, role);
        };
    }

    /** The same small pool for everybody, filled before the role can come. */
    private static HikariDataSource pool(String jdbcUrl) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        source.setUser(EmbeddedPostgres.USER);
        source.setPassword(EmbeddedPostgres.PASSWORD);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(6);
        config.setMinimumIdle(3);
        return new HikariDataSource(config);
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever said; only the end counts.
            }
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(0);
    }
}
