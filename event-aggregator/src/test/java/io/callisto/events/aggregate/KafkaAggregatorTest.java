package io.callisto.events.aggregate;

import static io.callisto.events.aggregate.Story.agent;
import static io.callisto.events.aggregate.Story.attempt;
import static io.callisto.events.aggregate.Story.id;
import static io.callisto.events.aggregate.Story.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventHeaders;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.TopicNaming;
import io.callisto.ha.Fenced;
import io.callisto.ha.Lease;
import io.callisto.outbox.kafka.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The aggregator on a real broker and a real database. */
@Requirement("EV-6")
class KafkaAggregatorTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka();

    private static final Logger log = LoggerFactory.getLogger(KafkaAggregatorTest.class);
    private static final TopicPartition ATTEMPTS = new TopicPartition("POM.Default.ATTEMPT", 0);

    private final EventJson json = new EventJson();
    private TopicNaming naming = TopicNaming.POM_4;
    private final AggregatorRig rig = new AggregatorRig(
            DB.dataSource(), shard -> new KafkaEventSource(KAFKA.address(), naming, "aggregator-test-" + shard, 500));

    @BeforeEach
    void nothing() throws Exception {
        rig.forgetAll();
        try (Admin admin = KAFKA.admin()) {
            Set<String> there = admin.listTopics().names().get();
            admin.deleteTopics(there).all().get();
        }
        create(TopicNaming.POM_4);
    }

    private static void create(TopicNaming naming) {
        for (EventType type : EventType.values()) {
            KAFKA.createTopic(naming.topic(type, 0), 1, Map.of());
        }
    }

    private KafkaProducer<String, String> producer(String transactionalId) {
        KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", KAFKA.bootstrapServers(), "transactional.id", transactionalId),
                new StringSerializer(),
                new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    private void send(KafkaProducer<String, String> producer, List<? extends CallistoEvent> events) {
        for (CallistoEvent event : events) {
            ProducerRecord<String, String> record = new ProducerRecord<>(
                    naming.topic(event.eventType(), event.organisationId()), event.key(), json.write(event));
            record.headers()
                    .add(EventHeaders.TYPE, EventHeaders.type(event.eventType()).getBytes(StandardCharsets.UTF_8));
            var unused = producer.send(record);
        }
    }

    /** In one transaction, as the relay does. */
    private void publish(List<? extends CallistoEvent> events) {
        try (KafkaProducer<String, String> producer = producer("test-relay")) {
            producer.beginTransaction();
            send(producer, events);
            producer.commitTransaction();
        }
    }

    private void publish(CallistoEvent... events) {
        publish(List.of(events));
    }

    private static List<CallistoEvent> call(String name, long millis) {
        return List.of(
                attempt(name, 1, "RESERVED", null, millis),
                attempt(name, 2, "DIALING", null, millis + 10),
                attempt(name, 3, "COMPLETED", "Busy", millis + 20));
    }

    private void workUntilTold(int results) {
        try (AggregatorDuty duty = rig.duty(0)) {
            Lease lease = rig.lease(0);
            duty.takeOver(lease);
            rig.workUntil(duty, lease, all -> all.results().size() >= results && all.quiet());
        }
    }

    @Test
    void committed_events_are_joined_and_aborted_ones_are_not() {
        publish(job(Story.JOB, 1, "RUNNING", 0));
        try (KafkaProducer<String, String> producer = producer("aborting")) {
            producer.beginTransaction();
            send(producer, call("aborted", 0));
            producer.flush();
            producer.abortTransaction();
        }
        publish(call("a", 100));
        publish(attempt("b", 1, "RESERVED", null, 200), attempt("b", 2, "ANSWERED", null, 210));
        publish(agent("amy", 1, "TALKING", "b", null, 215), agent("amy", 2, "WRAPUP", "b", null, 230));
        publish(attempt("b", 3, "COMPLETED", "Call_Disconnected", 230));
        publish(agent("amy", 3, "IDLE", null, "Sold", 300));

        workUntilTold(2);

        assertThat(rig.codes()).containsExactly("Busy", "Sold");
        assertThat(rig.results()).allSatisfy(result -> {
            assertThat(result.seq()).isEqualTo(1);
            assertThat(result.campaignName()).isEqualTo(Story.CAMPAIGN);
        });
    }

    /** The old owner's consumer lives on, as after a freeze: it reads, and is refused. */
    @Test
    @Requirement("EV-6")
    void a_stand_by_takes_over_from_an_owner_whose_consumer_is_still_alive() {
        publish(job(Story.JOB, 1, "RUNNING", 0));
        List<CallistoEvent> first = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            first.addAll(call("first" + i, i * 100L));
        }
        publish(first);
        try (AggregatorDuty zombie = rig.duty(0);
                AggregatorDuty successor = rig.duty(0)) {
            Lease old = rig.lease(0);
            zombie.takeOver(old);
            rig.workUntil(zombie, old, all -> all.results().size() == 50);
            assertThat(rig.sources().standBy(0)).isTrue();
            publish(call("late", 10_000));

            long start = System.nanoTime();
            Lease young = rig.lease(0);
            successor.takeOver(young);
            long ready = System.nanoTime();
            while (!successor.firstWorkDone(0)) {
                successor.doWork(young);
            }
            long read = System.nanoTime();
            while (rig.results().size() < 51) {
                successor.doWork(young);
            }
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            log.atInfo()
                    .addKeyValue("readyMillis", Duration.ofNanos(ready - start).toMillis())
                    .addKeyValue("readMillis", Duration.ofNanos(read - start).toMillis())
                    .addKeyValue("toldMillis", millis)
                    .log("aggregator took over");
            assertThat(millis).isLessThan(3_000);

            assertThatThrownBy(() -> rig.workUntil(zombie, old, all -> false)).isInstanceOf(Fenced.class);
            rig.workUntil(successor, young, AggregatorRig::quiet);
        }
        assertThat(rig.results()).hasSize(51);
        assertThat(rig.attempts()).hasSize(51).contains(id("late"));
    }

    @Test
    void an_owner_that_dies_between_reading_and_booking_loses_nothing_and_tells_nothing_twice() {
        publish(job(Story.JOB, 1, "RUNNING", 0));
        List<CallistoEvent> all = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            all.addAll(call("c" + i, i * 100L));
        }
        publish(all);
        for (int death = 0; death < 5; death++) {
            try (AggregatorDuty duty = rig.duty(0)) {
                Lease lease = rig.lease(0);
                duty.takeOver(lease);
                for (int i = 0; i < death; i++) {
                    duty.doWork(lease);
                }
                rig.lease(0);
                assertThatThrownBy(() -> rig.workUntil(duty, lease, never -> false))
                        .isInstanceOf(Fenced.class);
            }
        }

        workUntilTold(400);

        assertThat(rig.results()).hasSize(400);
        assertThat(rig.attempts()).hasSize(400);
    }

    @Test
    void what_retention_deletes_unread_is_counted() throws Exception {
        publish(job(Story.JOB, 1, "RUNNING", 0));
        publish(call("a", 0));
        workUntilTold(1);
        publish(call("b", 100));
        publish(call("c", 200));
        try (Admin admin = KAFKA.admin()) {
            // a: 0 to 2, end of transaction: 3, b: 4 to 6
            admin.deleteRecords(Map.of(ATTEMPTS, RecordsToDelete.beforeOffset(6)))
                    .all()
                    .get();
        }

        workUntilTold(3);

        assertThat(rig.last(id("b")).reservedAt()).isNull();
        assertThat(rig.meters.get("callisto.aggregator.missed").counter().count())
                .isPositive();
    }

    @Test
    void a_topic_that_is_made_anew_is_read_from_its_beginning() throws Exception {
        publish(job(Story.JOB, 1, "RUNNING", 0));
        publish(call("a", 0));
        publish(call("b", 100));
        workUntilTold(2);
        try (Admin admin = KAFKA.admin()) {
            admin.deleteTopics(List.of(ATTEMPTS.topic())).all().get();
        }
        KAFKA.createTopic(ATTEMPTS.topic(), 1, Map.of());
        publish(call("c", 200));

        workUntilTold(3);

        assertThat(rig.attempts()).contains(id("c"));
        assertThat(rig.results()).hasSize(3);
        assertThat(rig.meters
                        .get("callisto.aggregator.gaps")
                        .tag("reason", "ANEW")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void topics_may_get_other_names() {
        create(TopicNaming.POM_3);
        publish(job(Story.JOB, 1, "RUNNING", 0));
        publish(call("a", 0));
        workUntilTold(1);
        // For a time everything is published under both names.
        List<CallistoEvent> both = call("b", 100);
        publish(both);
        naming = TopicNaming.POM_3;
        publish(job(Story.JOB, 1, "RUNNING", 0));
        publish(call("a", 0));
        publish(both);

        workUntilTold(2);
        publish(call("c", 200));
        workUntilTold(3);

        assertThat(rig.attempts()).containsExactlyInAnyOrder(id("a"), id("b"), id("c"));
        assertThat(rig.results()).hasSize(3);
    }

    @Test
    void a_rebuild_from_the_log_tells_nothing_twice() {
        publish(job(Story.JOB, 1, "RUNNING", 0));
        List<CallistoEvent> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.addAll(call("r" + i, i * 100L));
        }
        publish(all);
        workUntilTold(100);
        publish(rig.results().subList(0, 60));
        rig.jdbc
                .sql("delete from event_outbox where id in (select id from event_outbox order by id limit 60)")
                .update();
        publish(call("new", 50_000));
        rig.order("aggregator/0", "REBUILD");

        workUntilTold(41);

        assertThat(rig.results()).hasSize(41);
        assertThat(rig.attempts()).contains(id("new"));
    }

    @Test
    void records_of_strangers_are_put_aside() {
        publish(job(Story.JOB, 1, "RUNNING", 0));
        try (KafkaProducer<String, String> producer = producer("stranger")) {
            producer.beginTransaction();
            var unused = producer.send(new ProducerRecord<>(ATTEMPTS.topic(), "k", "hello"));
            var unused2 = producer.send(new ProducerRecord<>(ATTEMPTS.topic(), "k", null));
            producer.commitTransaction();
        }
        publish(call("a", 0));

        workUntilTold(1);

        assertThat(rig.jdbc
                        .sql("select topic || '-' || partition || '@' || record_offset from aggregator_quarantine"
                                + " order by record_offset")
                        .query(String.class)
                        .list())
                .containsExactly("POM.Default.ATTEMPT-0@0", "POM.Default.ATTEMPT-0@1");
    }
}
