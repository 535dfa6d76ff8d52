package io.callisto.benchmarks.failover;

import org.apache.shardingsphere.elasticjob.api.JobConfiguration;
import org.apache.shardingsphere.elasticjob.lite.api.bootstrap.impl.ScheduleJobBootstrap;
import org.apache.shardingsphere.elasticjob.reg.zookeeper.ZookeeperConfiguration;
import org.apache.shardingsphere.elasticjob.reg.zookeeper.ZookeeperRegistryCenter;
import org.apache.shardingsphere.elasticjob.simple.job.SimpleJob;

/** ElasticJob: the role is a job of one shard that lasts, tried every second. */
final class ElasticJobRunner implements Competitor {
    private static final int SESSION_MILLIS = 2_000;

    private final WorkerSettings settings;
    private final Role role;

    ElasticJobRunner(WorkerSettings settings, Role role) {
        this.settings = settings;
        this.role = role;
    }

    @Override
    public void start() {
        ZookeeperConfiguration address = new ZookeeperConfiguration(
                settings.zooKeeper(), settings.contender().id());
        if (settings.contender() == Contender.ELASTIC_JOB_BEST) {
            address.setSessionTimeoutMilliseconds(SESSION_MILLIS);
            address.setConnectionTimeoutMilliseconds(SESSION_MILLIS);
        }
        ZookeeperRegistryCenter registry = new ZookeeperRegistryCenter(address);
        registry.init();
        // Its option "failover" is left off: with it a second loss of the owner was not taken over at all.
        JobConfiguration job = JobConfiguration.newBuilder("role", 1)
                .cron("0/1 * * * * ?")
                .overwrite(true)
                .build();
        // It has nothing to ask whether the shard is still ours.
        SimpleJob work = context -> role.work(() -> true);
        new ScheduleJobBootstrap(registry, work, job).schedule();
    }
}
