package io.callisto.events.relay;

/**
 * How much waits.
 *
 * @param rows not published yet; counted to {@link JdbcOutboxStateStore#MOST_ROWS} only
 * @param oldestSeconds age of the oldest by the database's clock, 0 where none waits
 */
record OutboxState(long rows, double oldestSeconds) {
    static final OutboxState EMPTY = new OutboxState(0, 0);
}
