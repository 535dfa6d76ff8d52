package io.callisto.outbox.kafka;

import io.callisto.outbox.relay.EventLog;
import io.callisto.outbox.relay.LogRecord;
import io.callisto.outbox.relay.RowIds;
import io.callisto.outbox.relay.Steps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;

/** The real sessions on a real broker, telling of every step. What a crash leaves open is closed at the end only. */
final class SteppedKafkaLog implements EventLog, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final KafkaAddress address;
    private final Steps steps;
    private final List<KafkaClients> opened = new ArrayList<>();

    SteppedKafkaLog(KafkaAddress address, Steps steps) {
        this.address = address;
        this.steps = steps;
    }

    @Override
    public Session open(int shard) {
        steps.reached("before open");
        String id = KafkaEventLog.transactionalId(shard);
        Map<String, Object> config =
                ProducerSettings.SAFE_FAST.effective(address.client(id), id).config();
        AtomicReference<KafkaProducer<String, String>> producer = new AtomicReference<>();
        config.put(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, StepInterceptor.class.getName());
        config.put(StepInterceptor.STEPS, steps);
        config.put(StepInterceptor.PRODUCER, producer);
        KafkaClients clients = KafkaClients.of(shard, address, config, System::nanoTime, LIMIT);
        producer.set(clients.producer());
        synchronized (opened) {
            opened.add(clients);
        }
        try {
            clients.producer().initTransactions();
        } catch (KafkaException e) {
            throw KafkaSession.failure("opening", e);
        }
        steps.reached("after open");
        return new SteppedSession(new KafkaSession(shard, address, clients, () -> false));
    }

    @Override
    public void close() {
        opened.forEach(KafkaClients::close);
    }

    private final class SteppedSession implements Session {
        private final KafkaSession session;

        SteppedSession(KafkaSession session) {
            this.session = session;
        }

        @Override
        public RowIds position() {
            steps.reached("before position");
            RowIds rows = session.position();
            steps.reached("after position");
            return rows;
        }

        @Override
        public Set<String> missing(Set<String> topics) {
            return session.missing(topics);
        }

        @Override
        public Outcome publish(List<LogRecord> records, RowIds position, long epoch) {
            steps.reached("before begin");
            Outcome outcome = session.publish(records, position, epoch);
            steps.reached("committed, not deleted");
            return outcome;
        }

        /** As a dead process: it says goodbye to nobody. */
        @Override
        public void close() {
            steps.reached("closed");
        }
    }
}
