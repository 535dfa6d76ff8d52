package io.callisto.gateway.legs;

import io.callisto.domain.AttemptId;
import io.callisto.gateway.calls.AgentSide;
import io.callisto.gateway.calls.CallControl;
import io.callisto.gateway.client.LegId;
import io.callisto.gateway.fence.Tickets;
import io.callisto.gateway.simulator.PhoneSimulator;
import io.callisto.gateway.v1.AgentCommand;
import io.callisto.gateway.v1.CallEnd;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import io.callisto.gateway.v1.CommandResult;
import io.callisto.gateway.v1.LegEnd;
import io.callisto.gateway.v1.LegEventBatch;
import io.callisto.gateway.v1.LegEventKind;
import io.callisto.gateway.v1.LegLoad;
import io.callisto.gateway.v1.LegState;
import io.callisto.gateway.v1.ListLegsReply;
import io.callisto.gateway.v1.ResolveLegsReply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The way into the agents' half of the gateway. Commands come on any thread and are carried out under the exchange's
 * lock, in one order with the calls; the exchange's clock moves the legs and sends the events. See the package for the
 * rules.
 */
public final class Switchboard implements AgentSide {
    /** Handle of a stream. */
    public static final class Subscription {
        private final LegWatchers.Watcher watcher;

        private Subscription(LegWatchers.Watcher watcher) {
            this.watcher = watcher;
        }
    }

    private final CallControl control;
    private final LegBook book;
    private final Tickets tickets;
    private final int capacity;
    private final Journal journal;
    private final LegDesk legs;
    private final TalkDesk talks;
    private final Customers customers;
    private final Commands commands;
    private final LegWatchers watchers = new LegWatchers();

    /**
     * @param book as the registry's replay has filled it
     * @param capacity most legs that live at once
     */
    public Switchboard(CallControl control, LegBook book, PhoneSimulator phones, Tickets tickets, int capacity) {
        this.control = control;
        this.book = book;
        this.tickets = tickets;
        this.capacity = capacity;
        this.journal = new Journal(control, book);
        this.customers = new Customers(control, book, journal, phones);
        this.talks = new TalkDesk(control, book, journal, customers, this::left);
        this.legs = new LegDesk(control, book, journal, phones, capacity, talks::legEnded);
        this.commands = new Commands(legs, talks, customers);
    }

    private void left(Leg leg) {
        if (leg.forOneCall()) {
            legs.end(leg, LegEnd.LEG_CALL_OVER);
        }
    }

    /** Ends the legs and bridges of the last run, after its calls have ended. Returns how many legs there were. */
    public int endLost() {
        int lost;
        long position;
        synchronized (control.lock()) {
            for (Talk talk : new ArrayList<>(book.talks())) {
                talks.callEnded(talk);
            }
            book.takeUntold().forEach(this::tellEnd);
            lost = legs.endAll(LegEnd.LEG_LOST);
            position = control.position();
        }
        control.sync(position);
        return lost;
    }

    private void tellEnd(AttemptId attempt, String scope) {
        int entry = control.find(attempt);
        CallOutcome outcome = control.state(entry).getOutcome();
        journal.callEnded(scope, entry, outcome == CallOutcome.LOST ? CallEnd.ENDED_BY_LOSS : CallEnd.ENDED_BY_FAR_END);
    }

    /** Carries out commands in order. */
    public CommandAnswer execute(CommandOrder order) {
        List<CommandResult> results = new ArrayList<>(order.commands().size());
        boolean outlive = false;
        long position;
        long term;
        long highest;
        synchronized (control.lock()) {
            control.requireRoom(order.commands().size() * Journal.ROOM_PER_COMMAND);
            if (!control.enter(order.scope(), order.epoch())) {
                return new CommandAnswer(
                        Collections.nCopies(order.commands().size(), CommandResult.COMMAND_STALE_EPOCH),
                        control.highest(order.scope()));
            }
            boolean tooLate = tickets.tooLate(order.ticket(), order.ttlMillis());
            long now = control.nowNanos();
            for (AgentCommand command : order.commands()) {
                results.add(commands.run(order.scope(), command, tooLate, now));
                outlive |= Commands.outlives(command);
            }
            position = control.position();
            term = control.lastTerm();
            highest = control.highest(order.scope());
        }
        control.sync(term);
        if (outlive) {
            control.write(position);
        }
        return new CommandAnswer(results, highest);
    }

    /** What became of legs; an unknown one gets its tombstone before this answers. */
    public ResolveLegsReply resolve(String scope, long epoch, List<LegId> ids) {
        ResolveLegsReply.Builder reply = ResolveLegsReply.newBuilder();
        long position;
        synchronized (control.lock()) {
            control.requireRoom(ids.size() * Journal.ROOM_PER_COMMAND);
            boolean accepted = control.enter(scope, epoch);
            reply.setAccepted(accepted).setHighestEpoch(control.highest(scope));
            for (LegId id : accepted ? ids : List.<LegId>of()) {
                reply.addLegs(resolve(scope, id));
            }
            position = control.position();
        }
        control.sync(position);
        return reply.setTicket(tickets.now()).build();
    }

