package io.callisto.outbox.kafka;

import io.callisto.domain.Ticker;
import io.callisto.outbox.relay.EventLog;
import io.callisto.outbox.relay.EventLogFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka as the event log. A session is a transactional producer whose transactional id is the shard's: opening one
 * fences every older producer of the shard and aborts or completes what it left. Thread-safe.
 */
public final class KafkaEventLog implements EventLog, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KafkaEventLog.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final KafkaAddress address;
    private final SettingsInForce settings;
    private final Ticker ticker;

    /** Rises when somebody says that the settings have changed. */
    private final AtomicInteger revision = new AtomicInteger();

    private final Rehearsal rehearsal;

    /** Clients that wait for a takeover, by shard. Whoever uses some takes them out. */
    private final Map<Integer, KafkaClients> standBys = new ConcurrentHashMap<>();

    /**
     * Connects to nothing yet.
     *
     * @param settings asked when a session is opened, and now and then while it lives
     */
    public KafkaEventLog(KafkaAddress address, ProducerSettingsSource settings, Ticker ticker) {
        this.address = address;
        this.settings = new SettingsInForce(settings);
        this.ticker = ticker;
        this.rehearsal = new Rehearsal(address);
    }

    /** The transactional id of a shard's producers. */
    public static String transactionalId(int shard) {
        return "callisto-outbox-" + shard;
    }

    /** Lets every session look at the settings again before its next batch. Only takes a note. */
    public void settingsChanged() {
        revision.incrementAndGet();
    }

    @Override
    public Session open(int shard) {
        long started = ticker.nanos();
        int seen = revision.get();
        ProducerSettings wanted = settings.choose();
        try {
            Session session = open(shard, wanted, seen, started);
            settings.proved(wanted);
            return session;
        } catch (EventLogFailure e) {
            if (e.kind() == EventLogFailure.Kind.FENCED) {
                throw e;
            }
            Optional<ProducerSettings> old = settings.failed(wanted);
            if (old.isEmpty()) {
                throw e;
            }
            Session session = open(shard, old.get(), seen, ticker.nanos());
            settings.refuse(wanted, e.getMessage());
            settings.proved(old.get());
            return session;
        }
    }

    private Session open(int shard, ProducerSettings wanted, int seen, long started) {
        long loaded = ticker.nanos();
        ProducerSettings.Effective effective = effective(shard, wanted);
        if (!effective.overridden().isEmpty()) {
            log.atWarn()
                    .addKeyValue("profile", wanted.profile())
                    .addKeyValue("ignored", effective.overridden())
                    .log("producer settings that would break exactly-once publishing are overridden");
        }
        String what = "opening a producer of profile " + wanted.profile() + " at Kafka " + address;
        boolean prepared = standBys.containsKey(shard);
        KafkaClients clients = clients(shard, effective.config(), what);
        boolean ready = false;
        try {
            long made = ticker.nanos();
            clients.producer().initTransactions();
            ready = true;
            log.atInfo()
                    .addKeyValue("shard", shard)
                    .addKeyValue("prepared", prepared)
                    .addKeyValue("settingsMillis", TimeUnit.NANOSECONDS.toMillis(loaded - started))
                    .addKeyValue("clientsMillis", TimeUnit.NANOSECONDS.toMillis(made - loaded))
                    .addKeyValue("initMillis", TimeUnit.NANOSECONDS.toMillis(ticker.nanos() - made))
                    .log("older sessions of the shard are ended");
            return new KafkaSession(shard, address, clients, outdated(shard, clients, seen));
        } catch (KafkaException e) {
            throw KafkaSession.failure(what, e);
        } finally {
            if (!ready) {
                clients.close();
            }
        }
    }

    /** Looks at the settings when they are said to have changed, and now and then in case nobody said so. */
    private BooleanSupplier outdated(int shard, KafkaClients clients, int seen) {
        AtomicInteger known = new AtomicInteger(seen);
        AtomicLong lookAt = new AtomicLong(ticker.nanos() + LOOK.toNanos());
        return () -> {
            int now = revision.get();
            if (now == known.get() && ticker.nanos() - lookAt.get() < 0) {
                return false;
            }
            known.set(now);
            lookAt.set(ticker.nanos() + LOOK.toNanos());
            return !clients.isFor(effective(shard, settings.choose()).config());
        };
    }

    /** Those that stand by, or new ones where there are none with these settings. */
    private KafkaClients clients(int shard, Map<String, Object> config, String what) {
        KafkaClients waiting = standBys.remove(shard);
        if (waiting != null && waiting.isFor(config)) {
            return waiting;
        }
        close(waiting);
        try {
            return KafkaClients.of(shard, address, config, ticker, LIMIT);
        } catch (KafkaException e) {
            throw KafkaSession.failure(what, e);
        }
    }

    private ProducerSettings.Effective effective(int shard, ProducerSettings wanted) {
        return wanted.effective(address.client(transactionalId(shard)), transactionalId(shard));
    }

    @Override
    public boolean standBy(int shard) {
        Map<String, Object> config = effective(shard, settings.choose()).config();
        boolean ready = false;
        try {
            KafkaClients clients = clients(shard, config, "standing by at Kafka " + address);
            try {
                rehearsal.run(clients, config);
                ready = true;
            } finally {
                close(ready ? standBys.put(shard, clients) : clients);
            }
        } catch (EventLogFailure | KafkaException e) {
            log.atDebug().setCause(e).addKeyValue("shard", shard).log("no stand-by now");
        }
        return ready;
    }

    private static void close(@Nullable KafkaClients clients) {
        if (clients != null) {
            clients.close();
        }
    }

    /** Lets the stand-bys go; sessions are their owners' to close. */
    @Override
    public void close() {
        standBys.keySet().forEach(shard -> close(standBys.remove(shard)));
    }
}
