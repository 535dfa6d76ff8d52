package io.callisto.drills.simulation;

import io.callisto.drills.simulation.SimGateway.Announced;
import io.callisto.drills.simulation.SimGateway.Fate;
import io.callisto.drills.simulation.SimGateway.Order;
import io.callisto.drills.simulation.SimGateway.Placing;
import io.callisto.drills.simulation.Tables.Attempt;
import io.callisto.drills.simulation.Tables.AttemptState;
import io.callisto.drills.simulation.Tables.Contact;
import io.callisto.drills.simulation.Tables.ContactState;
import io.callisto.drills.simulation.Tables.Event;
import io.callisto.ha.Fenced;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The dialer of a job. Always in this order: announce the epoch, read what is in flight, resolve each, reserve, place.
 * A takeover is the first round of it.
 */
final class Dialer implements RoleDuty {
    private static final int MOST_OPEN = 3;
    private static final long PERIOD = 120 * World.MILLI;

    private final Stage stage;
    private final SimServer server;
    private final Script script;
    private final Deque<Attempt> unsettled = new ArrayDeque<>();
    private boolean takingOver = true;
    private long ticketNanos;

    Dialer(Stage stage, SimServer server, Script script) {
        this.stage = stage;
        this.server = server;
        this.script = script;
    }

    @Override
    public void takeOver(Lease lease) {
        script.begin(this::announce);
    }

    private void announce() {
        script.acts("announce");
        Lease lease = script.lease();
        script.ask(
                server.gatewayLink(),
                "announce",
                (Consumer<Announced> answer) -> answer.accept(stage.gateway().announce(lease.scope(), lease.epoch())),
                announced -> {
                    if (announced.stale()) {
                        throw new Fenced(lease, "the gateway knows a higher epoch");
                    }
                    ticketNanos = announced.ticketNanos();
                    read();
                });
    }

    private void read() {
        unsettled.clear();
        script.fenced(
                "read attempts",
                (tables, tx) ->
                        tables.attempts.values().stream().filter(Attempt::open).forEach(unsettled::add),
                takingOver && stage.world().sabotaged(Sabotage.TAKEOVER_WITHOUT_RESOLVE)
                        ? this::callAgain
                        : this::settleNext);
    }

    private void settleNext() {
        takingOver = false;
        Attempt attempt = unsettled.poll();
        if (attempt == null) {
            reserve();
            return;
        }
        script.acts("resolve");
        Lease lease = script.lease();
        script.ask(
                server.gatewayLink(),
                "resolve",
                (Consumer<Fate> answer) ->
                        answer.accept(stage.gateway().resolve(lease.scope(), lease.epoch(), attempt.id())),
                fate -> settle(attempt, fate));
    }

    private void settle(Attempt attempt, Fate fate) {
        switch (fate) {
            case STALE -> throw new Fenced(script.lease(), "the gateway knows a higher epoch");
            case LIVE -> {
                if (attempt.state() == AttemptState.RESERVED) {
                    move(attempt, AttemptState.PLACED, false, this::settleNext);
                } else {
                    settleNext();
                }
            }
            case ANSWERED -> move(attempt, AttemptState.ENDED, false, this::settleNext);
            case BUSY -> move(attempt, AttemptState.ENDED, true, this::settleNext);
            case NEVER_PLACED -> move(attempt, AttemptState.NEVER_PLACED, true, this::settleNext);
        }
    }

    private void move(Attempt attempt, AttemptState to, boolean again, Runnable then) {
        List<Event> events = new ArrayList<>();
        script.fenced(
                "attempt " + attempt.contact() + "/" + attempt.number() + " " + to,
                (tables, tx) -> {
                    tx.change(next -> next.move(attempt.id(), to, again));
                    event(tx, attempt.contact(), events);
                },
                () -> {
                    publishDirectly(events);
                    then.run();
                });
    }

    private void reserve() {
        List<Attempt> reserved = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        script.fenced(
                "reserve",
                (tables, tx) -> {
                    long open = tables.attempts.values().stream()
                            .filter(Attempt::open)
                            .count();
                    tables.contacts.values().stream()
                            .filter(contact -> contact.state() == ContactState.READY)
                            .limit(Math.max(0, MOST_OPEN - open))
                            .forEach(contact -> reserved.add(reserve(tx, contact, events)));
                    tx.change(next -> {
                        next.ticks.merge(script.lease().scope(), 1, Integer::sum);
                        return true;
                    });
                },
                () -> {
                    publishDirectly(events);
                    placeNext(new ArrayDeque<>(reserved));
                });
    }

    private Attempt reserve(Tx tx, Contact contact, List<Event> events) {
        UUID id = stage.world().id();
        Attempt attempt = new Attempt(id, contact.id(), contact.nextAttempt(), AttemptState.RESERVED);
        tx.change(next -> next.reserve(attempt));
        event(tx, contact.id(), events);
        return attempt;
    }

    private void event(Tx tx, int contact, List<Event> events) {
        boolean direct = stage.world().sabotaged(Sabotage.DIRECT_PUBLISH);
        tx.change(next -> {
            events.add(next.event(contact, !direct));
            return true;
        });
    }

    private void placeNext(Deque<Attempt> reserved) {
        Attempt attempt = reserved.poll();
        if (attempt == null) {
            script.later(PERIOD, this::announce);
        } else {
            place(attempt, attempt.id(), reserved, 2);
        }
    }

    private void place(Attempt attempt, UUID call, Deque<Attempt> rest, int tries) {
        script.acts("place");
        Lease lease = script.lease();
        Order order = new Order(
                lease.scope(),
                lease.epoch(),
                call,
                attempt.contact(),
                attempt.number(),
                ticketNanos,
                stage.world().now());
        script.ask(
                server.gatewayLink(),
                "place",
                (Consumer<Placing> answer) -> answer.accept(stage.gateway().place(order)),
                placing -> placed(placing, rest),
                () -> unanswered(attempt, rest, tries));
    }

    private void placed(Placing placing, Deque<Attempt> rest) {
        if (placing == Placing.STALE) {
            throw new Fenced(script.lease(), "the gateway knows a higher epoch");
        }
        // Whatever it was: the next round resolves it.
        placeNext(rest);
    }

    /** The same order again is harmless, the gateway knows the id; in the end the next round resolves it. */
    private void unanswered(Attempt attempt, Deque<Attempt> rest, int tries) {
        if (tries > 1 && stage.world().chance(0.5)) {
            place(attempt, attempt.id(), rest, tries - 1);
        } else {
            announce();
        }
    }

    /** Sabotage: what was in flight is called again, under new ids. */
    private void callAgain() {
        takingOver = false;
        Attempt attempt = unsettled.poll();
        if (attempt == null) {
            script.later(PERIOD, this::announce);
        } else {
            place(attempt, stage.world().id(), new ArrayDeque<>(unsettled), 1);
        }
    }

    private void publishDirectly(List<Event> events) {
        if (stage.world().sabotaged(Sabotage.DIRECT_PUBLISH)) {
            events.forEach(event -> server.<Boolean>ask(
                    server.logLink(),
                    "publish directly",
                    answer -> {
                        stage.log().append(event);
                        answer.accept(true);
                    },
                    done -> {}));
        }
    }

    @Override
    public int doWork(Lease lease) {
        return script.run(lease);
    }

    @Override
    public void close() {
        script.close();
    }
}
