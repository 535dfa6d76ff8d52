package io.callisto.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Wake-ups over topic {@value #TOPIC}: one thread and one connection per JVM. Messages are neither kept nor repeated:
 * while no broker is there they are dropped. Listeners of this JVM hear at once, without the broker.
 */
final class JmsWakeUpsRunner implements WakeUps, AutoCloseable {
    static final String TOPIC = "callisto.wake-up";

    private static final Logger log = LoggerFactory.getLogger(JmsWakeUpsRunner.class);
    private static final int MOST_WAITING = 1_000;
    private static final long TIME_TO_LIVE_MILLIS = 5_000;
    private static final long FIRST_BACK_OFF_MILLIS = 100;
    private static final long LONGEST_BACK_OFF_MILLIS = 200;
    private static final long STOP_MILLIS = 3_000;
    /** Ends the waiting for something to send. */
    private static final String NOTHING = "";

    private final Brokers brokers;
    private final WakeUpMetrics metrics;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> outgoing = new ArrayBlockingQueue<>(MOST_WAITING);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean connected;
    private volatile boolean broken;
    private boolean toldAbsence;

    JmsWakeUpsRunner(Brokers brokers, MeterRegistry registry) {
        this.brokers = brokers;
        this.metrics = new WakeUpMetrics(registry, () -> connected);
        this.thread = new Thread(this::run, "wake-ups");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void wake(String scope) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            tell(scope);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                tell(scope);
            }
        });
    }

    private void tell(String scope) {
        hear(scope);
        if (!connected || !outgoing.offer(scope)) {
            metrics.dropped();
        }
    }

    @Override
    public Subscription onWakeUp(Consumer<String> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Whether a broker is there. */
    boolean connected() {
        return connected;
    }

    private void run() {
        long backOff = FIRST_BACK_OFF_MILLIS;
        while (closed.getCount() > 0) {
            if (converse()) {
                backOff = FIRST_BACK_OFF_MILLIS;
            }
            outgoing.clear();
            try {
                if (closed.await(backOff, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
            backOff = Math.min(backOff * 2, LONGEST_BACK_OFF_MILLIS);
        }
    }

    /** Connects, and sends until the connection breaks. Answers whether there was one. */
    private boolean converse() {
        broken = false;
        boolean wasConnected = false;
        Connection connection = null;
        try {
            connection = brokers.connect(failure -> breakOff());
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            Topic topic = session.createTopic(TOPIC);
            // A session is for one thread: the listener has its own.
            Session listening = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            listening.createConsumer(topic, null, true).setMessageListener(this::received);
            MessageProducer producer = producer(session, topic);
            wasConnected = true;
            connected = true;
            toldAbsence = false;
            log.atInfo().log("message broker is there");
            hear(NOTHING);
            send(session, producer);
        } catch (JMSException | RuntimeException failed) {
            if (!toldAbsence && closed.getCount() > 0) {
                toldAbsence = true;
                log.atWarn()
                        .addKeyValue("brokers", brokers)
                        .addKeyValue("reason", failed.toString())
                        .log("no message broker: wake-ups go by the database alone");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            connected = false;
            close(connection);
        }
        return wasConnected;
    }

    private static MessageProducer producer(Session session, Topic topic) throws JMSException {
        MessageProducer producer = session.createProducer(topic);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        producer.setTimeToLive(TIME_TO_LIVE_MILLIS);
        producer.setDisableMessageID(true);
        return producer;
    }

    private void send(Session session, MessageProducer producer) throws JMSException, InterruptedException {
        while (!broken && closed.getCount() > 0) {
            String scope = outgoing.take();
            if (!scope.equals(NOTHING)) {
                producer.send(session.createTextMessage(scope));
                metrics.sent();
            }
        }
    }

    private void breakOff() {
        broken = true;
        connected = false;
        outgoing.clear();
        outgoing.add(NOTHING);
    }

    private void received(Message message) {
        try {
            if (message instanceof TextMessage text && text.getText() != null) {
                metrics.received();
                hear(text.getText());
            }
        } catch (JMSException unreadable) {
            log.atDebug().setCause(unreadable).log("wake-up cannot be read");
        }
    }

    private void hear(String scope) {
        for (Consumer<String> listener : listeners) {
            try {
                listener.accept(scope);
            } catch (RuntimeException failed) {
                log.atWarn().setCause(failed).addKeyValue("scope", scope).log("a listener for wake-ups failed");
            }
        }
    }

    private void close(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (JMSException | RuntimeException failed) {
            log.atDebug().setCause(failed).log("connection to the broker did not close cleanly");
        }
    }

    @Override
    public void close() {
        closed.countDown();
        breakOff();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            thread.interrupt();
        }
    }
}
