package io.callisto.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.cache.client.CacheGeneration;
import io.callisto.cache.client.ContactQueueCache;
import io.callisto.cache.client.IgniteNode;
import io.callisto.cache.client.QueuedContact;
import io.callisto.db.TestDatabase;
import io.callisto.domain.ContactId;
import io.callisto.domain.JobId;
import io.callisto.domain.Requirement;
import io.callisto.domain.ZoneId;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FakeCoordinator;
import io.callisto.ha.Fenced;
import io.callisto.ha.Lease;
import io.callisto.ha.Scope;
import io.callisto.ha.TestLeases;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

class CacheServiceApplicationTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir(cleanup = CleanupMode.NEVER)
    Path directory;

    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    @Requirement("CS-1")
    void it_starts_a_node_and_keeps_the_generation_of_the_owner() throws Exception {
        try (GenericApplicationContext parent = new GenericApplicationContext()) {
            parent.registerBean(Coordinator.class, () -> coordinator);
            parent.registerBean(MeterRegistry.class, () -> registry);
            parent.refresh();
            int port = freePort();
            try (ConfigurableApplicationContext service = new SpringApplicationBuilder(CacheServiceApplication.class)
                    .web(WebApplicationType.NONE)
                    .parent(parent)
                    .properties("spring.main.banner-mode=off")
                    .run(
                            "--spring.datasource.url=" + DB.jdbcUrl(),
                            "--spring.datasource.username=" + DB.user(),
                            "--spring.datasource.password=" + DB.password(),
                            "--callisto.server-name=s1",
                            "--callisto.process=cache-service",
                            "--callisto.cache.discovery=127.0.0.1:" + port,
                            "--callisto.cache.port=" + port,
                            "--callisto.cache.communication-port=" + freePort(),
                            "--callisto.cache.work-directory=" + directory,
                            "--callisto.cache-service.interval=50ms")) {
                IgniteNode node = service.getBean(IgniteNode.class);
                CacheWatchRunner watch = service.getBean(CacheWatchRunner.class);
                CacheGeneration generation = service.getBean(CacheGeneration.class);
                assertThat(coordinator.published("cache-service")).containsEntry("cache-service", "127.0.0.1:" + port);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> node.ready().isPresent());
                Awaitility.await().until(() -> watch.state() == CacheState.UNOWNED);

                TestLeases leases = new TestLeases(DB.dataSource());
                Lease first = leases.claim(Scope.cache());
                Awaitility.await().until(() -> watch.state() == CacheState.EMPTY);
                CacheOwnership.prove(coordinator, first);
                Awaitility.await().until(() -> watch.state() == CacheState.CURRENT);
                assertThat(generation.read()).hasValue(first.epoch());
                assertThat(registry.get("callisto.cache.state")
                                .tag("state", "CURRENT")
                                .gauge()
                                .value())
                        .isEqualTo(1);

                // another owner: what this node holds is stale until that owner has raised the generation
                Lease second = leases.takeOver(Scope.cache());
                Awaitility.await().until(() -> watch.state() == CacheState.STALE);
                CacheOwnership.prove(coordinator, second);
                Awaitility.await().until(() -> watch.state() == CacheState.CURRENT);
                assertThatThrownBy(() -> CacheOwnership.prove(coordinator, first))
                        .isInstanceOf(Fenced.class);
                assertThat(generation.read()).hasValue(second.epoch());

                ContactQueueCache queue = service.getBean(ContactQueueCache.class);
                queue.offer(
                        new JobId(1), new ZoneId(0), List.of(new QueuedContact(new ContactId(1), 1, 0, Instant.EPOCH)));
                assertThat(queue.size(new JobId(1)).get(30, TimeUnit.SECONDS)).isEqualTo(1);
                assertThat(registry.get("callisto.cache.servers").gauge().value())
                        .isEqualTo(1);
            }
            assertThat(coordinator.published("cache-service")).isEmpty();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
