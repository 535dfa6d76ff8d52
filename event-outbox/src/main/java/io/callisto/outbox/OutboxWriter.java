package io.callisto.outbox;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes events into the outbox, in the caller's transaction. Thread-safe. */
public interface OutboxWriter {
    /**
     * Inserts the events with one statement; they are published after, and only if, the transaction commits.
     *
     * @param jdbc in the transaction that changes the state which the events tell
     */
    void write(JdbcClient jdbc, List<OutboxEvent> events);
}
