package io.callisto.ha;

import io.callisto.domain.Ticker;
import io.callisto.ha.LeaseStatistics.Event;
import io.callisto.ha.LeaseStore.Claim;
import io.callisto.ha.LeaseStore.Renewal;
import io.callisto.ha.Seat.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done for the scopes that this JVM holds or stands for: renew, give back, look, claim. Works on
 * whatever store it is given, by the ticker it is given. Used by the lease thread only.
 */
final class SeatKeeper {
    private static final Logger log = LoggerFactory.getLogger(SeatKeeper.class);
    private static final Duration BLOCKED_RETRY = Duration.ofMillis(10);
    private static final Duration ENDING_CHECK = Duration.ofMillis(50);

    private final ConcurrentMap<Scope, Seat> seats;
    private final Candidate me;
    private final TimingProfile timing;
    private final Duration sweep;
    private final Ticker ticker;
    private final LeaseStatistics statistics;
    private final Runnable onChange;
    private final Map<Scope, Long> toRelease = new HashMap<>();
    private long nextRenewNanos;
    private boolean nodeDead;
    private boolean barred;

    SeatKeeper(
            ConcurrentMap<Scope, Seat> seats,
            Candidate me,
            TimingProfile timing,
            Duration sweep,
            Ticker ticker,
            LeaseStatistics statistics,
            Runnable onChange) {
        this.seats = seats;
        this.me = me;
        this.timing = timing;
        this.sweep = sweep;
        this.ticker = ticker;
        this.statistics = statistics;
        this.onChange = onChange;
        this.nextRenewNanos = ticker.nanos();
    }

    /** Moves what is ending. Needs no database. */
    void advance() {
        for (Seat seat : seats.values()) {
            seat.expire();
            seat.advance(ticker.nanos()).ifPresent(this::ended);
        }
    }

    /** Completes the candidacies that have nothing left to hand over, or cannot while the database is away. */
    void completeClosed(boolean connected) {
        for (Seat seat : seats.values()) {
            if (seat.closable() && !(connected && toRelease.containsKey(seat.scope()))) {
                seats.remove(seat.scope(), seat);
                seat.closed();
            }
        }
    }

    /** Gives back what is no longer used. */
    void release(LeaseStore leases) {
        if (!toRelease.isEmpty()) {
            leases.release(me.node(), Map.copyOf(toRelease));
            toRelease.clear();
        }
    }

    /** Confirms everything that is held, if it is time. */
    void renewIfDue(LeaseStore leases) {
        long sent = ticker.nanos();
        if (sent - nextRenewNanos < 0) {
            return;
        }
        Map<Scope, Tenure> held = new HashMap<>();
        Map<Scope, Long> epochs = new HashMap<>();
        for (Seat seat : seats.values()) {
            Tenure tenure = seat.renewable();
            if (tenure != null) {
                held.put(seat.scope(), tenure);
                epochs.put(seat.scope(), tenure.epoch());
            }
        }
        Renewal answer = leases.renew(me.node(), epochs);
        statistics.count(Event.RENEWED);
        nextRenewNanos = sent + (held.isEmpty() ? timing.idleHeartbeat() : timing.renew()).toNanos();
        nodeDead = "DEAD".equals(answer.nodeState());
        held.forEach((scope, tenure) -> settle(tenure, answer, sent));
    }

    private void settle(Tenure tenure, Renewal answer, long sent) {
        if (nodeDead) {
            tenure.end("this node was declared dead");
            return;
        }
        RenewalDecision.Row row = answer.rows().get(tenure.scope());
        switch (RenewalDecision.decide(tenure.epoch(), me.node(), row, answer.timeline())) {
            case CONFIRMED -> tenure.confirm(timing.deadlineNanos(sent));
            case UNKNOWN ->
                log.atDebug().addKeyValue("scope", tenure.scope()).log("lease row was locked; not confirmed");
            case LOST -> tenure.end("another owner has it");
            case OLD_TIMELINE -> tenure.end("the database was promoted");
        }
    }

    /** Whether this node was declared dead and has let go of everything since. */
    boolean mayRevive() {
        return nodeDead && seats.values().stream().noneMatch(seat -> seat.renewable() != null || seat.ending());
    }

    void revived() {
        nodeDead = false;
        lookSoon();
    }

    /** Stands for nothing, and gives back what is held, until told otherwise. */
    void bar(boolean now) {
        if (now && !barred) {
            seats.values().forEach(Seat::handOver);
        } else if (!now && barred) {
            lookSoon();
        }
        barred = now;
    }

    /** Reads the leases that are stood for, if it is time for one of them, and claims what is free. */
    void lookIfDue(LeaseStore leases) {
        long now = ticker.nanos();
        List<Seat> candidates = new ArrayList<>();
        boolean due = false;
        for (Seat seat : seats.values()) {
            if (seat.candidate() && seat.mayLook(now)) {
                candidates.add(seat);
                due |= now - seat.nextLookNanos() >= 0;
            }
        }
        if (!due || nodeDead || barred) {
            return;
        }
        Map<Scope, LeaseView> views =
                leases.look(candidates.stream().map(Seat::scope).toList());
        Map<Scope, Seat> free = new LinkedHashMap<>();
        for (Seat seat : candidates) {
            LeaseView view = views.get(seat.scope());
            ClaimDecision decision = ClaimDecision.decide(view, me);
            if (decision.allowed()) {
                seat.seenFree(view == null ? 0 : Math.max(0, -view.remainingMillis()), now);
                free.put(seat.scope(), seat);
            } else {
                seat.seenHeld();
                refused(seat, decision);
            }
        }
        if (!free.isEmpty()) {
            claimInOrder(leases, free, views);
        }
    }

