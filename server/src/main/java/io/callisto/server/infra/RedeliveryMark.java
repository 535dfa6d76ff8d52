package io.callisto.server.infra;

import org.apache.activemq.artemis.core.server.ActivateCallback;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;

/**
 * Marks each message that was on the store when the broker became live as one that may have been delivered before. The
 * broker before it may have died between a delivery and the writing of that delivery, or with an acknowledgement that
 * it had not written yet: nobody can tell such messages from new ones, and a mark that is sometimes needless is what
 * JMS allows, a missing one is not (MQ-2).
 */
final class RedeliveryMark implements ActiveMQServerMessagePlugin {
    private volatile long firstOwnMessage = Long.MAX_VALUE;

    @Override
    public void registered(ActiveMQServer server) {
        server.registerActivateCallback(new ActivateCallback() {
            @Override
            public void activated() {
                // Ids rise over the lives of the store, which has been read by now.
                firstOwnMessage = server.getStorageManager().generateID();
            }
        });
    }

    @Override
    public void beforeDeliver(ServerConsumer consumer, MessageReference reference) {
        if (reference.getDeliveryCount() <= 1 && reference.getMessageID() < firstOwnMessage) {
            reference.incrementDeliveryCount();
        }
    }
}
