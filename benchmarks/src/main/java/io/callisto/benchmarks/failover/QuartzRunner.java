package io.callisto.benchmarks.failover;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.DBConnectionManager;

/** Quartz with the clustered JDBC store: the role is a job that lasts and asks for recovery. */
final class QuartzRunner implements Competitor {
    private static final String SOURCE = "bench";
    private static final String BEST_CHECK_IN_MILLIS = "1000";

    private final WorkerSettings settings;
    private final HikariDataSource pool;
    private final Role role;

    QuartzRunner(WorkerSettings settings, HikariDataSource pool, Role role) {
        this.settings = settings;
        this.pool = pool;
        this.role = role;
    }

    @Override
    public void start() throws Exception {
        new JdbcContenderSchemaStore(pool).createUnlessThere("qrtz_locks", script());
        DBConnectionManager.getInstance().addConnectionProvider(SOURCE, new JdbcQuartzConnectionStore(pool));
        Scheduler scheduler = new StdSchedulerFactory(properties()).getScheduler();
        scheduler.setJobFactory((fired, asker) -> new RoleJob(role));
        scheduler.start();
        JobDetail job = JobBuilder.newJob(RoleJob.class)
                .withIdentity(new JobKey("role"))
                .requestRecovery()
                .storeDurably()
                .build();
        try {
            scheduler.scheduleJob(
                    job,
                    TriggerBuilder.newTrigger().withIdentity("role").startNow().build());
        } catch (ObjectAlreadyExistsException e) {
            // The other worker came first, or this is a replacement.
            scheduler.getJobDetail(job.getKey());
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty(
                "org.quartz.scheduler.instanceName", settings.contender().id());
        properties.setProperty("org.quartz.scheduler.instanceId", settings.worker());
        properties.setProperty("org.quartz.threadPool.threadCount", "2");
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        properties.setProperty(
                "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        properties.setProperty("org.quartz.jobStore.dataSource", SOURCE);
        properties.setProperty("org.quartz.jobStore.isClustered", "true");
        if (settings.contender() == Contender.QUARTZ_BEST) {
            properties.setProperty("org.quartz.jobStore.clusterCheckinInterval", BEST_CHECK_IN_MILLIS);
        }
        return properties;
    }

    private static String script() throws IOException {
        try (InputStream in =
                Scheduler.class.getResourceAsStream("/org/quartz/impl/jdbcjobstore/tables_postgres.sql")) {
            String all = new String(
                    Objects.requireNonNull(in, "tables_postgres.sql").readAllBytes(), StandardCharsets.UTF_8);
            return all.replaceFirst("(?i)COMMIT;\\s*$", "");
        }
    }

    /** Lasts until the process ends: Quartz has nothing to ask whether the job is still ours. */
    @DisallowConcurrentExecution
    static final class RoleJob implements Job {
        private final Role role;

        RoleJob(Role role) {
            this.role = role;
        }

        @Override
        public void execute(JobExecutionContext context) {
            role.work(() -> true);
        }
    }
}
