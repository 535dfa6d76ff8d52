package io.callisto.messaging;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes senders to the brokers of {@code callisto.broker.url}. Thread-safe. */
public final class OrderedSenders {
    private final @Nullable Brokers brokers;

    OrderedSenders(@Nullable Brokers brokers) {
        this.brokers = brokers;
    }

    /**
     * A sender to a queue, not connected yet; empty where no broker is configured.
     *
     * @param timeToLive the broker drops what nobody has taken by then
     */
    public Optional<OrderedSender> to(String queue, Duration timeToLive) {
        return brokers == null ? Optional.empty() : Optional.of(new JmsOrderedSender(brokers, queue, timeToLive));
    }
}
