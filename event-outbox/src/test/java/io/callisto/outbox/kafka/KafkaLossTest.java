package io.callisto.outbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.event.contract.EventType;
import io.callisto.ha.Lease;
import io.callisto.ha.Scope;
import io.callisto.ha.TestLeases;
import io.callisto.outbox.JdbcOutboxStore;
import io.callisto.outbox.OutboxEvent;
import io.callisto.outbox.relay.OutboxRelayDuty;
import io.callisto.outbox.relay.TestEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Three brokers, every record on all of them and acknowledged by two. */
class KafkaLossTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka(3);

    private static final String TOPIC = "POM.Default.JOB";

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private final List<String> written = new ArrayList<>();

    @Test
    @Requirement({"EV-3", "EV-5"})
    void one_broker_less_stops_nothing_and_two_less_only_delay() {
        KAFKA.createPositionTopic(1);
        KAFKA.createTopic(TOPIC, 1, Map.of());
        KafkaEventLog log = new KafkaEventLog(KAFKA.address(), () -> ProducerSettings.SAFE_FAST, System::nanoTime);
        Lease lease = new TestLeases(DB.dataSource()).takeOver(Scope.outbox(0));
        try (log;
                OutboxRelayDuty duty = RelayProcess.duty(DB.dataSource(), log, 20, new SimpleMeterRegistry())) {
            duty.takeOver(lease);
            write(50);
            drain(duty, lease);

            KAFKA.stop(0);
            write(50);
            drain(duty, lease);

            write(10);
            duty.doWork(lease);
            KAFKA.stop(1);
            write(200);
            for (int i = 0; i < 3; i++) {
                duty.doWork(lease);
            }
            assertThat(waiting()).as("two of three must have an event").isGreaterThanOrEqualTo(200);

            KAFKA.restart(1);
            drain(duty, lease);
            KAFKA.restart(0);
        }
        assertThat(KAFKA.read(TOPIC, "read_committed").stream().map(ConsumerRecord::value))
                .containsExactlyElementsOf(written);
    }

    private void write(int count) {
        List<OutboxEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(TestEvents.event(EventType.JOB, 0, "loss", written.size() + 1));
            written.add(events.get(i).payload());
        }
        new JdbcOutboxStore().write(jdbc, events);
    }

    private void drain(OutboxRelayDuty duty, Lease lease) {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (waiting() > 0) {
            duty.doWork(lease);
            assertThat(System.nanoTime() - end).as("time limit").isNegative();
        }
    }

    private int waiting() {
        return jdbc.sql("select count(*) from event_outbox")
                .query(Integer.class)
                .single();
    }
}
