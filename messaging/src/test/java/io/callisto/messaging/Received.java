package io.callisto.messaging;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * A message as a consumer sees it.
 *
 * @param epoch property of that name; 0 where it has none
 */
public record Received(String duplicateId, String group, String body, boolean repeated, long epoch) {

    /** Takes everything that waits in the queue. */
    public static List<Received> all(String url, String queue) throws JMSException {
        List<Received> all = new ArrayList<>();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
                Connection connection = factory.createConnection()) {
            connection.start();
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            for (TextMessage message = (TextMessage) consumer.receive(2_000);
                    message != null;
                    message = (TextMessage) consumer.receive(300)) {
                all.add(new Received(
                        message.getStringProperty("_AMQ_DUPL_ID"),
                        message.getStringProperty("JMSXGroupID"),
                        message.getText(),
                        message.getBooleanProperty(OutgoingMessage.REPEATED),
                        message.propertyExists("callistoEpoch") ? message.getLongProperty("callistoEpoch") : 0));
            }
        }
        return all;
    }
}
