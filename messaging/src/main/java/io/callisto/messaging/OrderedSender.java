package io.callisto.messaging;

import java.util.List;

/** Sends durable messages to one queue, in order. Used by one thread at a time. */
public interface OrderedSender extends AutoCloseable {
    /**
     * Makes sure that there is a connection. What is sent over one that has just broken fails.
     *
     * @throws BrokerUnavailable where there is none
     */
    void connect();

    /**
     * Sends all of them or none. Not for messages that may have been sent before: one repeat makes the broker refuse
     * all.
     *
     * @throws BrokerUnavailable where it is not certain that they were taken; send them again, {@link #sendSingly}
     */
    void sendTogether(List<OutgoingMessage> messages);

    /**
     * Sends one after another; the broker drops those that it has seen.
     *
     * @throws BrokerUnavailable where it is not certain that all were taken; send them again
     */
    void sendSingly(List<OutgoingMessage> messages);

    @Override
    void close();
}
