package io.callisto.messaging;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Over JMS. Every send, or the commit of several, returns only once the broker has stored it. */
final class JmsOrderedSender implements OrderedSender {
    /** The broker's own name of the property by which it drops repeats. */
    static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    private static final Logger log = LoggerFactory.getLogger(JmsOrderedSender.class);

    /** Sessions of one connection: one that commits, one in which each send stands for itself. */
    private record Link(Connection connection, Outlet together, Outlet singly) {}

    private record Outlet(Session session, MessageProducer producer) {}

    private final Brokers brokers;
    private final String queue;
    private final Duration timeToLive;
    private @Nullable Link link;
    private volatile boolean broken;

    JmsOrderedSender(Brokers brokers, String queue, Duration timeToLive) {
        this.brokers = brokers;
        this.queue = queue;
        this.timeToLive = timeToLive;
    }

    @Override
    public void connect() {
        linked();
    }

    @Override
    public void sendTogether(List<OutgoingMessage> messages) {
        Outlet outlet = linked().together();
        try {
            send(outlet, messages);
            outlet.session().commit();
        } catch (JMSException failed) {
            throw lost("commit of " + messages.size() + " messages to " + queue, failed);
        }
    }

    @Override
    public void sendSingly(List<OutgoingMessage> messages) {
        Outlet outlet = linked().singly();
        try {
            send(outlet, messages);
        } catch (JMSException failed) {
            throw lost("sending to " + queue, failed);
        }
    }

    private static void send(Outlet outlet, List<OutgoingMessage> messages) throws JMSException {
        for (OutgoingMessage message : messages) {
            TextMessage text = outlet.session().createTextMessage(message.body());
            text.setStringProperty(DUPLICATE_ID, message.duplicateId());
            text.setStringProperty("JMSXGroupID", message.group());
            text.setBooleanProperty(OutgoingMessage.REPEATED, message.repeated());
            for (Map.Entry<String, String> property : message.texts().entrySet()) {
                text.setStringProperty(property.getKey(), property.getValue());
            }
            for (Map.Entry<String, Long> property : message.numbers().entrySet()) {
                text.setLongProperty(property.getKey(), property.getValue());
            }
            outlet.producer().send(text);
        }
    }

    private Link linked() {
        Link current = link;
        if (current != null && !broken) {
            return current;
        }
        close();
        broken = false;
        Connection connection = null;
        try {
            connection = brokers.connect(failure -> broken = true);
            Link made = new Link(connection, outlet(connection, true), outlet(connection, false));
            link = made;
            return made;
        } catch (JMSException failed) {
            close(connection);
            throw new BrokerUnavailable("no broker of " + brokers + ": " + failed.getMessage(), failed);
        }
    }

    private Outlet outlet(Connection connection, boolean transacted) throws JMSException {
        Session session = connection.createSession(
                transacted, transacted ? Session.SESSION_TRANSACTED : Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = session.createProducer(session.createQueue(queue));
        producer.setDeliveryMode(DeliveryMode.PERSISTENT);
        producer.setTimeToLive(timeToLive.toMillis());
        return new Outlet(session, producer);
    }

    private BrokerUnavailable lost(String what, JMSException failed) {
        // Also where the connection still stands: a session that failed to commit is not worth trusting.
        close();
        return new BrokerUnavailable(what + " failed: " + failed.getMessage(), failed);
    }

    @Override
    public void close() {
        Link last = link;
        link = null;
        if (last != null) {
            close(last.connection());
        }
    }

    private static void close(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (JMSException failed) {
            log.atDebug().setCause(failed).log("connection to the broker did not close cleanly");
        }
    }
}
