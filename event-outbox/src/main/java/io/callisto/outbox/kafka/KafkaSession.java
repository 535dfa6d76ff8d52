package io.callisto.outbox.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callisto.outbox.relay.EventLog;
import io.callisto.outbox.relay.EventLogFailure;
import io.callisto.outbox.relay.LogRecord;
import io.callisto.outbox.relay.PoisonRow;
import io.callisto.outbox.relay.RowIds;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** One producer's time. Used by the relay's thread; Kafka's own thread only fills the two error fields. */
final class KafkaSession implements EventLog.Session {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final int shard;
    private final KafkaAddress address;
    private final KafkaClients clients;
    private final KafkaProducer<String, String> producer;
    private final Admin admin;
    private final PositionReader positions;
    private final BooleanSupplier outdated;
    private final Set<String> knownTopics = new HashSet<>();

    /**
     * @param clients whose producer is initialised; the session's from now on
     * @param outdated whether they should be others by now
     */
    KafkaSession(int shard, KafkaAddress address, KafkaClients clients, BooleanSupplier outdated) {
        this.shard = shard;
        this.address = address;
        this.clients = clients;
        this.producer = clients.producer();
        this.admin = clients.admin();
        this.positions = clients.positions();
        this.outdated = outdated;
    }

    @Override
    public RowIds position() {
        if (!topicExists(PositionTopic.NAME)) {
            throw new EventLogFailure(
                    EventLogFailure.Kind.UNAVAILABLE,
                    "topic " + PositionTopic.NAME + " does not exist yet at Kafka " + address);
        }
        return positions.read(admin);
    }

    @Override
    public Set<String> missing(Set<String> topics) {
        if (knownTopics.containsAll(topics)) {
            return Set.of();
        }
        Set<String> missing = new HashSet<>(topics);
        missing.removeAll(existing());
        return missing;
    }

    private boolean topicExists(String topic) {
        return existing().contains(topic);
    }

    private Set<String> existing() {
        try {
            Set<String> now = admin.listTopics(new ListTopicsOptions().timeoutMs(Math.toIntExact(LIMIT.toMillis())))
                    .names()
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            knownTopics.clear();
            knownTopics.addAll(now);
            return now;
        } catch (ExecutionException | TimeoutException e) {
            throw new EventLogFailure(EventLogFailure.Kind.UNAVAILABLE, "listing the topics of Kafka " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventLogFailure(EventLogFailure.Kind.UNAVAILABLE, "interrupted", e);
        }
    }

    @Override
    public boolean outdated() {
        return outdated.getAsBoolean();
    }

    @Override
    public EventLog.Outcome publish(List<LogRecord> records, RowIds position, long epoch) {
        Sending sending = new Sending(Thread.currentThread());
        try {
            producer.beginTransaction();
            sendAll(records, position, epoch, sending);
            producer.flush();
        } catch (KafkaException e) {
            sending.failed(-1, e);
        }
        Sending.Failure failed = sending.first.get();
        if (failed != null) {
            // Commit was not asked for, so nothing is published; the transaction is aborted when the next session
            // opens.
            return reason(failed.error())
                    .map(why -> new EventLog.Outcome(why, failed.culprit()))
                    .orElseThrow(() ->
                            failure("publishing " + records.size() + " events to Kafka " + address, failed.error()));
        }
        try {
            producer.commitTransaction();
            return EventLog.Outcome.COMMITTED;
        } catch (KafkaException e) {
            throw failure("committing " + records.size() + " events to Kafka " + address, e);
        }
    }

    private void sendAll(List<LogRecord> records, RowIds position, long epoch, Sending sending) {
        for (LogRecord event : records) {
            ProducerRecord<String, String> message =
                    new ProducerRecord<>(event.topic(), null, event.key(), event.value());
            event.headers().forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
            Future<RecordMetadata> unused =
                    producer.send(message, (metadata, error) -> sending.failed(event.rowId(), error));
            if (sending.first.get() != null) {
                return; // the transaction can only be aborted
            }
        }
        String value = PositionTopic.value(shard, epoch, position);
        Future<RecordMetadata> unused = producer.send(
                new ProducerRecord<>(PositionTopic.NAME, shard, PositionTopic.key(shard), value),
                (metadata, error) -> sending.failed(-1, error));
    }

    /**
     * The first failure of a transaction. Those after it are its consequences, whatever they say and of whichever row.
     */
    private static final class Sending {
        record Failure(Exception error, long culprit) {}

        final AtomicReference<@Nullable Failure> first = new AtomicReference<>();
        private final Thread sender;

        Sending(Thread sender) {
            this.sender = sender;
        }

        void failed(long row, @Nullable Exception error) {
            if (error != null) {
                // Only what send() itself refuses is certain. Kafka's thread fails whole batches, and all others with
                // them.
                long culprit = Thread.currentThread() == sender ? row : -1;
                first.compareAndSet(null, new Failure(error, culprit));
            }
        }
    }

    private static Optional<PoisonRow.Reason> reason(Exception error) {
        if (error instanceof RecordTooLargeException || error instanceof RecordBatchTooLargeException) {
            return Optional.of(PoisonRow.Reason.TOO_LARGE);
        }
        if (error instanceof InvalidTopicException
                || error instanceof SerializationException
                || error instanceof InvalidRecordException) {
            return Optional.of(PoisonRow.Reason.INVALID_RECORD);
        }
        return Optional.empty();
    }

    static EventLogFailure failure(String what, Exception cause) {
        for (Throwable error = cause; error != null; error = error.getCause()) {
            if (error instanceof ProducerFencedException
                    || error instanceof InvalidProducerEpochException
                    || error instanceof FencedInstanceIdException) {
                return new EventLogFailure(EventLogFailure.Kind.FENCED, what, cause);
            }
        }
        return new EventLogFailure(EventLogFailure.Kind.UNAVAILABLE, what, cause);
    }

    @Override
    public void close() {
        // Waiting would only delay the successor: its session aborts what is left of ours.
        clients.close();
    }
}
