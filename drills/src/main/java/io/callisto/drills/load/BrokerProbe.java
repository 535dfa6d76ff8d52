package io.callisto.drills.load;

import io.callisto.drills.history.Violation;
import io.callisto.messaging.BrokerProperties;
import io.callisto.messaging.Brokers;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends a durable message every 50 ms and receives it, over connections as the product's own: the send returns when the
 * broker has it on its store. A message that was taken must come out; a repeated one must be marked.
 */
public final class BrokerProbe implements Probe {
    private static final Duration PERIOD = Duration.ofMillis(50);
    private static final long RECEIVE_MILLIS = 1_000;
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(20);
    /** The product's own limit for a broker that does not answer. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    private final Brokers brokers;
    private final String queue;
    private final java.util.Queue<Instant> successes = new ConcurrentLinkedQueue<>();
    private final MessageLedger ledger = new MessageLedger();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param url JMS address of all brokers
     * @param queue new
     */
    public BrokerProbe(String url, String queue) {
        this.brokers = new Brokers(url, new BrokerProperties(url, SILENCE, SILENCE));
        this.queue = queue;
        this.thread = new Thread(this::work, "drill-broker-probe");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public String name() {
        return "broker";
    }

    @Override
    public List<Instant> successesSince(Instant since) {
        return successes.stream().filter(at -> !at.isBefore(since)).toList();
    }

    @Override
    public List<Violation> verdict() {
        Patience.until(DRAIN_LIMIT, ledger::empty);
        close();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return ledger.verdict();
    }

    @Override
    public void close() {
        closed = true;
    }

    private void work() {
        while (!closed) {
            try (Connection connection = brokers.connect(broken -> {});
                    Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE)) {
                exchange(session);
            } catch (JMSException away) {
                LockSupport.parkNanos(PERIOD.toNanos());
            }
        }
    }

    private void exchange(Session session) throws JMSException {
        Queue destination = session.createQueue(queue);
        try (MessageProducer producer = session.createProducer(destination);
                MessageConsumer consumer = session.createConsumer(destination)) {
            while (!closed) {
                int number = ledger.next();
                TextMessage message = session.createTextMessage(Integer.toString(number));
                message.setStringProperty(DUPLICATE_ID, queue + "-" + number);
                producer.send(message);
                ledger.sent(number);
                receive(consumer);
                LockSupport.parkNanos(PERIOD.toNanos());
            }
        }
    }

    /** Takes what is there, at most until nothing is missing: a failover may have left earlier messages. */
    private void receive(MessageConsumer consumer) throws JMSException {
        do {
            if (!(consumer.receive(RECEIVE_MILLIS) instanceof TextMessage text)) {
                return;
            }
            boolean redelivered = text.getJMSRedelivered();
            text.acknowledge();
            ledger.received(Integer.parseInt(text.getText()), redelivered);
            successes.add(Instant.now());
        } while (!ledger.empty());
    }
}