    private LegState resolve(String scope, LegId id) {
        Leg leg = book.find(id);
        if (leg == null) {
            leg = Leg.tombstone(id, scope);
            book.add(leg);
            journal.tombstone(leg);
        }
        return leg.scope.equals(scope)
                ? leg.state()
                : LegState.newBuilder().setLegId(id.bytes()).build();
    }

    /** Everything of the scope that lives. */
    public ListLegsReply list(String scope, long epoch) {
        ListLegsReply.Builder reply = ListLegsReply.newBuilder();
        long position;
        synchronized (control.lock()) {
            boolean accepted = control.enter(scope, epoch);
            reply.setAccepted(accepted).setHighestEpoch(control.highest(scope)).setIncarnation(control.incarnation());
            if (accepted) {
                book.live().stream().filter(leg -> leg.scope.equals(scope)).forEach(leg -> reply.addLegs(leg.state()));
                book.talks().stream()
                        .filter(talk -> talk.scope.equals(scope))
                        .forEach(talk -> reply.addBridges(talk.state()));
                control.ownedBy(scope).forEach(entry -> reply.addCalls(control.state(entry)));
                reply.setSequence(book.feed(scope).last()).setLoad(loadNow());
            }
            position = control.position();
        }
        // What a list shows must not be undone by a loss of power, or its sequence would come twice.
        control.sync(position);
        return reply.setTicket(tickets.now()).build();
    }

    /**
     * Registers a stream for the scope's events; null: the epoch is stale.
     *
     * @param after sequence of the last event that the watcher has; empty: only new ones
     * @throws OutOfRange where the next one is not at hand
     */
    public @Nullable Subscription watch(String scope, long epoch, OptionalLong after, LegStream stream) {
        boolean accepted;
        long term;
        synchronized (control.lock()) {
            accepted = control.enter(scope, epoch);
            term = control.lastTerm();
        }
        control.sync(term);
        synchronized (control.lock()) {
            // A higher epoch may have come during the sync.
            if (!accepted || control.highest(scope) != epoch) {
                return null;
            }
            Feed feed = book.feed(scope);
            long from = after.orElse(feed.last());
            if (!feed.reaches(from)) {
                throw new OutOfRange(from, feed.last());
            }
            return new Subscription(watchers.put(scope, epoch, feed, from, stream));
        }
    }

    /** The stream is gone. */
    public void unwatch(Subscription subscription) {
        synchronized (control.lock()) {
            watchers.remove(subscription.watcher);
        }
    }

    public LegLoad load() {
        synchronized (control.lock()) {
            return loadNow();
        }
    }

    private LegLoad loadNow() {
        return LegLoad.newBuilder()
                .setLiveLegs(book.liveCount())
                .setLegCapacity(capacity)
                .setDraining(control.draining())
                .build();
    }

    public long ticket() {
        return tickets.now();
    }

    @Override
    public void callMoved(int entry, CallPhase phase, Cause cause) {
        String owner = control.owner(entry);
        if (!control.handedOver(entry) && !book.hasLegs(owner) && !customers.touched(entry)) {
            return;
        }
        AttemptId attempt = control.attempt(entry);
        Talk talk = book.talk(attempt);
        if (phase == CallPhase.ANSWERED) {
            journal.call(LegEventKind.EVENT_CALL_ANSWERED, owner, entry);
            if (talk != null) {
                talks.answered(talk, entry);
            } else if (control.handedOver(entry)) {
                customers.waits(entry);
            }
        } else if (phase == CallPhase.ENDED) {
            if (talk != null) {
                talks.callEnded(talk);
            }
            book.told(attempt);
            journal.callEnded(owner, entry, end(cause, customers.ended(entry)));
        }
    }

    private static CallEnd end(Cause cause, boolean announced) {
        return switch (cause) {
            case COMMAND -> CallEnd.ENDED_BY_COMMAND;
            case LOSS -> CallEnd.ENDED_BY_LOSS;
            case FAR_END -> announced ? CallEnd.ENDED_BY_ANNOUNCEMENT : CallEnd.ENDED_BY_FAR_END;
        };
    }

    @Override
    public void fenced(String scope, long epoch) {
        watchers.fence(scope, epoch);
    }

    @Override
    public void moveDue(long nowNanos) {
        legs.moveDue(nowNanos);
    }

    @Override
    public List<Runnable> collect(long nowNanos, long ticket) {
        long durable = control.durable();
        long position = journal.end();
        if (position > durable) {
            // Not waited for: the events are sent by the tick that finds them on disk.
            control.wantSync(position);
        }
        LegEventBatch draft = LegEventBatch.newBuilder()
                .setTicket(ticket)
                .setLoad(loadNow())
                .setIncarnation(control.incarnation())
                .build();
        return watchers.collect(nowNanos, draft, durable);
    }

    @Override
    public void endAll() {
        legs.endAll(LegEnd.LEG_GATEWAY_STOPPED);
    }

    @Override
    public void endWatches() {
        watchers.closeAll();
    }
}
