package io.callisto.benchmarks.failover;

import io.callisto.server.process.Pause;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.retry.ExponentialBackoffRetry;

/** Curator's leader latch, used as its documentation says: work while it says that we lead. */
final class CuratorRunner implements Competitor {
    private static final int SESSION_MILLIS = 2_000;
    private static final int EXPIRY_PERCENT = 33;

    private final WorkerSettings settings;
    private final Role role;

    CuratorRunner(WorkerSettings settings, Role role) {
        this.settings = settings;
        this.role = role;
    }

    @Override
    public void start() throws Exception {
        CuratorFramework client = client();
        client.start();
        client.blockUntilConnected();
        LeaderLatch latch =
                new LeaderLatch(client, "/bench/" + settings.contender().id(), settings.worker());
        latch.start();
        Thread work = new Thread(() -> lead(latch), "role");
        work.setDaemon(true);
        work.start();
    }

    private CuratorFramework client() {
        ExponentialBackoffRetry retry = new ExponentialBackoffRetry(100, 10);
        if (settings.contender() == Contender.CURATOR_DEFAULT) {
            return CuratorFrameworkFactory.newClient(settings.zooKeeper(), retry);
        }
        return CuratorFrameworkFactory.builder()
                .connectString(settings.zooKeeper())
                .retryPolicy(retry)
                .sessionTimeoutMs(SESSION_MILLIS)
                .connectionTimeoutMs(SESSION_MILLIS)
                .simulatedSessionExpirationPercent(EXPIRY_PERCENT)
                .build();
    }

    private void lead(LeaderLatch latch) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                role.work(latch::hasLeadership);
                // The latch would tell a listener; looking often costs the others' dormant worker just as much.
                Pause.millis(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
