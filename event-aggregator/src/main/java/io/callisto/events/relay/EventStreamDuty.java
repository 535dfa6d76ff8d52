package io.callisto.events.relay;

import io.callisto.domain.Ticker;
import io.callisto.events.topics.TopicKeeper;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The work of {@code outbox/{shard}}: the relay and, for shard 0, first of all the topics. Used by the role's thread
 * only.
 */
final class EventStreamDuty implements RoleDuty {
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** After a takeover events go first; what was new about the topics has waited for the last owner as well. */
    private static final Duration EVENTS_FIRST = Duration.ofSeconds(1);

    private final RoleDuty relay;
    private final @Nullable TopicKeeper topics;
    private final boolean logReady;
    private final Runnable showState;
    private final Runnable showNothing;
    private final long topicCheckNanos;
    private final Ticker ticker;
    private boolean relaying;
    private long topicsAt;
    private long lookAt;

    /**
     * @param topics null for shards other than 0
     * @param logReady whether the log is known to have all that the relay itself needs
     * @param showState reads and shows what waits
     * @param showNothing called at the end
     */
    EventStreamDuty(
            RoleDuty relay,
            @Nullable TopicKeeper topics,
            boolean logReady,
            Runnable showState,
            Runnable showNothing,
            Duration topicCheck,
            Ticker ticker) {
        this.relay = relay;
        this.topics = topics;
        this.logReady = logReady;
        this.showState = showState;
        this.showNothing = showNothing;
        this.topicCheckNanos = topicCheck.toNanos();
        this.ticker = ticker;
    }

    @Override
    public void takeOver(Lease lease) {
        lookAt = ticker.nanos();
        if (logReady) {
            relaying = true;
            relay.takeOver(lease);
            long later = ticker.nanos() + EVENTS_FIRST.toNanos();
            topicsAt = later;
            lookAt = later;
            return;
        }
        topicsAt = ticker.nanos();
        ready(lease);
    }

    @Override
    public int doWork(Lease lease) {
        if (ticker.nanos() - lookAt >= 0) {
            lookAt = ticker.nanos() + LOOK.toNanos();
            showState.run();
        }
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
        if (topics != null && ticker.nanos() - topicsAt >= 0) {
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

    @Override
    public void close() {
        showNothing.run();
        try {
            relay.close();
        } finally {
            if (topics != null) {
                topics.close();
            }
        }
    }
}
