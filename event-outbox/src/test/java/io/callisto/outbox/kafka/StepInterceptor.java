package io.callisto.outbox.kafka;

import io.callisto.outbox.relay.Steps;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Tells of the steps inside of a transaction, on the relay's thread: its beginning, and when everything but the
 * position has reached the broker. Made by Kafka.
 */
public final class StepInterceptor implements ProducerInterceptor<String, String> {
    static final String STEPS = "callisto.test.steps";
    static final String PRODUCER = "callisto.test.producer";

    private @Nullable Steps steps;
    private @Nullable AtomicReference<?> producer;

    @Override
    public void configure(Map<String, ?> configs) {
        steps = (Steps) configs.get(STEPS);
        producer = (AtomicReference<?>) configs.get(PRODUCER);
    }

    @Override
    public ProducerRecord<String, String> onSend(ProducerRecord<String, String> message) {
        if (steps == null || producer == null) {
            throw new AssertionError("not configured");
        }
        if (!message.topic().equals(PositionTopic.NAME)) {
            steps.reached("begun, before a record");
        } else {
            ((KafkaProducer<?, ?>) Objects.requireNonNull(producer.get())).flush();
            steps.reached("records sent, before the position");
        }
        return message;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
        // Kafka's thread.
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
