package io.callisto.gateway.calls;

import io.callisto.domain.AttemptId;
import io.callisto.domain.PhoneNumber;
import io.callisto.domain.Ticker;
import io.callisto.gateway.events.CallStream;
import io.callisto.gateway.events.Watchers;
import io.callisto.gateway.fence.EpochFence;
import io.callisto.gateway.fence.Tickets;
import io.callisto.gateway.registry.RefusalReason;
import io.callisto.gateway.registry.Registry;
import io.callisto.gateway.registry.RegistryFailed;
import io.callisto.gateway.simulator.Simulator;
import io.callisto.gateway.v1.CallState;
import io.callisto.gateway.v1.PlaceResult;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out commands and moves the calls. Every command is decided and appended to the registry under one lock, so
 * the
 * registry's order is the order of effects; then it waits, without the lock, until the registry is on disk; only then
 * are
 * calls originated and answers given. Commands come on any thread; {@link #tick} on one.
 */
public final class Exchange {
    private final Object lock = new Object();
    private final CallBook book;
    private final EpochFence fence;
    private final Registry registry;
    private final Simulator simulator;
    private final Tickets tickets;
    private final Ticker ticker;
    private final int capacity;
    private final Clock clock;
    private final Watchers watchers = new Watchers();
    private final Lines lines;
    private AgentSide agents = AgentSide.NONE;
    /** End of the last term's record: nothing of its epoch is answered before that is on disk. */
    private long lastTerm;

    private boolean draining;

    /** @param book as the registry's replay has filled it */
    public Exchange(
            CallBook book,
            Registry registry,
            Simulator simulator,
            Tickets tickets,
            Clock clock,
            Ticker ticker,
            ExchangeSettings settings) {
        this.book = book;
        this.fence = book.fence;
        this.registry = registry;
        this.simulator = simulator;
        this.tickets = tickets;
        this.ticker = ticker;
        this.clock = clock;
        this.capacity = settings.capacity();
        this.lines = new Lines(book, registry, watchers, clock, settings.timeFactor());
    }

    /** Makes the agents' half part of it. Once, before anything else. */
    public <S extends AgentSide> S attach(Function<CallControl, S> side) {
        synchronized (lock) {
            S attached = side.apply(new CallControl(this, lock, book, registry, lines, clock, ticker));
            agents = attached;
            lines.attach(attached);
            return attached;
        }
    }

    /** Ends the calls that lived when the last run ended: nobody holds their lines any more. Returns how many. */
    public int endLost() {
        int lost;
        synchronized (lock) {
            lost = lines.endLost();
        }
        registry.sync(registry.position());
        return lost;
    }

    public long ticket() {
        return tickets.now();
    }

    public GatewayStatus status() {
        synchronized (lock) {
            return new GatewayStatus(registry.incarnation(), lines.live(), capacity, book.placed(), draining);
        }
    }

    /** Fences a scope. */
    public ScopeAnswer announce(String scope, long epoch) {
        boolean accepted;
        synchronized (lock) {
            accepted = enter(scope, epoch);
        }
        return synced(accepted, scope);
    }

    /** Places calls; one sync for all of them. */
    public PlaceAnswer place(PlaceOrder order) {
        List<PlaceResult> results = new ArrayList<>(order.calls().size());
        List<LiveCall> fresh = new ArrayList<>(order.calls().size());
        long position;
        synchronized (lock) {
            if (draining) {
                throw new GatewayDraining();
            }
            registry.requireRoom((long) order.calls().size() * Registry.entryBytes(), Registry.Purpose.PLACE);
            if (!enter(order.scope(), order.epoch())) {
                return new PlaceAnswer(
                        Collections.nCopies(order.calls().size(), PlaceResult.STALE_EPOCH),
                        fence.highest(order.scope()));
            }
            int term = fence.currentTerm(order.scope());
            boolean tooLate = tickets.tooLate(order.ticket(), order.ttlMillis());
            for (CallOrder call : order.calls()) {
                results.add(place(call, term, tooLate, fresh));
            }
            position = registry.position();
        }
        registry.sync(position);
        synchronized (lock) {
            long now = ticker.nanos();
            for (LiveCall call : fresh) {
                lines.originate(call, now);
            }
            return new PlaceAnswer(results, fence.highest(order.scope()));
        }
    }

    private PlaceResult place(CallOrder call, int term, boolean tooLate, List<LiveCall> fresh) {
        AttemptId attempt = call.attempt();
        PhoneNumber number = call.number();
        Duration ringTimeout = call.ringTimeout();
        PlaceDecision decision = PlaceDecision.decide(
                attempt != null && number != null && ringTimeout != null,
                attempt != null && book.find(attempt) >= 0,
                call.incarnation() == registry.incarnation(),
                tooLate,
                lines.live() < capacity);
        if (attempt == null || number == null || ringTimeout == null) {
            return decision.result();
        }
        if (decision.refusal() != null) {
            lines.refuse(attempt, term, decision.refusal());
        } else if (decision.result() == PlaceResult.PLACED) {
            fresh.add(lines.accept(attempt, term, simulator.script(attempt, number, ringTimeout)));
        }
        return decision.result();
    }

    /** What became of attempts; an unknown one gets its tombstone before this answers. */
    public ResolveAnswer resolve(String scope, long epoch, List<AttemptId> attempts) {
        int[] entries = new int[attempts.size()];
        boolean accepted;
        synchronized (lock) {
            accepted = enter(scope, epoch);
            if (accepted) {
                long unknown = attempts.stream()
                        .filter(attempt -> book.find(attempt) < 0)
                        .count();
                if (unknown > 0) {
                    registry.requireRoom(unknown * Registry.entryBytes(), Registry.Purpose.CONTROL);
                }
                for (int i = 0; i < entries.length; i++) {
                    int known = book.find(attempts.get(i));
                    entries[i] = known >= 0
                            ? known
                            : lines.refuse(attempts.get(i), fence.currentTerm(scope), RefusalReason.RESOLVED);
                }
            }
        }
        // Also what was known already must be on disk before it is told: a call may be placed at this very moment.
        ScopeAnswer answer = synced(accepted, scope);
        List<CallState> states = new ArrayList<>(entries.length);
        synchronized (lock) {
            for (int i = 0; accepted && i < entries.length; i++) {
                states.add(book.state(entries[i]));
            }
        }
        return new ResolveAnswer(accepted, answer.highestEpoch(), states);
    }

    /** Ends those of the calls that live. */
    public ScopeAnswer hangUp(String scope, long epoch, List<AttemptId> attempts) {
        boolean accepted;
        synchronized (lock) {
            accepted = enter(scope, epoch);
            for (int i = 0; accepted && i < attempts.size(); i++) {
                if (book.mayHangUp(scope, book.find(attempts.get(i)))) {
                    lines.hangUp(attempts.get(i));
                }
            }
        }
        return synced(accepted, scope);
    }

    /** Registers a stream for the scope's events; null: the epoch is stale. */
    public Watchers.@Nullable Watcher watch(String scope, long epoch, CallStream stream) {
        boolean accepted;
        synchronized (lock) {
            accepted = enter(scope, epoch);
        }
        synced(accepted, scope);
        synchronized (lock) {
            // A higher epoch may have come during the sync.
            return accepted && fence.highest(scope) == epoch ? watchers.put(scope, epoch, stream) : null;
        }
    }

    /** The watcher's stream is gone. */
    public void unwatch(Watchers.Watcher watcher) {
        synchronized (lock) {
            watchers.remove(watcher);
        }
    }

    /** Moves the calls that are due and sends events. The registry has an event before a watcher does. */
    public void tick() {
        List<Runnable> deliveries;
        long position;
        synchronized (lock) {
            long now = ticker.nanos();
            lines.moveDue(now);
            agents.moveDue(now);
            deliveries = watchers.collect(now, tickets.now(), book::state);
            deliveries.addAll(agents.collect(now, tickets.now()));
            position = registry.position();
        }
        try {
            registry.write(position);
        } catch (RegistryFailed failed) {
            // Reported by the registry itself. The calls that live go on, and their owners are told. Agents' events can
            // no longer be made to last, so their streams end.
            synchronized (lock) {
                agents.endWatches();
            }
        }
        deliveries.forEach(Runnable::run);
    }

    /** Takes no new calls from now on. */
    public void drain() {
        synchronized (lock) {
            draining = true;
        }
    }

    /** Ends what still lives; returns how many. */
    public int endAll() {
        int lost;
        synchronized (lock) {
            lost = lines.endAll();
            agents.endAll();
        }
        registry.wantSync(registry.position());
        return lost;
    }

    /** Whether all that happened is on disk: agents' events are told only from there. */
    public boolean settled() {
        return registry.durable() >= registry.position();
    }

    /** Ends all streams at the next tick. */
    public void endWatches() {
        synchronized (lock) {
            watchers.closeAll();
            agents.endWatches();
        }
    }

    /** Lists the registry from its file. */
    public RegistryListing list(String scopePrefix) {
        return new RegistryListing(registry.reader(), scopePrefix, this::state);
    }

    private CallState state(int entry) {
        synchronized (lock) {
            return book.state(entry);
        }
    }

    /** Whether the epoch may act; a higher one than before begins its term. */
    boolean enter(String scope, long epoch) {
        return switch (fence.standing(scope, epoch)) {
            case LOWER -> false;
            case SAME -> true;
            case HIGHER -> {
                registry.requireRoom(Registry.entryBytes() + scope.length(), Registry.Purpose.CONTROL);
                registry.term(scope, epoch);
                lastTerm = registry.position();
                fence.raise(scope, epoch);
                watchers.fence(scope, epoch);
                agents.fenced(scope, epoch);
                yield true;
            }
        };
    }

    /** See {@link #lastTerm}; guarded by the lock. */
    long lastTerm() {
        return lastTerm;
    }

    boolean draining() {
        return draining;
    }

    private ScopeAnswer synced(boolean accepted, String scope) {
        registry.sync(registry.position());
        synchronized (lock) {
            return new ScopeAnswer(accepted, fence.highest(scope));
        }
    }
}
