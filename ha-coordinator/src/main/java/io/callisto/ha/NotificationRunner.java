package io.callisto.ha;

import io.callisto.domain.Ticker;
import io.callisto.ha.JdbcNotificationStore.Notification;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears NOTIFY on a connection and a thread of its own, so that waiting for messages never holds up a renewal. Messages
 * are hints: after each (re)connect every listener hears an empty one, because some may have been missed.
 */
final class NotificationRunner implements Runnable, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NotificationRunner.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration PING = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofMillis(500);

    /** Closing it ends the hearing. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    private final PostgresConnections connections;
    private final Ticker ticker;
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    NotificationRunner(PostgresConnections connections, Ticker ticker) {
        this.connections = connections;
        this.ticker = ticker;
    }

    /**
     * Adds a listener; thread-safe. A channel that is new is listened to a moment later, which is heard as an empty
     * message.
     */
    Subscription add(String channel, Consumer<String> listener) {
        if (!JdbcNotificationStore.isChannel(channel)) {
            throw new IllegalArgumentException("not a channel: '" + channel + "'");
        }
        List<Consumer<String>> hearing = listeners.computeIfAbsent(channel, name -> new CopyOnWriteArrayList<>());
        hearing.add(listener);
        return () -> hearing.remove(listener);
    }

    @Override
    public void run() {
        while (!stopped) {
            try (JdbcNotificationStore store = new JdbcNotificationStore(connections.open("callisto-listen"))) {
                listen(store);
            } catch (Exception e) {
                // The lease connection tells the operator about a database that is away.
                log.atDebug().addKeyValue("reason", e.getMessage()).log("cannot listen for notifications");
                pause();
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
    }

    private void listen(JdbcNotificationStore store) throws Exception {
        Set<String> channels = new HashSet<>();
        long nextPing = ticker.nanos() + PING.toNanos();
        while (!stopped) {
            for (String channel : listeners.keySet()) {
                if (channels.add(channel)) {
                    store.listen(channel);
                    tell(new Notification(channel, ""));
                }
            }
            store.await(POLL).forEach(this::tell);
            if (ticker.nanos() - nextPing >= 0) {
                store.ping();
                nextPing = ticker.nanos() + PING.toNanos();
            }
        }
    }

    private void tell(Notification message) {
        for (Consumer<String> listener : listeners.getOrDefault(message.channel(), List.of())) {
            try {
                listener.accept(message.payload());
            } catch (RuntimeException e) {
                log.atError()
                        .setCause(e)
                        .addKeyValue("channel", message.channel())
                        .log("a listener failed");
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
        } catch (InterruptedException e) {
            stopped = true;
        }
    }
}
