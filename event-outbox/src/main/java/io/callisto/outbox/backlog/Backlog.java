package io.callisto.outbox.backlog;

/**
 * What waits in the outbox.
 *
 * @param rows events; exact while they are few, else at most so many
 * @param oldestSeconds how long the oldest has waited, by the database's clock; 0 where none waits
 * @param late whether that is too long: the alarm
 * @param full whether there are so many that no job is started and nothing is dialed
 */
public record Backlog(long rows, double oldestSeconds, boolean late, boolean full) {
    /** Nothing waits. */
    public static final Backlog EMPTY = new Backlog(0, 0, false, false);
}
