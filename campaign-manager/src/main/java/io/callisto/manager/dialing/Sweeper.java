package io.callisto.manager.dialing;

import io.callisto.domain.CompletionCode;
import io.callisto.domain.attempt.AttemptState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that no attempt stays open (INV-6): asks the gateway when a deadline has passed, gives an attempt up as in
 * doubt when
 * nobody has been able to tell for too long (CM-5), and closes a call that has lasted too long.
 */
final class Sweeper {
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final DialerParts parts;
    private final JobSpec spec;
    private final DialerMemory memory;
    private final GatewayLinks gateways;
    private long nextNanos;

    Sweeper(DialerParts parts, JobSpec spec, DialerMemory memory, GatewayLinks gateways, long now) {
        this.parts = parts;
        this.spec = spec;
        this.memory = memory;
        this.gateways = gateways;
        this.nextNanos = now + EVERY_NANOS;
    }

    /** Looks at all that is in flight, now and then. */
    void step(long now) {
        if (now - nextNanos < 0) {
            return;
        }
        nextNanos = now + EVERY_NANOS;
        long doubt = parts.properties().inDoubtAfter().toNanos();
        Map<GatewayLink, List<UUID>> tooLong = new HashMap<>();
        for (LiveAttempt attempt : memory.inFlight().all()) {
            long overdue = now - attempt.deadlineNanos();
            GatewayLink link = gateways.find(attempt.gatewayId());
            if (overdue > doubt) {
                memory.inbox().close(attempt.id(), CompletionCode.ATTEMPT_IN_DOUBT);
            } else if (link != null
                    && now - attempt.bornNanos() > limit(attempt).toNanos()) {
                tooLong.computeIfAbsent(link, key -> new ArrayList<>()).add(attempt.id());
            } else if (link != null && overdue >= 0) {
                link.resolve(attempt.id());
            }
        }
        tooLong.forEach(GatewayLink::hangUp);
    }

    private Duration limit(LiveAttempt attempt) {
        return attempt.state() == AttemptState.ANSWERED ? spec.longestCall() : spec.longestSetup();
    }
}
