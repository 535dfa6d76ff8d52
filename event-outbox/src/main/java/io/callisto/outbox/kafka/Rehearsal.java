package io.callisto.outbox.kafka;

import io.callisto.outbox.relay.EventLogFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a takeover does, as far as that harms nobody: it connects, asks, and reads. Once it also initialises a
 * producer under a transactional id that means nothing, so that the code of it has been loaded when it counts. It sends
 * nothing: a record of a rehearsal that is killed would hold up the readers of the position.
 */
final class Rehearsal {
    private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);
    private static final String TRANSACTIONAL_ID = "callisto-outbox-rehearsal";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final KafkaAddress address;
    private final AtomicBoolean initialised = new AtomicBoolean();

    Rehearsal(KafkaAddress address) {
        this.address = address;
    }

    /**
     * @throws EventLogFailure where a takeover would not succeed now
     * @throws KafkaException the same
     */
    void run(KafkaClients clients, Map<String, Object> producerConfig) {
        if (!topics(clients.admin()).contains(PositionTopic.NAME)) {
            throw new EventLogFailure(
                    EventLogFailure.Kind.UNAVAILABLE,
                    "topic " + PositionTopic.NAME + " does not exist yet at Kafka " + address);
        }
        clients.positions().read(clients.admin());
        clients.producer().partitionsFor(PositionTopic.NAME);
        if (!initialised.getAndSet(true)) {
            initialise(producerConfig);
        }
    }

    private void initialise(Map<String, Object> producerConfig) {
        Map<String, Object> config = new HashMap<>(producerConfig);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, TRANSACTIONAL_ID);
        KafkaProducer<String, String> producer = new KafkaProducer<>(config);
        try {
            producer.initTransactions();
            producer.beginTransaction();
            producer.abortTransaction();
        } catch (KafkaException e) {
            // Another server rehearses at the same time, or may not use this id.
            log.atDebug().setCause(e).log("rehearsal of a transaction failed");
        } finally {
            producer.close(Duration.ZERO);
        }
    }

    private Set<String> topics(Admin admin) {
        try {
            return admin.listTopics(new ListTopicsOptions().timeoutMs(Math.toIntExact(LIMIT.toMillis())))
                    .names()
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new EventLogFailure(EventLogFailure.Kind.UNAVAILABLE, "listing the topics of Kafka " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventLogFailure(EventLogFailure.Kind.UNAVAILABLE, "interrupted", e);
        }
    }
}
