package io.callisto.events.topics;

/** Makes topic keepers: one for each ownership of {@code outbox/0}, closed with it. */
@FunctionalInterface
public interface TopicKeepers {
    /** A keeper that knows nothing yet. */
    TopicKeeper open();
}
