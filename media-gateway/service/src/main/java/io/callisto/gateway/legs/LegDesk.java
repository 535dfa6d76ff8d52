package io.callisto.gateway.legs;

import io.callisto.gateway.calls.CallControl;
import io.callisto.gateway.client.LegId;
import io.callisto.gateway.simulator.PhoneScript;
import io.callisto.gateway.simulator.PhoneSimulator;
import io.callisto.gateway.v1.CommandResult;
import io.callisto.gateway.v1.DropLeg;
import io.callisto.gateway.v1.LegEnd;
import io.callisto.gateway.v1.LegEventKind;
import io.callisto.gateway.v1.LegKind;
import io.callisto.gateway.v1.LegPhase;
import io.callisto.gateway.v1.LendLeg;
import io.callisto.gateway.v1.NailUp;
import io.callisto.gateway.v1.TakeBackLeg;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Rings, drops and lends legs, and moves them as their phones do. Guarded by the exchange's lock. */
final class LegDesk {
    private static final Pattern AGENT = Pattern.compile("[^\\p{Cntrl}]{1,64}");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9*#]{1,20}");
    private static final Pattern GATEWAY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final int MAX_RING_TIMEOUT_MILLIS = 600_000;
    private static final int MAX_MOVES_AT_ONCE = 20_000;

    private final CallControl control;
    private final LegBook book;
    private final Journal journal;
    private final PhoneSimulator phones;
    private final int capacity;
    private final Consumer<Leg> onEnd;
    /** Ended legs stay here until they are due. Tickers wrap, so times are compared by subtraction. */
    private final PriorityQueue<Leg> byDue =
            new PriorityQueue<>((left, right) -> Long.signum(left.dueNanos - right.dueNanos));

    /** @param onEnd told of a leg that has ended, after the event */
    LegDesk(
            CallControl control,
            LegBook book,
            Journal journal,
            PhoneSimulator phones,
            int capacity,
            Consumer<Leg> onEnd) {
        this.control = control;
        this.book = book;
        this.journal = journal;
        this.phones = phones;
        this.capacity = capacity;
        this.onEnd = onEnd;
    }

    CommandResult nailUp(String scope, NailUp order) {
        LegId id = LegId.tryDecode(order.getLegId()).orElse(null);
        if (id == null || !sound(order)) {
            return CommandResult.COMMAND_INVALID;
        }
        if (book.find(id) != null) {
            return CommandResult.COMMAND_LEG_SEEN;
        }
        if (control.draining()) {
            return CommandResult.COMMAND_DRAINING;
        }
        if (book.liveCount() >= capacity) {
            return CommandResult.COMMAND_NO_CAPACITY;
        }
        Leg leg = new Leg(id, scope, order.getKind(), order.getAgentId());
        leg.rungAt = control.nowMillis();
        PhoneScript script = phones.script(
                id.value(), order.getKind(), order.getNumber(), Duration.ofMillis(order.getRingTimeoutMillis()));
        leg.script = script;
        leg.dueNanos = control.nowNanos() + control.scaled(script.ringMillis());
        book.add(leg);
        byDue.add(leg);
        journal.leg(LegEventKind.EVENT_LEG_RINGING, leg);
        return CommandResult.COMMAND_DONE;
    }

    private static boolean sound(NailUp order) {
        boolean to = switch (order.getKind()) {
            case AGENT_PHONE ->
                AGENT.matcher(order.getAgentId()).matches()
                        && NUMBER.matcher(order.getNumber()).matches();
            case EXTERNAL_PARTY ->
                order.getAgentId().isEmpty()
                        && NUMBER.matcher(order.getNumber()).matches();
            case TRUNK ->
                AGENT.matcher(order.getAgentId()).matches()
                        && GATEWAY.matcher(order.getNumber()).matches();
            case LEG_KIND_UNSPECIFIED, UNRECOGNIZED -> false;
        };
        return to && order.getRingTimeoutMillis() >= 1 && order.getRingTimeoutMillis() <= MAX_RING_TIMEOUT_MILLIS;
    }

    CommandResult drop(String scope, DropLeg order) {
        Leg leg = book.find(scope, order.getLegId());
        if (leg == null) {
            return CommandResult.COMMAND_LEG_UNKNOWN;
        }
        end(leg, LegEnd.LEG_DROPPED);
        return CommandResult.COMMAND_DONE;
    }

    CommandResult lend(String scope, LendLeg order) {
        Leg leg = book.find(scope, order.getLegId());
        if (!GATEWAY.matcher(order.getGatewayId()).matches()) {
            return CommandResult.COMMAND_INVALID;
        }
        if (leg == null || leg.kind != LegKind.AGENT_PHONE) {
            return CommandResult.COMMAND_LEG_UNKNOWN;
        }
        if (!leg.up()) {
            return CommandResult.COMMAND_LEG_NOT_UP;
        }
        if (leg.lentTo.equals(order.getGatewayId())) {
            return CommandResult.COMMAND_DONE;
        }
        if (!leg.free()) {
            return CommandResult.COMMAND_LEG_BUSY;
        }
        leg.lentTo = order.getGatewayId();
        journal.leg(LegEventKind.EVENT_LEG_LENT, leg);
        return CommandResult.COMMAND_DONE;
    }

    CommandResult takeBack(String scope, TakeBackLeg order) {
        Leg leg = book.find(scope, order.getLegId());
        if (leg == null) {
            return CommandResult.COMMAND_LEG_UNKNOWN;
        }
        if (!leg.lentTo.isEmpty()) {
            leg.lentTo = "";
            journal.leg(LegEventKind.EVENT_LEG_TAKEN_BACK, leg);
        }
        return CommandResult.COMMAND_DONE;
    }

    /** Ends the leg if it lives. */
    void end(Leg leg, LegEnd why) {
        if (!leg.lives()) {
            return;
        }
        leg.phase = LegPhase.LEG_ENDED;
        leg.end = why;
        leg.endedAt = control.nowMillis();
        leg.lentTo = "";
        leg.script = null;
        book.track(leg);
        journal.leg(LegEventKind.EVENT_LEG_ENDED, leg);
        onEnd.accept(leg);
    }

    /** Ends every leg; returns how many. */
    int endAll(LegEnd why) {
        int ended = 0;
        for (Leg leg : book.live()) {
            // The end of one can be that of another, which has left its call.
            if (leg.lives()) {
                end(leg, why);
                ended++;
            }
        }
        return ended;
    }

    void moveDue(long nowNanos) {
        for (int moves = 0; moves < MAX_MOVES_AT_ONCE; moves++) {
            Leg leg = byDue.peek();
            if (leg == null || leg.dueNanos - nowNanos > 0) {
                return;
            }
            byDue.poll();
            PhoneScript script = leg.script;
            if (script != null) {
                move(leg, script);
            }
        }
    }

    private void move(Leg leg, PhoneScript script) {
        if (leg.up() || !script.answered()) {
            end(leg, script.end());
            return;
        }
        leg.phase = LegPhase.LEG_UP;
        leg.upAt = control.nowMillis();
        journal.leg(LegEventKind.EVENT_LEG_UP, leg);
        if (script.hangsUp()) {
            leg.dueNanos += control.scaled(script.upMillis());
            byDue.add(leg);
        }
    }
}
