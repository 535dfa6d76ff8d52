package io.callisto.outbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.event.contract.EventType;
import io.callisto.ha.Fenced;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.ha.Scope;
import io.callisto.ha.TestLeases;
import io.callisto.outbox.JdbcOutboxStore;
import io.callisto.outbox.OutboxEvent;
import io.callisto.outbox.relay.Gathering;
import io.callisto.outbox.relay.JdbcRelayStore;
import io.callisto.outbox.relay.OutboxRelayDuty;
import io.callisto.outbox.relay.RelayMetrics;
import io.callisto.outbox.relay.RelaySettings;
import io.callisto.outbox.relay.SteppedStore;
import io.callisto.outbox.relay.Steps;
import io.callisto.outbox.relay.TestEvents;
import io.callisto.outbox.relay.TopicNames;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The steps that a crash or a freeze can cut, on a real broker and a real database. */
class KafkaCutsTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka();

    private static final String JOB = "POM.Default.JOB";
    private static final String OLD_JOB = "Default_POM_JOB";
    private static final int BATCH = 2;
    private static final int EVENTS = 3;

    private static final List<SteppedKafkaLog> LOGS = new ArrayList<>();

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private final Steps steps = new Steps();

    @BeforeAll
    static void topics() {
        KAFKA.createPositionTopic(1);
        KAFKA.createTopic(JOB, 3, Map.of());
        KAFKA.createTopic(OLD_JOB, 1, Map.of());
    }

    @AfterAll
    static void end() {
        LOGS.forEach(SteppedKafkaLog::close);
        LOGS.clear();
    }

    @Test
    @Requirement({"EV-1", "EV-5"})
    void a_crash_at_any_step_leaves_every_event_in_both_topics_once_and_in_order() {
        Set<String> cut = new LinkedHashSet<>();
        boolean crashed = true;
        for (int step = 0; crashed; step++) {
            List<String> payloads = write("crash-" + step);
            steps.at(step, () -> {
                throw new Steps.Crash();
            });
            crashed = crashes();
            if (crashed) {
                List<String> seen = steps.seen();
                cut.add(seen.get(seen.size() - 1));
            }
            drain(claim());
            assertOnce("crash-" + step, payloads);
        }
        assertThat(cut)
                .contains(
                        "before open",
                        "after open",
                        "before position",
                        "after position",
                        "before begin",
                        "begun, before a record",
                        "records sent, before the position",
                        "committed, not deleted",
                        "before delete and select",
                        "after delete and select",
                        "before delete",
                        "after delete");
    }

    private boolean crashes() {
        try {
            drain(claim());
            return false;
        } catch (Steps.Crash expected) {
            return true;
        } finally {
            steps.disarm();
        }
    }

    /** At one step after the other a successor takes over and finishes; then the old relay goes on. */
    @Test
    @Requirement({"EV-1", "EV-5"})
    void a_relay_that_wakes_up_at_any_step_after_its_successor_finished_publishes_nothing_more() {
        int woken = 0;
        AtomicBoolean tookOver = new AtomicBoolean(true);
        for (int step = 0; tookOver.get(); step++) {
            List<String> payloads = write("freeze-" + step);
            tookOver.set(false);
            steps.at(step, () -> {
                tookOver.set(true);
                drain(claim());
            });
            goOn(claim());
            steps.disarm();
            drain(claim());
            assertOnce("freeze-" + step, payloads);
            woken += tookOver.get() ? 1 : 0;
        }
        assertThat(woken).isGreaterThan(15);
    }

    private void goOn(Lease old) {
        try {
            drain(old);
        } catch (Fenced expected) {
            assertThat(expected.epoch()).isEqualTo(old.epoch());
        }
    }

    private List<String> write(String key) {
        List<OutboxEvent> events = new ArrayList<>();
        for (int seq = 1; seq <= EVENTS; seq++) {
            events.add(TestEvents.event(EventType.JOB, 0, key, seq));
        }
        new JdbcOutboxStore().write(jdbc, events);
        return events.stream().map(OutboxEvent::payload).toList();
    }

    private Lease claim() {
        return new TestLeases(DB.dataSource()).takeOver(Scope.outbox(0));
    }

    private void drain(Lease lease) {
        SteppedKafkaLog log = new SteppedKafkaLog(KAFKA.address(), steps);
        LOGS.add(log);
        OutboxRelayDuty duty = new OutboxRelayDuty(
                0,
                new SteppedStore(
                        new JdbcRelayStore(new FencedTransaction(DB.dataSource(), TestLeases.TICKER), 0), steps),
                log,
                new RelaySettings(BATCH, Duration.ofMillis(1), Duration.ofMillis(1), TopicNames.BOTH, Duration.ZERO),
                new RelayMetrics(new SimpleMeterRegistry(), 0, Gathering.of(Duration.ZERO)),
                System::nanoTime);
        duty.takeOver(lease);
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        do {
            duty.doWork(lease);
            assertThat(System.nanoTime() - end).as("time limit").isNegative();
        } while (waiting() > 0);
    }

    private int waiting() {
        return jdbc.sql("select count(*) from event_outbox")
                .query(Integer.class)
                .single();
    }

    private void assertOnce(String key, List<String> payloads) {
        assertThat(keyed(JOB, key)).as(key).isEqualTo(payloads);
        assertThat(keyed(OLD_JOB, key)).as(key).isEqualTo(payloads);
        assertThat(waiting()).isZero();
        end();
    }

    private static List<String> keyed(String topic, String key) {
        return KAFKA.read(topic, "read_committed").stream()
                .filter(message -> message.key().equals(key))
                .map(ConsumerRecord::value)
                .toList();
    }
}
