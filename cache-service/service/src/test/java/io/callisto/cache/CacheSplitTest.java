package io.callisto.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.callisto.cache.client.CacheGeneration;
import io.callisto.cache.client.ContactQueueCache;
import io.callisto.cache.client.IgniteNode;
import io.callisto.cache.client.QueuedContact;
import io.callisto.db.TestDatabase;
import io.callisto.domain.ContactId;
import io.callisto.domain.JobId;
import io.callisto.domain.Requirement;
import io.callisto.domain.Ticker;
import io.callisto.domain.ZoneId;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FakeCoordinator;
import io.callisto.ha.Lease;
import io.callisto.ha.Scope;
import io.callisto.ha.TestLeases;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Two servers whose cache nodes did not find each other, as after a cut network has healed. */
class CacheSplitTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final JobId JOB = new JobId(7);

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir(cleanup = CleanupMode.NEVER)
    Path directory;

    @Test
    @Requirement("CS-3")
    void the_node_without_the_owner_gives_up_its_ring_and_joins_the_owners() throws Exception {
        // begins at 0, as the deadlines of the test's leases do
        long from = System.nanoTime();
        Ticker ticker = () -> System.nanoTime() - from;
        FakeCoordinator first = new FakeCoordinator("s1", ticker);
        FakeCoordinator second = new FakeCoordinator("s2", ticker);
        try (GenericApplicationContext one = parent(first);
                GenericApplicationContext two = parent(second);
                ConfigurableApplicationContext owner = service(one, "s1");
                ConfigurableApplicationContext other = service(two, "s2")) {
            IgniteNode ownersNode = owner.getBean(IgniteNode.class);
            IgniteNode othersNode = other.getBean(IgniteNode.class);
            Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(ownersNode.ring()).containsExactly("s1");
                assertThat(othersNode.ring()).containsExactly("s2");
            });
            ContactQueueCache ownersQueue = owner.getBean(ContactQueueCache.class);
            ContactQueueCache othersQueue = other.getBean(ContactQueueCache.class);
            ownersQueue.offer(JOB, new ZoneId(0), List.of(contact(1)));
            othersQueue.offer(JOB, new ZoneId(0), List.of(contact(2), contact(3)));
            assertThat(othersQueue.size(JOB).get(30, TimeUnit.SECONDS)).isEqualTo(2);

            // both parts hold the generation in force, as after a cut during which the owner stayed the same
            Lease lease = new TestLeases(DB.dataSource()).claim(Scope.cache());
            CacheOwnership.prove(first, lease);
            CacheOwnership.prove(second, lease);
            CacheWatchRunner watch = other.getBean(CacheWatchRunner.class);
            Awaitility.await().atMost(LIMIT).until(() -> watch.state() == CacheState.CURRENT);
            Object before = othersNode.ready().orElseThrow();

            // an owner that cannot be reached is no reason to leave
            second.owner(Scope.cache(), "s1", "127.0.0.1:1");
            Awaitility.await().atMost(LIMIT).until(() -> watch.state() == CacheState.STALE);
            Awaitility.await()
                    .during(Duration.ofMillis(600))
                    .atMost(LIMIT)
                    .until(() -> watch.rejoins() == 0 && othersNode.ready().orElseThrow() == before);

            String address =
                    Objects.requireNonNull(first.published("cache-service").get("cache-service"));
            first.owner(Scope.cache(), "s1", address);
            second.owner(Scope.cache(), "s1", address);
            Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(ownersNode.ring()).containsExactlyInAnyOrder("s1", "s2");
                assertThat(othersNode.ring()).containsExactlyInAnyOrder("s1", "s2");
                assertThat(watch.state()).isEqualTo(CacheState.CURRENT);
            });
            assertThat(watch.rejoins()).isEqualTo(1);
            assertThat(owner.getBean(CacheWatchRunner.class).rejoins()).isZero();

            // the handles are those of before; what the part without the owner held is gone
            assertThat(other.getBean(CacheGeneration.class).read()).hasValue(lease.epoch());
            assertThat(othersQueue.size(JOB).get(30, TimeUnit.SECONDS)).isEqualTo(1);
            othersQueue.offer(JOB, new ZoneId(0), List.of(contact(4)));
            assertThat(othersQueue.size(JOB).get(30, TimeUnit.SECONDS)).isEqualTo(2);
            assertThat(ownersQueue.size(JOB).get(30, TimeUnit.SECONDS)).isEqualTo(2);

            // without the database nobody can prove that he owns the cache
            other.getBean(HikariDataSource.class).close();
            Awaitility.await().atMost(LIMIT).until(() -> watch.state() == CacheState.STALE);
            assertThat(watch.rejoins()).isEqualTo(1);
        }
    }

    private static QueuedContact contact(long id) {
        return new QueuedContact(new ContactId(id), 1, 0, Instant.EPOCH);
    }

    private static GenericApplicationContext parent(FakeCoordinator coordinator) {
        GenericApplicationContext parent = new GenericApplicationContext();
        parent.registerBean(Coordinator.class, () -> coordinator);
        parent.refresh();
        return parent;
    }

    /** Knows of no cache node but its own. */
    private ConfigurableApplicationContext service(GenericApplicationContext parent, String server) throws IOException {
        int port = freePort();
        return new SpringApplicationBuilder(CacheServiceApplication.class)
                .web(WebApplicationType.NONE)
                .parent(parent)
                .properties("spring.main.banner-mode=off")
                .run(
                        "--spring.datasource.url=" + DB.jdbcUrl(),
                        "--spring.datasource.username=" + DB.user(),
                        "--spring.datasource.password=" + DB.password(),
                        "--callisto.server-name=" + server,
                        "--callisto.process=cache-service",
                        "--callisto.cache.discovery=127.0.0.1:" + port,
                        "--callisto.cache.port=" + port,
                        "--callisto.cache.communication-port=" + freePort(),
                        "--callisto.cache.work-directory=" + directory.resolve(server),
                        "--callisto.cache-service.interval=50ms",
                        "--callisto.cache-service.rejoin-after=200ms");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
