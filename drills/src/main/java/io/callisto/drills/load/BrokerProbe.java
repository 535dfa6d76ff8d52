package io.callisto.drills.load;

import io.callisto.drills.history.Violation;
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
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * Sends a durable message every 50 ms and receives it: the send returns when the broker has it on its store. A message
 * that was taken must come out; a repeated one must be marked.
 */
public final class BrokerProbe implements Probe {
    private static final Duration PERIOD = Duration.ofMillis(50);
    private static final long RECEIVE_MILLIS = 1_000;
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(20);
    private static final long RETRY_MILLIS = 10;
    /** As the product's: a frozen broker's host still accepts connections, and only time tells that nobody answers. */
    private static final long CALL_MILLIS = 2_000;

    private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    private final String url;
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
        this.url = url;
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
            try (ActiveMQConnectionFactory factory = factory();
                    Connection connection = factory.createConnection();
                    Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE)) {
                connection.start();
                exchange(session);
            } catch (JMSException away) {
                LockSupport.parkNanos(PERIOD.toNanos());
            }
        }
    }

    /**
     * Connections that break, as the product's own do: one that moves to the next broker by itself sends what was under
     * way again, under the old session's numbers, and may then wait in vain for an answer.
     */
    private ActiveMQConnectionFactory factory() {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
        factory.setReconnectAttempts(0);
        factory.setInitialConnectAttempts(1);
        factory.setRetryInterval(RETRY_MILLIS);
        factory.setCallTimeout(CALL_MILLIS);
        factory.setConnectionTTL(CALL_MILLIS);
        factory.setClientFailureCheckPeriod(CALL_MILLIS / 4);
        factory.setUseTopologyForLoadBalancing(false);
        return factory;
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
