package io.callisto.outbox.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.event.contract.EventType;
import io.callisto.ha.Lease;
import io.callisto.ha.Scope;
import io.callisto.ha.TestLeases;
import io.callisto.outbox.JdbcOutboxStore;
import io.callisto.outbox.OutboxEvent;
import io.callisto.outbox.relay.EventLog;
import io.callisto.outbox.relay.EventLogFailure;
import io.callisto.outbox.relay.LogRecord;
import io.callisto.outbox.relay.OutboxRelayDuty;
import io.callisto.outbox.relay.PoisonRow;
import io.callisto.outbox.relay.RowIds;
import io.callisto.outbox.relay.TestEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The relay on a real broker and a real database. */
class KafkaRelayTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka();

    private static final Logger log = LoggerFactory.getLogger(KafkaRelayTest.class);
    private static final int ORGANISATION = 0;

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());

    @BeforeAll
    static void topics() {
        KAFKA.createPositionTopic(8);
        KAFKA.createTopic("POM.Default.ATTEMPT", 1, Map.of());
        KAFKA.createTopic("POM.Default.JOB", 1, Map.of());
    }

    @BeforeEach
    void empty() {
        jdbc.sql("truncate event_outbox").update();
    }

    /** A JVM that publishes is killed twice in the midst of it; the third one finishes. */
    @Test
    @Requirement({"EV-1", "EV-2", "EV-5"})
    void every_event_arrives_once_and_in_order_although_the_publishing_process_is_killed() throws Exception {
        List<OutboxEvent> events = TestEvents.attempts(50, 120);
        new JdbcOutboxStore().write(jdbc, events);
        for (int left : List.of(5_000, 3_000)) {
            Process relay = startRelay(40);
            try {
                waitUntilWaiting(left, relay);
            } finally {
                relay.destroyForcibly();
                assertThat(relay.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(waiting()).as("the kill came in the midst of publishing").isPositive();
        }

        drain(1_000);

        List<ConsumerRecord<String, String>> seen = KAFKA.read("POM.Default.ATTEMPT", "read_committed");
        assertThat(seen.stream().map(ConsumerRecord::value))
                .containsExactlyElementsOf(
                        events.stream().map(OutboxEvent::payload).toList());
        assertThat(seen.stream().map(record -> header(record, "ce_id")))
                .containsExactlyElementsOf(
                        events.stream().map(event -> event.eventId().toString()).toList());
        assertThat(seen).allSatisfy(record -> assertThat(record.partition()).isZero());
        assertThat(waiting()).isZero();
    }

    @Test
    @Requirement("EV-2")
    void with_three_partitions_every_key_stays_in_one_of_them_and_in_order() {
        jdbc.sql("insert into organisation (organisation_id, name) values (6, 'Six') on conflict do nothing")
                .update();
        KAFKA.createTopic("POM.6.JOB", 3, Map.of());
        List<OutboxEvent> events = new ArrayList<>();
        for (int seq = 1; seq <= 40; seq++) {
            for (int key = 0; key < 12; key++) {
                events.add(TestEvents.event(EventType.JOB, 6, "key" + key, seq));
            }
        }
        new JdbcOutboxStore().write(jdbc, events);

        drain(50);

        List<ConsumerRecord<String, String>> seen = KAFKA.read("POM.6.JOB", "read_committed");
        assertThat(seen).hasSize(events.size());
        assertThat(seen.stream().map(ConsumerRecord::partition).distinct()).hasSize(3);
        for (int key = 0; key < 12; key++) {
            String name = "key" + key;
            List<ConsumerRecord<String, String>> mine =
                    seen.stream().filter(record -> record.key().equals(name)).toList();
            assertThat(mine.stream().map(ConsumerRecord::partition).distinct()).hasSize(1);
            assertThat(mine.stream().map(record -> header(record, "callisto_seq")))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 40)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    /** Written to the table as the administrator does; the relay that runs takes them between two batches. */
    @Test
    @Requirement({"EV-4", "EV-5"})
    void a_running_relay_takes_new_settings_without_losing_or_repeating_an_event_and_keeps_the_old_for_bad_ones() {
        KafkaEventLog kafka =
                new KafkaEventLog(KAFKA.address(), new JdbcProducerSettingsStore(DB.dataSource()), System::nanoTime);
        List<String> expected = new ArrayList<>();
        Lease lease = new TestLeases(DB.dataSource()).takeOver(Scope.outbox(0));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (kafka;
                OutboxRelayDuty duty = RelayProcess.duty(DB.dataSource(), kafka, 10, meters)) {
            duty.takeOver(lease);
            for (int round = 1; round <= 6; round++) {
                for (int seq = 1; seq <= 25; seq++) {
                    OutboxEvent event = TestEvents.event(EventType.JOB, ORGANISATION, "settings", round * 100 + seq);
                    new JdbcOutboxStore().write(jdbc, List.of(event));
                    expected.add(event.payload());
                    if (seq == 13) {
                        duty.doWork(lease);
                        change(round);
                        kafka.settingsChanged();
                    }
                }
                work(duty, lease);
                assertThat(sessions(meters)).as("after round %d", round).isEqualTo(SESSIONS.get(round - 1));
            }
        } finally {
            jdbc.sql("update pim_config set value = 'safe-fast' where name = 'KafkaProducerProfile'")
                    .update();
            jdbc.sql("delete from pim_kafka_producer_config where name in ('no.such.setting', 'buffer.memory')")
                    .update();
        }
        assertThat(keyed("settings")).containsExactlyElementsOf(expected);
    }

    /** Sessions after each round of the test of settings: those of bad settings are none. */
    private static final List<Integer> SESSIONS = List.of(2, 2, 2, 3, 3, 4);

    private void change(int round) {
        String profile = "update pim_config set value = '%s' where name = 'KafkaProducerProfile'";
        String insert = "insert into pim_kafka_producer_config (profile, name, value) values ('pom', '%s', '%s')";
        jdbc.sql(
                        switch (round) {
                            case 1 -> profile.formatted("pom");
                            case 2 -> insert.formatted("no.such.setting", "1"); // refused
                            case 3 -> profile.formatted("nobody"); // refused
                            case 4 -> profile.formatted("safe-fast");
                            case 5 -> profile.formatted("safe-fast"); // nothing new
                            default -> insert.replace("'pom'", "'safe-fast'").formatted("buffer.memory", "16777216");
                        })
                .update();
    }

    private void work(OutboxRelayDuty duty, Lease lease) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (waiting() > 0 && System.nanoTime() - end < 0) {
            duty.doWork(lease);
        }
        assertThat(waiting()).isZero();
    }

    private static int sessions(SimpleMeterRegistry meters) {
        return (int) meters.get("callisto.events.log.sessions").counter().count();
    }

    @Test
    void many_events_are_published_in_few_large_transactions() {
        int count = 20_000;
        List<OutboxEvent> events = new ArrayList<>();
        for (int seq = 1; seq <= count; seq++) {
            OutboxEvent small = TestEvents.event(EventType.JOB, ORGANISATION, "many", seq);
            events.add(new OutboxEvent(
                    small.eventId(),
                    small.type(),
                    small.organisationId(),
                    small.recordKey(),
                    small.aggregateId(),
                    seq,
                    7,
                    "{\"n\":" + seq + ",\"text\":\"" + "callisto ".repeat(45) + "\"}",
                    small.occurredAt()));
        }
        new JdbcOutboxStore().write(jdbc, events);
        long start = System.nanoTime();

        drain(2_000);

        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        log.atInfo()
                .addKeyValue("events", count)
                .addKeyValue("millis", millis)
                .addKeyValue("perSecond", count * 1000L / millis)
                .log("published");
        assertThat(KAFKA.read("POM.Default.JOB", "read_committed").stream()
                        .filter(record -> record.key().equals("many"))
                        .map(ConsumerRecord::value))
                .containsExactlyElementsOf(
                        events.stream().map(OutboxEvent::payload).toList());
    }

    @Test
    @Requirement("EV-5")
    void a_second_session_fences_the_first_and_reads_its_last_position() {
        EventLog kafka = kafka(KAFKA.address());
        RowIds first = RowIds.of(LongStream.rangeClosed(1, 3));
        try (EventLog.Session old = kafka.open(3)) {
            assertThat(old.position()).isEqualTo(RowIds.NONE);
            assertThat(old.publish(List.of(record(1, "POM.Default.JOB", "fence")), first, 1))
                    .isEqualTo(EventLog.Outcome.COMMITTED);
            try (EventLog.Session young = kafka.open(3)) {
                assertThat(young.position()).isEqualTo(first);

                assertThatThrownBy(() -> old.publish(
                                List.of(record(2, "POM.Default.JOB", "fence")), RowIds.of(LongStream.of(9)), 1))
                        .isInstanceOfSatisfying(
                                EventLogFailure.class,
                                failure -> assertThat(failure.kind()).isEqualTo(EventLogFailure.Kind.FENCED));

                assertThat(young.position()).isEqualTo(first);
                assertThat(young.publish(
                                List.of(record(3, "POM.Default.JOB", "fence")), RowIds.of(LongStream.of(4)), 2))
                        .isEqualTo(EventLog.Outcome.COMMITTED);
            }
        }
        assertThat(keyed("fence")).containsExactly("row 1", "row 3");
    }

    @Test
    void the_newest_position_is_found_behind_many_older_and_aborted_ones() {
        EventLog kafka = kafka(KAFKA.address());
        try (EventLog.Session session = kafka.open(4)) {
            for (int i = 1; i <= 30; i++) {
                assertThat(session.publish(List.of(), RowIds.of(LongStream.of(i)), 1))
                        .isEqualTo(EventLog.Outcome.COMMITTED);
            }
        }
        for (int i = 0; i < 40; i++) {
            try (EventLog.Session session = kafka.open(4)) {
                LogRecord refused = new LogRecord(99, "POM.Default.JOB", "k", "x".repeat(2_000_000), Map.of());
                assertThat(session.publish(List.of(record(1, "POM.Default.JOB", "aborted"), refused), RowIds.NONE, 1))
                        .isEqualTo(new EventLog.Outcome(PoisonRow.Reason.TOO_LARGE, 99));
            }
        }
        try (EventLog.Session session = kafka.open(4)) {
            assertThat(session.position()).isEqualTo(RowIds.of(LongStream.of(30)));
        }
        assertThat(keyed("aborted")).isEmpty();
    }

    /**
     * The broker refuses it, and Kafka's client then fails innocent records of the same transaction with the same
     * error.
     */
    @Test
    void an_event_that_the_topic_refuses_as_too_large_is_put_aside_alone() {
        jdbc.sql("insert into organisation (organisation_id, name) values (5, 'Five') on conflict do nothing")
                .update();
        KAFKA.createTopic("POM.5.JOB", 1, Map.of("max.message.bytes", "2000"));
        byte[] noise = new byte[6_000];
        new Random(1).nextBytes(noise);
        String large = "\"" + Base64.getEncoder().encodeToString(noise) + "\"";
        List<OutboxEvent> events = new ArrayList<>();
        for (int seq = 1; seq <= 20; seq++) {
            events.add(TestEvents.event(EventType.JOB, 5, "large", seq));
        }
        new JdbcOutboxStore().write(jdbc, events);
        jdbc.sql("update event_outbox set payload = :large where aggregate_seq in (8, 15)")
                .param("large", large)
                .update();

        drain(100);

        assertThat(KAFKA.read("POM.5.JOB", "read_committed").stream().map(record -> header(record, "callisto_seq")))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20)
                        .filter(seq -> seq != 8 && seq != 15)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(jdbc.sql("select aggregate_seq from event_outbox_quarantine where organisation_id = 5 order by 1")
                        .query(Integer.class)
                        .list())
                .containsExactly(8, 15);
    }

    @Test
    void topics_that_do_not_exist_are_named() {
        try (EventLog.Session session = kafka(KAFKA.address()).open(6)) {
            assertThat(session.missing(Set.of("POM.Default.JOB", "POM.77.JOB"))).containsExactly("POM.77.JOB");
        }
    }

    @Test
    void kafka_that_cannot_be_reached_is_named_with_its_address() {
        ProducerSettingsSource impatient = () -> new ProducerSettings("test", Map.of("max.block.ms", "500"));
        EventLog nowhere = new KafkaEventLog(new KafkaAddress("127.0.0.1:1"), impatient, System::nanoTime);

        assertThatThrownBy(() -> nowhere.open(0))
                .isInstanceOf(EventLogFailure.class)
                .hasMessageContaining("127.0.0.1:1");
    }

    private static EventLog kafka(KafkaAddress address) {
        return new KafkaEventLog(address, new JdbcProducerSettingsStore(DB.dataSource()), System::nanoTime);
    }

    private static LogRecord record(long row, String topic, String key) {
        return new LogRecord(row, topic, key, "row " + row, Map.of("ce_id", "e" + row));
    }

    private static List<String> keyed(String key) {
        return KAFKA.read("POM.Default.JOB", "read_committed").stream()
                .filter(record -> record.key().equals(key))
                .map(ConsumerRecord::value)
                .toList();
    }

    private void drain(int batchRows) {
        Lease lease = new TestLeases(DB.dataSource()).takeOver(Scope.outbox(0));
        try (OutboxRelayDuty duty = RelayProcess.duty(DB.dataSource(), KAFKA.address(), batchRows)) {
            duty.takeOver(lease);
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (waiting() > 0 && System.nanoTime() - end < 0) {
                while (duty.doWork(lease) > 0) {
                    Thread.onSpinWait();
                }
            }
        }
        assertThat(waiting()).isZero();
    }

    private int waiting() {
        return jdbc.sql("select count(*) from event_outbox")
                .query(Integer.class)
                .single();
    }

    private void waitUntilWaiting(int rows, Process relay) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (waiting() > rows) {
            assertThat(relay.isAlive()).as("the relay's process lives").isTrue();
            assertThat(System.nanoTime() - end).as("time limit").isNegative();
        }
    }

    private static Process startRelay(int batchRows) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RelayProcess.class.getName(),
                        DB.jdbcUrl(),
                        DB.user(),
                        DB.password(),
                        KAFKA.bootstrapServers(),
                        Integer.toString(batchRows))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
