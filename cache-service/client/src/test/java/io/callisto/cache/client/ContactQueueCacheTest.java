package io.callisto.cache.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.callisto.domain.ContactId;
import io.callisto.domain.JobId;
import io.callisto.domain.Requirement;
import io.callisto.domain.ZoneId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.ignite.Ignite;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class ContactQueueCacheTest {
    private static final JobId JOB = new JobId(7);
    private static final ZoneId ZONE = new ZoneId(0);
    private static final Instant DUE = Instant.parse("2027-01-01T10:00:00Z");

    @TempDir(cleanup = CleanupMode.NEVER)
    Path directory;

    private CacheCluster cluster;

    @BeforeEach
    void open() {
        cluster = new CacheCluster(directory);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    @Requirement("CS-1")
    void what_one_node_writes_every_node_reads_and_a_client_node_too() throws Exception {
        ContactQueueCache first = cluster.queueOn(cluster.server(0));
        ContactQueueCache second = cluster.queueOn(cluster.server(1));
        ContactQueueCache client = cluster.queueOn(cluster.client(2));

        first.offer(JOB, ZONE, contacts(1, 1_200, 3));
        assertThat(get(first.size(JOB))).isEqualTo(1_200);
        assertThat(get(second.size(JOB))).isEqualTo(1_200);
        assertThat(get(client.size(JOB))).isEqualTo(1_200);
        assertThat(get(second.find(JOB, new ContactId(1_200))))
                .contains(new ContactQueueCache.Entry(ZONE, contact(1_200, 3)));

        client.remove(
                JOB, LongStream.rangeClosed(1, 700).mapToObj(ContactId::new).toList());
        client.offer(new JobId(8), ZONE, contacts(1, 10, 1));
        assertThat(get(client.size(JOB))).isEqualTo(500);
        assertThat(get(first.find(JOB, new ContactId(700)))).isEmpty();
        client.clear(JOB);
        assertThat(get(client.size(JOB))).isZero();
        assertThat(get(first.size(new JobId(8)))).isEqualTo(10);
        assertThat(client.counters().dropped() + client.counters().failed()).isZero();
    }

    @Test
    void an_older_version_does_not_replace_a_newer_one() throws Exception {
        IgniteNode node = cluster.server(0);
        ContactQueueCache owner = cluster.queueOn(node);
        ContactQueueCache zombie = cluster.queueOn(node);
        owner.offer(JOB, ZONE, List.of(contact(1, 5)));
        assertThat(get(owner.size(JOB))).isEqualTo(1);
        zombie.offer(JOB, new ZoneId(1), List.of(contact(1, 4), contact(2, 1)));
        assertThat(get(zombie.find(JOB, new ContactId(1)))).contains(new ContactQueueCache.Entry(ZONE, contact(1, 5)));
        zombie.offer(JOB, new ZoneId(1), List.of(contact(1, 6)));
        assertThat(get(zombie.find(JOB, new ContactId(1))))
                .contains(new ContactQueueCache.Entry(new ZoneId(1), contact(1, 6)));

        CacheGeneration generation = new CacheGeneration(node, Duration.ofSeconds(5));
        assertThat(generation.read()).isEmpty();
        assertThat(generation.raise(9)).hasValue(9);
        assertThat(generation.raise(8)).hasValue(9);
        assertThat(generation.read()).hasValue(9);
    }

    @Test
    @Requirement("CS-3")
    void a_killed_node_takes_nothing_with_it_and_work_goes_on() throws Exception {
        Process victim = cluster.forkServer(1);
        IgniteNodeRunner survivor = cluster.server(0);
        ContactQueueCache cache = cluster.queueOn(survivor);
        ContactQueueCache client = cluster.queueOn(cluster.client(2));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> servers(survivor) == 2);
        client.offer(JOB, ZONE, contacts(1, 2_000, 1));
        assertThat(get(client.size(JOB))).isEqualTo(2_000);

        long killAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
        long until = killAt + TimeUnit.SECONDS.toNanos(3);
        long longest = 0;
        long last = System.nanoTime();
        for (int version = 2; System.nanoTime() < until; version++) {
            if (victim.isAlive() && System.nanoTime() >= killAt) {
                victim.destroyForcibly();
            }
            client.offer(JOB, ZONE, List.of(contact(1, version)));
            assertThat(get(client.find(JOB, new ContactId(1))))
                    .contains(new ContactQueueCache.Entry(ZONE, contact(1, version)));
            longest = Math.max(longest, System.nanoTime() - last);
            last = System.nanoTime();
        }
        assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(2));
        assertThat(get(cache.size(JOB))).isEqualTo(2_000);
        assertThat(servers(survivor)).isEqualTo(1);
        assertThat(client.counters().failed()).isZero();
    }

    @Test
    void with_the_cache_away_offers_are_dropped_and_counted_and_nobody_waits() {
        try (ContactQueueCache cache = new ContactQueueCache(Optional::empty, Duration.ofSeconds(5), 1_000)) {
            cache.offer(JOB, ZONE, contacts(1, 10_000, 1));
            Awaitility.await().until(() -> cache.counters().dropped() == 10_000);
            assertThat(cache.counters().written()).isZero();
            assertThat(cache.size(JOB))
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("away");
        }
    }

    @Test
    void with_the_cache_stuck_the_queue_fills_and_the_rest_is_dropped() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        IgniteNode hanging = () -> {
            Awaitility.await().forever().until(() -> stuck.getCount() == 0);
            return Optional.empty();
        };
        try (ContactQueueCache cache = new ContactQueueCache(hanging, Duration.ofSeconds(5), 1_000)) {
            long from = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                cache.offer(JOB, ZONE, contacts(1, 500, 1));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(2));
            assertThat(cache.counters().dropped()).isEqualTo(49_000);
            assertThat(cache.counters().waiting()).isEqualTo(1_000);
            stuck.countDown();
            Awaitility.await().until(() -> cache.counters().dropped() == 50_000);
            assertThat(cache.counters().waiting()).isZero();
        }
    }

    @Test
    void a_client_that_finds_no_server_holds_up_nobody_and_can_be_closed() {
        IgniteNodeRunner lonely = cluster.unstarted(0, CacheRole.CLIENT);
        long from = System.nanoTime();
        lonely.start();
        assertThat(lonely.ready()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(1));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().startsWith("tcp-client-disco")));
        lonely.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("ignite-node"));
    }

    @Test
    void a_node_that_stops_by_itself_comes_back() {
        IgniteNodeRunner node = cluster.server(0);
        Ignite first = node.ready().orElseThrow();
        org.apache.ignite.Ignition.stop(first.name(), true);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> node.ready().filter(again -> again != first).isPresent());
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        CacheProperties good = CacheCluster.properties(List.of("127.0.0.1:1"), CacheRole.SERVER, 0, 0, "x");
        assertThat(good.missingFor(CacheRole.SERVER)).contains("callisto.cache.port");
        assertThat(good.missingFor(CacheRole.CLIENT)).isEmpty();
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new CacheProperties(
                        true,
                        null,
                        List.of(),
                        0,
                        0,
                        null,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        1,
                        64))
                .withMessageContaining("failure-detection");
    }

    private static int servers(IgniteNode node) {
        return node.ready()
                .map(ignite -> ignite.cluster().forServers().nodes().size())
                .orElse(0);
    }

    private static List<QueuedContact> contacts(long first, long last, int version) {
        List<QueuedContact> contacts = new ArrayList<>();
        for (long id = first; id <= last; id++) {
            contacts.add(contact(id, version));
        }
        return contacts;
    }

    private static QueuedContact contact(long id, int version) {
        return new QueuedContact(new ContactId(id), version, 2, DUE);
    }

    private static <T> T get(CompletableFuture<T> answer) throws Exception {
        return answer.get(30, TimeUnit.SECONDS);
    }
}
