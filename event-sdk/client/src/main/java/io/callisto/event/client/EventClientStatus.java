package io.callisto.event.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a client is, at one moment. Cheap: nothing is asked over the network.
 *
 * @param state what it does
 * @param site the site that it follows; null before it has found one
 * @param sites all sites, in the order in which they were given
 * @param problem what is wrong and what to do; null where all is well
 * @param partitions how many partitions it reads
 * @param lag events to come, by topic
 * @param lastEventAt when the newest event that was dealt with had happened; null for none yet
 * @param lastHandledAt when a handler was done last; null for never
 * @param counts since the start
 */
public record EventClientStatus(
        State state,
        @Nullable String site,
        List<Site> sites,
        @Nullable String problem,
        int partitions,
        Map<String, Long> lag,
        @Nullable Instant lastEventAt,
        @Nullable Instant lastHandledAt,
        Counts counts) {
    public EventClientStatus {
        sites = List.copyOf(sites);
        lag = Map.copyOf(lag);
    }

    /** What a client does. */
    public enum State {
        /** Looking for a site, joining the group. */
        STARTING,
        /** Reading. */
        RUNNING,
        /** Between {@code pause} and {@code resume}. */
        PAUSED,
        /** Something is wrong; it tries again and again. */
        WAITING,
        /** Closed. */
        STOPPED,
        /** Stopped by the error handler, or by an error of the client. */
        FAILED
    }

    /**
     * One of the sites.
     *
     * @param name its name
     * @param reachable whether it answered when it was looked at last
     */
    public record Site(String name, boolean reachable) {}

    /**
     * Counts since the start.
     *
     * @param received records read
     * @param handled events that their handler was done with
     * @param duplicates events that were known already, not given to the handler
     * @param poison records that were no events
     * @param ignored records of types that this client does not know
     * @param failures how often a handler has thrown
     * @param skipped events left because the error handler said so
     * @param commits how often positions were kept
     * @param commitFailures how often that failed
     * @param siteSwitches how often the client went to another site
     */
    public record Counts(
            long received,
            long handled,
            long duplicates,
            long poison,
            long ignored,
            long failures,
            long skipped,
            long commits,
            long commitFailures,
            long siteSwitches) {}

    /** All topics together. */
    public long totalLag() {
        return lag.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether it reads, or would if it were not paused. */
    public boolean healthy() {
        return problem == null && (state == State.RUNNING || state == State.PAUSED);
    }
}
