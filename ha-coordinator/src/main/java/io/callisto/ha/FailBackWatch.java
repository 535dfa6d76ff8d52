package io.callisto.ha;

import io.callisto.domain.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives roles back to the servers that the administrator wants, once those have been alive for the hold-down time. Asks
 * only while a role is held that may go back. Used by the lease thread only.
 */
final class FailBackWatch implements LeaseAttendant {
    private static final Logger log = LoggerFactory.getLogger(FailBackWatch.class);
    private static final Duration LONGEST_BETWEEN = Duration.ofSeconds(2);

    private final Collection<Seat> seats;
    private final String server;
    private final Duration after;
    private final Duration every;
    private final Ticker ticker;
    private final Map<Scope, Integer> vain = new HashMap<>();
    private long nextNanos;

    /**
     * @param seats live view
     * @param after hold-down
     */
    FailBackWatch(Collection<Seat> seats, String server, Duration after, Ticker ticker) {
        this.seats = seats;
        this.server = server;
        this.after = after;
        Duration part = after.dividedBy(4);
        this.every = part.compareTo(LONGEST_BETWEEN) < 0 ? part : LONGEST_BETWEEN;
        this.ticker = ticker;
        this.nextNanos = ticker.nanos();
    }

    @Override
    public void opened(LeaseSession session) {}

    @Override
    public void work(LeaseSession session) {
        long now = ticker.nanos();
        if (now - nextNanos < 0) {
            return;
        }
        nextNanos = now + every.toNanos();
        Map<Scope, Seat> held = new HashMap<>();
        for (Seat seat : seats) {
            if (seat.standing().failBack() == FailBack.TO_ALLOCATED
                    && seat.heldFor(now)
                            .filter(time -> time.compareTo(after) >= 0)
                            .isPresent()) {
                held.put(seat.scope(), seat);
            }
        }
        if (!held.isEmpty()) {
            List<Scope> scopes = new ArrayList<>(held.keySet());
            session.leases().wishedServers(scopes).forEach(wished -> consider(held, wished, now));
        }
    }

    private void consider(Map<Scope, Seat> held, WishedServer wished, long now) {
        Seat seat = held.get(wished.scope());
        if (seat == null) {
            return;
        }
        if (wished.server().equals(server)) {
            vain.remove(wished.scope());
            return;
        }
        Duration heldFor = seat.heldFor(now).orElse(Duration.ZERO);
        int before = vain.getOrDefault(wished.scope(), 0);
        if (FailBackDecision.giveBack(server, seat.standing().service(), wished, heldFor, after, before)) {
            // Where nobody takes it, it comes back to us, and the next try waits longer.
            vain.merge(wished.scope(), 1, Integer::sum);
            log.atInfo()
                    .addKeyValue("scope", wished.scope())
                    .addKeyValue("to", wished.server())
                    .log("role goes back to the server that the administrator allocated");
            seat.handOver();
        }
    }
}
