package io.callisto.gateway.calls;

import io.callisto.domain.AttemptId;
import io.callisto.domain.InvariantBroken;
import io.callisto.gateway.calls.AgentSide.Cause;
import io.callisto.gateway.events.Watchers;
import io.callisto.gateway.registry.CallTimes;
import io.callisto.gateway.registry.RefusalReason;
import io.callisto.gateway.registry.Registry;
import io.callisto.gateway.simulator.CallScript;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Enters calls into table and registry and moves them through their phases. Guarded by the exchange's lock. */
final class Lines {
    private static final int MAX_MOVES_AT_ONCE = 20_000;

    private final CallBook book;
    private final Registry registry;
    private final Watchers watchers;
    private final Clock clock;
    private final double timeFactor;
    private final LiveCalls live = new LiveCalls();
    private AgentSide agents = AgentSide.NONE;

    Lines(CallBook book, Registry registry, Watchers watchers, Clock clock, double timeFactor) {
        this.book = book;
        this.registry = registry;
        this.watchers = watchers;
        this.clock = clock;
        this.timeFactor = timeFactor;
    }

    /** Once, before the first call. */
    void attach(AgentSide side) {
        agents = side;
    }

    /** Calls that have not ended. */
    int live() {
        return live.size();
    }

    /** Enters a call; it is dialed by {@link #originate}, once the registry is on disk. */
    LiveCall accept(AttemptId attempt, int term, CallScript script) {
        UUID id = attempt.value();
        long dialed = clock.millis();
        registry.placed(id.getMostSignificantBits(), id.getLeastSignificantBits(), term, dialed);
        int entry = book.table.size();
        book.placed(id.getMostSignificantBits(), id.getLeastSignificantBits(), term, dialed);
        LiveCall call = new LiveCall(entry, script);
        live.add(call);
        return call;
    }

    /** Enters an attempt as never placed, and returns its entry. */
    int refuse(AttemptId attempt, int term, RefusalReason reason) {
        UUID id = attempt.value();
        registry.refused(id.getMostSignificantBits(), id.getLeastSignificantBits(), term, reason);
        int entry = book.table.size();
        book.refused(id.getMostSignificantBits(), id.getLeastSignificantBits(), term, reason);
        return entry;
    }

    /** Dials. A call that was hung up while its record was being synced is not dialed. */
    void originate(LiveCall call, long nowNanos) {
        if (live.contains(call)) {
            live.schedule(call, nowNanos + scaled(call.script.millisIn(CallPhase.DIALING)));
        }
    }

    /** Moves the calls whose time has come. */
    void moveDue(long nowNanos) {
        for (int moves = 0; moves < MAX_MOVES_AT_ONCE; moves++) {
            LiveCall call = live.pollDue(nowNanos);
            if (call == null) {
                return;
            }
            CallPhase next = call.script.after(book.table.phase(call.entry));
            switch (next) {
                case RINGING -> proceed(call, next, CallOutcome.CALL_OUTCOME_UNSPECIFIED);
                case ANSWERED -> proceed(call, next, call.script.outcome());
                case ENDED -> end(call, call.script.outcome(), Cause.FAR_END);
                case DIALING, NEVER_PLACED, CALL_PHASE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new InvariantBroken("INV-3", "a call moves to " + next);
            }
        }
    }

    /** Ends the call if it lives. */
    void hangUp(AttemptId attempt) {
        LiveCall call = live.find(book.find(attempt));
        if (call != null) {
            boolean answered = book.table.phase(call.entry) == CallPhase.ANSWERED;
            end(call, answered ? call.script.outcome() : CallOutcome.RING_NO_ANSWER, Cause.COMMAND);
        }
    }

    /** A call that was answered ends by itself after this time and not after the script's. */
    void endIn(int entry, long nowNanos, long millis) {
        LiveCall call = live.find(entry);
        if (call != null && book.table.phase(entry) == CallPhase.ANSWERED) {
            live.reschedule(call, nowNanos + scaled(millis));
        }
    }

    boolean lives(int entry) {
        return live.find(entry) != null;
    }

    /** Entries of the live calls that belong to the scope, in the order of their placing. */
    List<Integer> ownedBy(String scope) {
        return live.all().stream()
                .map(call -> call.entry)
                .filter(entry -> book.owner(entry).equals(scope))
                .sorted()
                .toList();
    }

    /** Ends every call as lost; returns how many. */
    int endAll() {
        List<LiveCall> rest = live.all();
        rest.forEach(call -> end(call, CallOutcome.LOST, Cause.LOSS));
        return rest.size();
    }

    /** Ends as lost what the replayed table says to live; returns how many. */
    int endLost() {
        int lost = 0;
        for (int entry = 0; entry < book.table.size(); entry++) {
            switch (book.table.phase(entry)) {
                case DIALING, RINGING, ANSWERED -> {
                    move(entry, CallPhase.ENDED, CallOutcome.LOST, Cause.LOSS);
                    lost++;
                }
                case ENDED, NEVER_PLACED, CALL_PHASE_UNSPECIFIED, UNRECOGNIZED -> {}
            }
        }
        return lost;
    }

    private void proceed(LiveCall call, CallPhase next, CallOutcome outcome) {
        // From the time it was due, not from now: late ticks must not add up.
        live.schedule(call, call.dueNanos + scaled(call.script.millisIn(next)));
        // Afterwards, because the agents' half may give an answered call another time.
        move(call.entry, next, outcome, Cause.FAR_END);
    }

    private void end(LiveCall call, CallOutcome outcome, Cause cause) {
        live.remove(call);
        move(call.entry, CallPhase.ENDED, outcome, cause);
    }

    private void move(int entry, CallPhase phase, CallOutcome outcome, Cause cause) {
        CallTimes before = book.table.times(entry);
        long now = clock.millis();
        CallTimes times = new CallTimes(
                before.dialed(),
                phase == CallPhase.RINGING ? now : before.ringing(),
                phase == CallPhase.ANSWERED ? now : before.answered(),
                phase == CallPhase.ENDED ? now : 0);
        book.table.set(entry, phase, outcome, times);
        // Ringing is not recorded: the answer or the end that follows carries its time, and a lost call needs none.
        if (phase != CallPhase.RINGING) {
            registry.progress(entry, phase, outcome, times);
        }
        watchers.changed(book.scope(entry), entry);
        agents.callMoved(entry, phase, cause);
        if (phase == CallPhase.ENDED) {
            book.forgetOwner(entry);
        }
    }

    long scaled(long millis) {
        return (long) (TimeUnit.MILLISECONDS.toNanos(millis) / timeFactor);
    }
}
