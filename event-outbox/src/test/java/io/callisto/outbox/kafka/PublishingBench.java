package io.callisto.outbox.kafka;

import io.callisto.db.TestDatabase;
import io.callisto.event.contract.AttemptEvent;
import io.callisto.event.contract.EnrichedAttemptResultEvent;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventType;
import io.callisto.ha.Lease;
import io.callisto.ha.Scope;
import io.callisto.ha.TestLeases;
import io.callisto.outbox.JdbcOutboxStore;
import io.callisto.outbox.OutboxEvent;
import io.callisto.outbox.relay.OutboxRelayDuty;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Attempts at a steady rate through outbox, relay and log to a read-committed reader; then a backlog at full speed.
 * Prints latency, throughput and bytes per attempt. Run by hand: its name keeps it from being run as a test.
 *
 * <p>System properties: bench.gather (ms), .level (zstd), .batch (batch.size), .rate (attempts per second), .seconds,
 * .brokers.
 */
final class PublishingBench {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka(Integer.getInteger("bench.brokers", 3));

    private static final List<String> TOPICS = List.of("POM.Default.ATTEMPT", "POM.Default.ENRICHEDATTEMPTRESULT");
    private static final List<String> PHASES = List.of("RESERVED", "DIALING", "RINGING", "ANSWERED", "COMPLETED");
    private static final int TICK_MILLIS = 50;

    private static final Logger log = LoggerFactory.getLogger(PublishingBench.class);

    private final EventJson json = new EventJson();
    private final Random random = new Random(1);
    private final AtomicBoolean measuring = new AtomicBoolean(true);
    private final List<Long> latencies = new ArrayList<>();
    private final TestDatabase database = DB;
    private final TestKafka kafka = KAFKA;
    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private long contact;

    @Test
    void measure() throws Exception {
        run(
                Integer.getInteger("bench.gather", 20),
                System.getProperty("bench.level", "3"),
                System.getProperty("bench.batch", "16384"),
                Integer.getInteger("bench.rate", 300),
                Integer.getInteger("bench.seconds", 20));
    }

    private void run(int gather, String level, String batchSize, int rate, int seconds) throws Exception {
        kafka.createPositionTopic(1);
        TOPICS.forEach(topic -> kafka.createTopic(topic, 1, Map.of()));
        Map<String, String> settings = new HashMap<>(ProducerSettings.SAFE_FAST.values());
        settings.put("compression.zstd.level", level);
        settings.put("batch.size", batchSize);
        ProducerSettings producer = new ProducerSettings("bench", settings);
        KafkaEventLog eventLog = new KafkaEventLog(kafka.address(), () -> producer, System::nanoTime);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger notices = new AtomicInteger();
        Thread relay = daemon("relay", () -> relay(eventLog, gather, notices, stop));
        Thread reader = daemon("reader", () -> read(stop));

        write(rate, 5, notices); // warm-up
        await(notices);
        long before = bytes();
        long attemptsBefore = contact;
        synchronized (latencies) {
            latencies.clear();
        }
        write(rate, seconds, notices);
        await(notices);
        double perAttempt = (double) (bytes() - before) / (contact - attemptsBefore);
        long[] sorted;
        synchronized (latencies) {
            sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        }
        measuring.set(false);
        double full = fullSpeed(notices);
        stop.set(true);
        relay.join(20_000);
        reader.join(20_000);
        log.atInfo()
                .addKeyValue("gatherMillis", gather)
                .addKeyValue("level", level)
                .addKeyValue("batchSize", batchSize)
                .addKeyValue("attemptsPerSecond", rate)
                .addKeyValue("p50Millis", at(sorted, 0.5))
                .addKeyValue("p99Millis", at(sorted, 0.99))
                .addKeyValue("maxMillis", at(sorted, 1))
                .addKeyValue("bytesPerAttempt", Math.round(perAttempt))
                .addKeyValue("backlogEventsPerSecond", Math.round(full))
                .log("BENCH");
    }

    private static double at(long[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1, Math.round(sorted.length * quantile))] / 1e6;
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void relay(KafkaEventLog eventLog, int gather, AtomicInteger notices, AtomicBoolean stop) {
        Lease lease = new TestLeases(database.dataSource()).takeOver(Scope.outbox(0));
        try (OutboxRelayDuty duty =
                RelayProcess.duty(database.dataSource(), eventLog, 2_000, new SimpleMeterRegistry())) {
            duty.takeOver(lease);
            int seen = 0;
            while (!stop.get()) {
                int now = notices.get();
                if (now == seen) {
                    LockSupport.parkNanos(500_000);
                    continue;
                }
                LockSupport.parkNanos(Duration.ofMillis(gather).toNanos());
                seen = notices.get();
                while (duty.doWork(lease) > 0) {
                    seen = notices.get();
                }
            }
        }
    }

