package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooKeeperMembershipTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final UUID cluster = UUID.randomUUID();
    private final int port = freePort();
    private @Nullable NIOServerCnxnFactory server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.shutdown();
        }
    }

    @Test
    void a_member_that_goes_is_noticed_and_one_that_comes_late_joins() throws Exception {
        AtomicInteger vanished = new AtomicInteger();
        ZooKeeperMembership going = membership("s2");
        try (ZooKeeperMembership staying = membership("s1")) {
            // ZooKeeper is absent: starting neither waits nor fails.
            staying.start(vanished::incrementAndGet);
            going.start(() -> {});
            startZooKeeper();
            Waiting.until(SOON, () -> members() == 2 && staying.known() == 2);
            assertThat(vanished).hasValue(0);
            going.close();
            Waiting.until(SOON, () -> vanished.get() > 0);
            assertThat(members()).isEqualTo(1);
        }
        Waiting.until(SOON, () -> members() == 0);
    }

    @Test
    void a_membership_closes_while_zookeeper_is_away() {
        ZooKeeperMembership lonely = membership("s1");
        lonely.start(() -> {});
        long start = System.nanoTime();
        lonely.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void a_path_of_another_cluster_gives_no_hints_and_says_so() throws Exception {
        startZooKeeper();
        try (ZooKeeperMembership right = membership("s1");
                ZooKeeperMembership wrong = membership("s2", UUID.randomUUID())) {
            right.start(() -> {});
            Waiting.until(SOON, () -> right.state() == HintState.JOINED);
            wrong.start(() -> {});
            Waiting.until(SOON, () -> wrong.state() == HintState.WRONG_CLUSTER);
            assertThat(members()).isEqualTo(1);
            assertThat(wrong.known()).isZero();
        }
    }

    @Test
    void a_member_whose_session_expired_while_zookeeper_was_away_joins_again() throws Exception {
        startZooKeeper();
        AtomicInteger vanished = new AtomicInteger();
        try (ZooKeeperMembership member = membership("s1")) {
            member.start(vanished::incrementAndGet);
            Waiting.until(SOON, () -> member.state() == HintState.JOINED && members() == 1);
            Objects.requireNonNull(server).shutdown();
            Waiting.until(SOON, () -> member.state() == HintState.MISSING);
            // Another ensemble without its data: every session of the old one is unknown there.
            directory = Files.createDirectory(directory.resolve("again"));
            startZooKeeper();
            Waiting.until(SOON, () -> member.state() == HintState.JOINED && members() == 1);
            assertThat(vanished).as("who went meanwhile left no event").hasPositiveValue();
        }
    }

    private int members() {
        return Objects.requireNonNull(server)
                .getZooKeeperServer()
                .getZKDatabase()
                .getDataTree()
                .getAllChildrenNumber("/callisto/members");
    }

    private void startZooKeeper() throws Exception {
        System.setProperty("zookeeper.admin.enableServer", "false");
        ZooKeeperServer zooKeeper = new ZooKeeperServer(
                directory.resolve("snap").toFile(), directory.resolve("log").toFile(), 500);
        NIOServerCnxnFactory starting = new NIOServerCnxnFactory();
        server = starting;
        starting.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20);
        starting.startup(zooKeeper);
    }

    private ZooKeeperMembership membership(String name) {
        return membership(name, cluster);
    }

    private ZooKeeperMembership membership(String name, UUID of) {
        return new ZooKeeperMembership(
                new CoordinatorSettings(
                        name,
                        "server",
                        1,
                        new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/none", "", ""),
                        "127.0.0.1:" + port,
                        "/callisto",
                        TimingProfile.SMALL,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1)),
                new NodeId(UUID.randomUUID()),
                CompletableFuture.completedFuture(of));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
