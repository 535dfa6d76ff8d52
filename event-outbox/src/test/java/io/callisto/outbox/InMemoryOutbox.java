package io.callisto.outbox;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An outbox in a list, for tests of writers. It knows nothing of transactions: what a test rolls back stays here.
 * Thread-safe.
 */
public final class InMemoryOutbox implements OutboxWriter {
    private final List<OutboxEvent> events = new ArrayList<>();

    @Override
    public synchronized void write(JdbcClient jdbc, List<OutboxEvent> added) {
        events.addAll(added);
    }

    /** All events so far, in the order of writing. */
    public synchronized List<OutboxEvent> events() {
        return List.copyOf(events);
    }

    /** Forgets all events. */
    public synchronized void clear() {
        events.clear();
    }
}
