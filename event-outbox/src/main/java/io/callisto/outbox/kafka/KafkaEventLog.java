package io.callisto.outbox.kafka;

import io.callisto.domain.Ticker;
import io.callisto.outbox.relay.EventLog;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka as the event log. A session is a transactional producer whose transactional id is the shard's: opening one
 * fences every older producer of the shard and aborts or completes what it left. Thread-safe.
 */
public final class KafkaEventLog implements EventLog {
    private static final Logger log = LoggerFactory.getLogger(KafkaEventLog.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final KafkaAddress address;
    private final ProducerSettingsSource settings;
    private final Ticker ticker;

    /**
     * Connects to nothing yet.
     *
     * @param settings asked when a session is opened
     */
    public KafkaEventLog(KafkaAddress address, ProducerSettingsSource settings, Ticker ticker) {
        this.address = address;
        this.settings = settings;
        this.ticker = ticker;
    }

    /** The transactional id of a shard's producers. */
    public static String transactionalId(int shard) {
        return "callisto-outbox-" + shard;
    }

    @Override
    public Session open(int shard) {
        ProducerSettings wanted = settings.load();
        ProducerSettings.Effective effective =
                wanted.effective(address.client(transactionalId(shard)), transactionalId(shard));
        if (!effective.overridden().isEmpty()) {
            log.atWarn()
                    .addKeyValue("profile", wanted.profile())
                    .addKeyValue("ignored", effective.overridden())
                    .log("producer settings that are unknown, or would break exactly-once publishing, are ignored");
        }
        String what = "opening a producer of profile " + wanted.profile() + " at Kafka " + address;
        Clients clients = new Clients();
        boolean ready = false;
        try {
            Admin admin = clients.admin(address.client("callisto-outbox-admin-" + shard));
            KafkaProducer<String, String> producer = clients.producer(effective.config());
            producer.initTransactions();
            ready = true;
            return new KafkaSession(shard, address, producer, admin, new PositionReader(address, ticker, LIMIT));
        } catch (KafkaException e) {
            throw KafkaSession.failure(what, e);
        } finally {
            if (!ready) {
                clients.close();
            }
        }
    }

    /** Clients that are made one by one and must all go when one of them fails. */
    private static final class Clients {
        private @Nullable Admin admin;
        private @Nullable KafkaProducer<String, String> producer;

        Admin admin(Map<String, Object> config) {
            Admin made = Admin.create(config);
            admin = made;
            return made;
        }

        KafkaProducer<String, String> producer(Map<String, Object> config) {
            config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "5");
            KafkaProducer<String, String> made = new KafkaProducer<>(config);
            producer = made;
            return made;
        }

        void close() {
            if (producer != null) {
                producer.close(Duration.ZERO);
            }
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        }
    }
}
