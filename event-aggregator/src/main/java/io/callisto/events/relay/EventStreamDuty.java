package io.callisto.events.relay;

import io.callisto.domain.Ticker;
import io.callisto.events.topics.TopicKeeper;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The work of {@code outbox/{shard}}: the relay and, for shard 0, first of all the topics. Used by the role's thread
 * only.
 */
final class EventStreamDuty implements RoleDuty {
    /** After a takeover events go first; what was new about the topics has waited for the last owner as well. */
    private static final Duration EVENTS_FIRST = Duration.ofSeconds(1);

    private final RoleDuty relay;
    private final @Nullable TopicKeeper topics;
    private final boolean logReady;
    private final IntSupplier organisationsRevision;
    private final long topicCheckNanos;
    private final Ticker ticker;
    private boolean relaying;
    private long topicsAt;
    private int organisationsSeen;

    /**
     * @param topics null for shards other than 0
     * @param logReady whether the log is known to have all that the relay itself needs
     * @param organisationsRevision rises when organisations come or go
     * @param topicCheck time between two looks at the organisations when nobody says that they have changed
     */
    EventStreamDuty(
            RoleDuty relay,
            @Nullable TopicKeeper topics,
            boolean logReady,
            IntSupplier organisationsRevision,
            Duration topicCheck,
            Ticker ticker) {
        this.relay = relay;
        this.topics = topics;
        this.logReady = logReady;
        this.organisationsRevision = organisationsRevision;
        this.topicCheckNanos = topicCheck.toNanos();
        this.ticker = ticker;
    }

    @Override
    public void takeOver(Lease lease) {
        organisationsSeen = organisationsRevision.getAsInt();
        if (logReady) {
            relaying = true;
            relay.takeOver(lease);
            topicsAt = ticker.nanos() + EVENTS_FIRST.toNanos();
            return;
        }
        topicsAt = ticker.nanos();
        ready(lease);
    }

    @Override
    public int doWork(Lease lease) {
        return ready(lease) ? relay.doWork(lease) : 0;
    }

    @Override
    public String firstWork() {
        return relay.firstWork();
    }

    @Override
    public boolean firstWorkDone(int done) {
        return relay.firstWorkDone(done);
    }

    private boolean ready(Lease lease) {
        if (topics != null && topicsDue()) {
            boolean there = topics.check();
            topicsAt = ticker.nanos() + topicCheckNanos;
            if (!there && !relaying) {
                return false;
            }
        } else if (topics != null && !relaying) {
            return false;
        }
        if (!relaying) {
            relaying = true;
            relay.takeOver(lease);
        }
        return true;
    }

    private boolean topicsDue() {
        int now = organisationsRevision.getAsInt();
        boolean changed = now != organisationsSeen;
        organisationsSeen = now;
        return changed || ticker.nanos() - topicsAt >= 0;
    }

    @Override
    public void close() {
        try {
            relay.close();
        } finally {
            if (topics != null) {
                topics.close();
            }
        }
    }
}
