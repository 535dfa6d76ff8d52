package io.callisto.benchmarks.failover;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;

/** db-scheduler: the role is a task that lasts and is revived when its executor is dead. */
final class DbSchedulerRunner implements Competitor {
    private final WorkerSettings settings;
    private final HikariDataSource pool;
    private final Role role;

    DbSchedulerRunner(WorkerSettings settings, HikariDataSource pool, Role role) {
        this.settings = settings;
        this.pool = pool;
        this.role = role;
    }

    @Override
    public void start() {
        boolean best = settings.contender() == Contender.DB_SCHEDULER_BEST;
        String table = settings.contender().id().replace('-', '_');
        new JdbcContenderSchemaStore(pool).createTaskTable(table);
        OneTimeTask<Void> task = Tasks.oneTime("role")
                .onDeadExecutionRevive()
                .execute((instance, context) -> role.work(() -> !best
                        || !context.getCurrentlyExecuting().getHeartbeatState().hasStaleHeartbeat()));
        SchedulerBuilder builder = Scheduler.create(pool, task)
                .tableName(table)
                .schedulerName(settings::worker)
                .threads(2);
        if (best) {
            builder.heartbeatInterval(Duration.ofMillis(500))
                    .missedHeartbeatsLimit(4)
                    .pollingInterval(Duration.ofMillis(250));
        }
        Scheduler scheduler = builder.build();
        scheduler.start();
        scheduler.scheduleIfNotExists(task.instance("role"), Instant.now());
    }
}
