package io.callisto.outbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.domain.Requirement;
import io.callisto.outbox.relay.EventLog;
import io.callisto.outbox.relay.EventLogFailure;
import io.callisto.outbox.relay.LogRecord;
import io.callisto.outbox.relay.RowIds;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a relay may do before it owns its shard. */
class RelayStandByTest {
    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka();

    private static final String TOPIC = "POM.Default.JOB";

    @Test
    @Requirement("EV-5")
    void a_stand_by_takes_no_right_from_the_owner_and_is_what_the_next_session_is_made_of() {
        KafkaEventLog waiting = eventLog("waits");
        assertThat(waiting.standBy(0)).as("without the position topic").isFalse();
        KAFKA.createPositionTopic(1);
        KAFKA.createTopic(TOPIC, 1, Map.of());
        try (KafkaEventLog owning = eventLog("owns");
                EventLog.Session owner = owning.open(0)) {
            assertThat(waiting.standBy(0)).isTrue();
            publish(owner, 1);
            assertThat(waiting.standBy(0)).as("again").isTrue();
            publish(owner, 2);

            try (EventLog.Session successor = waiting.open(0)) {
                assertThat(successor.position()).isEqualTo(RowIds.of(LongStream.of(2)));
                publish(successor, 3);
                assertThatThrownBy(() -> publish(owner, 4))
                        .isInstanceOfSatisfying(
                                EventLogFailure.class,
                                failure -> assertThat(failure.kind()).isEqualTo(EventLogFailure.Kind.FENCED));
            }
        } finally {
            waiting.close();
        }
        assertThat(KAFKA.read(TOPIC, "read_committed"))
                .extracting(ConsumerRecord::value)
                .containsExactly("1", "2", "3");
    }

    private static KafkaEventLog eventLog(String profile) {
        ProducerSettings settings = new ProducerSettings(profile, Map.of("retry.backoff.ms", "50"));
        return new KafkaEventLog(KAFKA.address(), () -> settings, System::nanoTime);
    }

    private static void publish(EventLog.Session session, long row) {
        LogRecord event = new LogRecord(row, TOPIC, "stand-by", Long.toString(row), Map.of());
        assertThat(session.publish(List.of(event), RowIds.of(LongStream.of(row)), row))
                .isEqualTo(EventLog.Outcome.COMMITTED);
    }
}