    /** Writes like a dialer: every 50 ms one transaction with the events of many attempts in their phases. */
    private void write(int rate, int seconds, AtomicInteger notices) {
        int perTick = Math.max(1, rate * TICK_MILLIS / 1_000);
        List<Attempt> live = new ArrayList<>();
        long start = System.nanoTime();
        long ticks = seconds * 1_000L / TICK_MILLIS;
        for (long tick = 0; tick < ticks + PHASES.size() + 1; tick++) {
            List<OutboxEvent> events = new ArrayList<>();
            if (tick < ticks) {
                for (int i = 0; i < perTick; i++) {
                    live.add(new Attempt(uuid(), ++contact));
                }
            }
            List<Attempt> going = new ArrayList<>();
            for (Attempt attempt : live) {
                if (!attempt.next(events)) {
                    going.add(attempt);
                }
            }
            live = going;
            new JdbcOutboxStore().write(jdbc, events);
            notices.incrementAndGet();
            long next = start + (tick + 1) * Duration.ofMillis(TICK_MILLIS).toNanos();
            while (System.nanoTime() - next < 0) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    /** An attempt that tells one phase after the other. */
    private final class Attempt {
        private final UUID attempt;
        private final long id;
        private final String phone;
        private int phase;

        Attempt(UUID attempt, long id) {
            this.attempt = attempt;
            this.id = id;
            this.phone = "+4930" + (10_000_000 + random.nextInt(89_999_999));
        }

        boolean next(List<OutboxEvent> events) {
            Instant at = Clock.systemUTC().instant();
            if (phase == PHASES.size()) {
                events.add(OutboxEvent.of(result(at), json));
                return true;
            }
            String name = PHASES.get(phase);
            phase++;
            events.add(OutboxEvent.of(
                    new AttemptEvent(
                            uuid(),
                            phase,
                            at,
                            0,
                            0,
                            attempt,
                            1,
                            1,
                            id,
                            "C" + id,
                            1,
                            1,
                            phone,
                            "phoneNumber1",
                            "VOICE",
                            name,
                            phase == PHASES.size() ? "Answer_Human" : null,
                            "g1",
                            1_099_511_627_777L),
                    json));
            return false;
        }

        private EnrichedAttemptResultEvent result(Instant at) {
            return new EnrichedAttemptResultEvent(
                    uuid(),
                    1,
                    at,
                    0,
                    0,
                    attempt,
                    1,
                    1,
                    1,
                    "Spring offer",
                    id,
                    "C" + id,
                    1,
                    phone,
                    "phoneNumber1",
                    "VOICE",
                    "g1",
                    "Answer_Human",
                    "Answer_Human",
                    at.minusMillis(250),
                    at.minusMillis(200),
                    at.minusMillis(150),
                    at.minusMillis(100),
                    at,
                    100L,
                    100L,
                    null,
                    null,
                    null,
                    null,
                    null,
                    1_099_511_627_778L);
        }
    }

    /** As the product makes them: ordered by time. */
    private UUID uuid() {
        long millis = Clock.systemUTC().millis();
        return new UUID(
                (millis << 16) | 0x7000 | random.nextInt(0x1000), (random.nextLong() & ~(1L << 62)) | (1L << 63));
    }

    private double fullSpeed(AtomicInteger notices) {
        int count = 60_000;
        List<OutboxEvent> events = new ArrayList<>();
        for (int i = 0; i < count / (PHASES.size() + 1); i++) {
            Attempt attempt = new Attempt(uuid(), ++contact);
            while (!attempt.next(events)) {
                Thread.onSpinWait();
            }
        }
        for (int i = 0; i < events.size(); i += 5_000) {
            new JdbcOutboxStore().write(jdbc, events.subList(i, Math.min(events.size(), i + 5_000)));
        }
        long start = System.nanoTime();
        await(notices);
        return events.size() * 1e9 / (System.nanoTime() - start);
    }

    private void await(AtomicInteger notices) {
        while (jdbc.sql("select exists (select from event_outbox)")
                .query(Boolean.class)
                .single()) {
            notices.incrementAndGet();
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private void read(AtomicBoolean stop) {
        Map<String, Object> config = kafka.address().client("reader");
        config.put("key.deserializer", StringDeserializer.class.getName());
        config.put("value.deserializer", StringDeserializer.class.getName());
        config.put("isolation.level", "read_committed");
        config.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(config)) {
            consumer.assign(
                    TOPICS.stream().map(topic -> new TopicPartition(topic, 0)).toList());
            while (!stop.get()) {
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(100))) {
                    if (measuring.get()) {
                        Instant at = json.read(type(message.topic()), message.value())
                                .at();
                        synchronized (latencies) {
                            latencies.add(Duration.between(at, Clock.systemUTC().instant())
                                    .toNanos());
                        }
                    }
                }
            }
        }
    }

    private static EventType type(String topic) {
        return Arrays.stream(EventType.values())
                .filter(type -> type.topic(0).equals(topic))
                .findFirst()
                .orElseThrow();
    }

    private long bytes() throws Exception {
        try (Admin admin = kafka.admin()) {
            List<Integer> ids = admin.describeCluster().nodes().get().stream()
                    .map(node -> node.id())
                    .toList();
            return admin.describeLogDirs(ids).allDescriptions().get().values().stream()
                    .flatMap(directories -> directories.values().stream())
                    .flatMapToLong(directory -> directory.replicaInfos().entrySet().stream()
                            .filter(entry -> TOPICS.contains(entry.getKey().topic()))
                            .flatMapToLong(
                                    entry -> LongStream.of(entry.getValue().size())))
                    .sum();
        }
    }
}
