package io.callisto.ha;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins ZooKeeper as soon as it answers and the database has said which cluster this is. The first member leaves the
 * name of its cluster; where another cluster's is found, nothing is joined: its members' coming and going is noise.
 */
final class ZooKeeperJoinRunner implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(ZooKeeperJoinRunner.class);
    private static final Duration WARN_AFTER = Duration.ofSeconds(3);

    /** Who joins. */
    interface Joining {
        /** The path is this cluster's. */
        void join();

        /** The path is another cluster's. */
        void refuse();
    }

    private final CuratorFramework client;
    private final String connectString;
    private final String path;
    private final CompletableFuture<UUID> cluster;
    private final Joining joining;

    ZooKeeperJoinRunner(
            CuratorFramework client,
            String connectString,
            String root,
            CompletableFuture<UUID> cluster,
            Joining joining) {
        this.client = client;
        this.connectString = connectString;
        this.path = root + "/cluster";
        this.cluster = cluster;
        this.joining = joining;
    }

    @Override
    public void run() {
        try {
            boolean warned = false;
            while (!client.blockUntilConnected((int) WARN_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!warned) {
                    warned = true;
                    log.atWarn()
                            .addKeyValue("zooKeeper", connectString)
                            .log("ZooKeeper does not answer: going on by the lease rows alone; joining when it does");
                }
            }
            if (ours(cluster.get().toString())) {
                joining.join();
            } else {
                joining.refuse();
            }
        } catch (InterruptedException e) {
            log.atDebug().log("closed before ZooKeeper answered");
        } catch (Exception e) {
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("zooKeeper", connectString)
                    .log("cannot join ZooKeeper: going on by the lease rows alone");
        }
    }

    private boolean ours(String expected) throws Exception {
        try {
            client.create().creatingParentsIfNeeded().forPath(path, expected.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (KeeperException.NodeExistsException e) {
            String found = new String(client.getData().forPath(path), StandardCharsets.UTF_8);
            if (found.equals(expected)) {
                return true;
            }
            log.atError()
                    .addKeyValue("zooKeeper", connectString)
                    .addKeyValue("path", path)
                    .addKeyValue("found", found)
                    .addKeyValue("expected", expected)
                    .log("this ZooKeeper path belongs to another cluster: its hints are not used; give"
                            + " callisto.zookeeper.root a path of its own");
            return false;
        }
    }
}
