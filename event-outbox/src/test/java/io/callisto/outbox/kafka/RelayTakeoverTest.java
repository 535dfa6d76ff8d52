package io.callisto.outbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.outbox.relay.EventLog;
import io.callisto.outbox.relay.LogRecord;
import io.callisto.outbox.relay.RowIds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A relay that died in the midst of a transaction must not hold up its successor. */
class RelayTakeoverTest {
    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka();

    private static final Logger log = LoggerFactory.getLogger(RelayTakeoverTest.class);
    private static final String TOPIC = "POM.Default.JOB";

    /** Kafka would abort the dead one's transaction by itself after this. */
    private static final Duration TRANSACTION_TIMEOUT =
            Duration.ofMillis(Long.parseLong(ProducerSettings.TRANSACTION_TIMEOUT_MILLIS));

    @Test
    @Requirement("EV-5")
    void a_successor_publishes_long_before_the_transaction_of_the_dead_one_would_time_out() {
        KAFKA.createPositionTopic(1);
        KAFKA.createTopic(TOPIC, 1, Map.of());
        ProducerSettings settings = new ProducerSettings("default", Map.of());
        EventLog kafka = new KafkaEventLog(KAFKA.address(), () -> settings, System::nanoTime);
        // The first use of Kafka's transactions in this JVM and broker costs seconds that are no takeover.
        kafka.open(0).close();
        Duration fastest = Duration.ofDays(1);
        for (int takeover = 1; takeover <= 3; takeover++) {
            try (KafkaProducer<String, String> dead = new KafkaProducer<>(
                    settings.effective(KAFKA.address().client("dead"), KafkaEventLog.transactionalId(0))
                            .config())) {
                dead.initTransactions();
                dead.beginTransaction();
                var unused = dead.send(new ProducerRecord<>(TOPIC, "dead", "half"));
                dead.flush();

                long started = System.nanoTime();
                try (EventLog.Session successor = kafka.open(0)) {
                    successor.position();
                    LogRecord event = new LogRecord(takeover, TOPIC, "alive", "whole", Map.of());
                    assertThat(successor.publish(List.of(event), RowIds.of(LongStream.of(takeover)), takeover))
                            .isEqualTo(EventLog.Outcome.COMMITTED);
                }
                Duration took = Duration.ofNanos(System.nanoTime() - started);
                log.atInfo().addKeyValue("millis", took.toMillis()).log("relay took over");
                fastest = took.compareTo(fastest) < 0 ? took : fastest;
                // As a dead process: its open transaction is nobody's to commit or abort.
                dead.close(Duration.ZERO);
            }
        }
        // The fastest: one that had to wait for the timeout would always have to, whatever else the machine does.
        assertThat(fastest).isLessThan(TRANSACTION_TIMEOUT.dividedBy(2));
        assertThat(KAFKA.read(TOPIC, "read_committed"))
                .hasSize(3)
                .allMatch(message -> message.value().equals("whole"));
    }
}
