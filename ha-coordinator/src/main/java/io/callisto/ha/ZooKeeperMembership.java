package io.callisto.ha;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryForever;
import org.apache.curator.utils.CloseableUtils;
import org.apache.zookeeper.CreateMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This JVM's one ZooKeeper session: an ephemeral node below {@code members}, and a watch on those of others. It only
 * wakes candidates. Whatever ZooKeeper says or does not say, the lease rows decide; so its absence costs speed, nothing
 * else.
 */
final class ZooKeeperMembership implements Membership {
    private static final Logger log = LoggerFactory.getLogger(ZooKeeperMembership.class);
    private static final int RETRY_MILLIS = 250;

    /** LOST comes about when the server gives the session up, not long after (CURATOR-460). */
    private static final int SIMULATED_EXPIRATION_PERCENT = 33;

    private final CuratorFramework client;
    private final String connectString;
    private final String members;
    private final NodeId node;
    private final String about;
    private final Thread joining;
    private volatile boolean connected;
    private volatile boolean joined;
    private volatile boolean wrongCluster;
    private volatile Runnable onVanished = () -> {};
    private volatile boolean closed;
    private @Nullable PersistentNode self;
    private @Nullable CuratorCache others;

    /**
     * @param cluster of the database, as soon as it is known; nothing is joined before
     */
    ZooKeeperMembership(CoordinatorSettings settings, NodeId node, CompletableFuture<UUID> cluster) {
        this.connectString = settings.zooKeeper();
        this.members = settings.zooKeeperRoot() + "/members";
        this.node = node;
        this.about = settings.server() + "/" + settings.process();
        int session = (int) settings.timing().zooKeeperSession().toMillis();
        this.client = CuratorFrameworkFactory.builder()
                .connectString(connectString)
                .sessionTimeoutMs(session)
                .connectionTimeoutMs(session)
                .retryPolicy(new RetryForever(RETRY_MILLIS))
                .simulatedSessionExpirationPercent(SIMULATED_EXPIRATION_PERCENT)
                .ensembleTracker(false)
                .build();
        this.joining = new Thread(
                new ZooKeeperJoinRunner(client, connectString, settings.zooKeeperRoot(), cluster, new Joining()),
                "callisto-zookeeper-join");
        this.joining.setDaemon(true);
    }

    @Override
    public void start(Runnable wakeCandidates) {
        onVanished = wakeCandidates;
        client.getConnectionStateListenable().addListener((source, state) -> stateChanged(state));
        client.start();
        joining.start();
    }

    @Override
    public void close() {
        closed = true;
        joining.interrupt();
        synchronized (this) {
            CloseableUtils.closeQuietly(others);
            CloseableUtils.closeQuietly(self);
        }
        // Ends the session, so the ephemeral node goes at once.
        client.close();
    }

    /** How many members are known, this one included; 0 before it has joined. */
    synchronized int known() {
        CuratorCache cache = others;
        return cache == null
                ? 0
                : (int) cache.stream()
                        .filter(member -> !member.getPath().equals(members))
                        .count();
    }

    private final class Joining implements ZooKeeperJoinRunner.Joining {
        @Override
        public void join() {
            announce();
        }

        @Override
        public void refuse() {
            wrongCluster = true;
        }
    }

    private synchronized void announce() {
        if (closed) {
            return;
        }
        PersistentNode member = new PersistentNode(
                client, CreateMode.EPHEMERAL, false, members + "/" + node, about.getBytes(StandardCharsets.UTF_8));
        member.start();
        self = member;
        CuratorCache cache = CuratorCache.build(client, members);
        cache.listenable()
                .addListener(CuratorCacheListener.builder()
                        .forDeletes(gone -> {
                            log.atInfo().addKeyValue("member", gone.getPath()).log("a member has gone");
                            onVanished.run();
                        })
                        .build());
        cache.start();
        others = cache;
        joined = true;
    }

    @Override
    public HintState state() {
        if (wrongCluster) {
            return HintState.WRONG_CLUSTER;
        }
        return joined && connected ? HintState.JOINED : HintState.MISSING;
    }

    private void stateChanged(ConnectionState state) {
        connected = state.isConnected();
        switch (state) {
            case CONNECTED ->
                log.atInfo().addKeyValue("zooKeeper", connectString).log("joined ZooKeeper");
            case RECONNECTED -> {
                log.atInfo().addKeyValue("zooKeeper", connectString).log("ZooKeeper answers again");
                // Who went while we were blind left no event.
                onVanished.run();
            }
            case SUSPENDED, LOST ->
                log.atWarn()
                        .addKeyValue("zooKeeper", connectString)
                        .addKeyValue("state", state)
                        .log("ZooKeeper does not answer: going on by the lease rows alone");
            case READ_ONLY -> log.atWarn().log("ZooKeeper is read-only");
        }
    }
}