    private void claimInOrder(LeaseStore leases, Map<Scope, Seat> free, Map<Scope, LeaseView> views) {
        ClaimOrder order = order(leases, free, views);
        for (Scope scope : order.sequence()) {
            Seat seat = Objects.requireNonNull(free.get(scope));
            long turn = seat.seenFree(0, ticker.nanos())
                    + Duration.ofMillis(order.waitMillis().getOrDefault(scope, 0L))
                            .toNanos();
            if (turn - ticker.nanos() > 0 && !seat.blocked()) {
                seat.lookAt(turn);
            } else {
                renewIfDue(leases);
                claim(leases, seat, ClaimDecision.decide(views.get(scope), me));
            }
        }
    }

    private ClaimOrder order(LeaseStore leases, Map<Scope, Seat> free, Map<Scope, LeaseView> views) {
        List<ClaimOrder.Ask> asks = new ArrayList<>();
        List<Scope> ordered = new ArrayList<>();
        free.forEach((scope, seat) -> {
            LeaseView view = views.get(scope);
            ClaimOrder.Ask ask =
                    new ClaimOrder.Ask(scope, seat.standing().service(), view == null ? null : view.preferred());
            asks.add(ask);
            // Who is blocked has had its turn already.
            if (ask.ordered() && !seat.blocked()) {
                ordered.add(scope);
            }
        });
        return ClaimOrder.of(me.server(), asks, ordered.isEmpty() ? Landscape.UNKNOWN : leases.landscape(ordered));
    }

    private void claim(LeaseStore leases, Seat seat, ClaimDecision looked) {
        ClaimReason reason = looked.reason();
        if (reason == null || !seat.candidate() || nodeDead) {
            return;
        }
        long sent = ticker.nanos();
        boolean end = seat.blocked() && ClaimDecision.mayEndBlockers(reason, seat.blockedMillis(sent));
        Claim claim = leases.claim(seat.scope(), me, timing.ttl(), end);
        ClaimDecision decision = claim.decision();
        switch (claim.outcome()) {
            case CLAIMED -> {
                seat.notBlocked();
                nextRenewNanos = earlier(nextRenewNanos, sent + timing.renew().toNanos());
                statistics.count(Event.CLAIMED);
                ClaimReason claimedAs = decision == null || decision.reason() == null ? reason : decision.reason();
                log.atInfo()
                        .addKeyValue("scope", seat.scope())
                        .addKeyValue("epoch", claim.epoch())
                        .addKeyValue("reason", claimedAs)
                        .addKeyValue("waitedMillis", millis(sent - seat.seenFree(0, sent)))
                        .addKeyValue("claimMillis", millis(ticker.nanos() - sent))
                        .log("lease acquired");
                Lease lease = new Lease(seat.scope(), claim.epoch(), me.node(), timing.deadlineNanos(sent));
                seat.claimed(lease, claimedAs, ticker);
                onChange.run();
            }
            case REFUSED -> {
                statistics.count(Event.CLAIM_REFUSED);
                refused(seat, decision == null ? looked : decision);
            }
            case BLOCKED -> {
                statistics.count(Event.CLAIM_BLOCKED);
                seat.blockedAt(sent);
                seat.lookAt(ticker.nanos() + BLOCKED_RETRY.toNanos());
            }
        }
    }

    private void refused(Seat seat, ClaimDecision decision) {
        seat.notBlocked();
        Duration wait = Duration.ofMillis(Math.max(1, decision.waitMillis()));
        seat.lookAt(ticker.nanos() + (wait.compareTo(sweep) < 0 ? wait : sweep).toNanos());
    }

    /** A hint that something may be free. */
    void lookSoon() {
        seats.values().forEach(seat -> seat.lookAt(ticker.nanos()));
    }

    /** A hint that this scope may be free. */
    void lookSoon(String scope) {
        for (Seat seat : seats.values()) {
            if (seat.scope().value().equals(scope)) {
                seat.lookAt(ticker.nanos());
            }
        }
    }

    /** When the next thing is due. */
    long nextDueNanos() {
        long due = nextRenewNanos;
        for (Seat seat : seats.values()) {
            if (seat.ending()) {
                due = earlier(due, ticker.nanos() + ENDING_CHECK.toNanos());
            } else if (seat.candidate() && !nodeDead && !barred) {
                due = earlier(due, seat.nextLookNanos());
            }
        }
        return due;
    }

    private void ended(Ended end) {
        toRelease.put(end.scope(), end.epoch());
        boolean handedOver = "handed over".equals(end.reason());
        if (end.reason().startsWith("fenced")) {
            statistics.count(Event.FENCED);
        }
        statistics.count(handedOver ? Event.HANDED_OVER : Event.LOST);
        (handedOver ? log.atInfo() : log.atWarn())
                .addKeyValue("scope", end.scope())
                .addKeyValue("epoch", end.epoch())
                .addKeyValue("reason", end.reason())
                .log("lease given up");
        onChange.run();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }
}
