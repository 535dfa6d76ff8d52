package io.callisto.gateway.legs;

import io.callisto.domain.AttemptId;
import io.callisto.gateway.calls.CallControl;
import io.callisto.gateway.v1.Bridge;
import io.callisto.gateway.v1.BridgeEnd;
import io.callisto.gateway.v1.BridgeMode;
import io.callisto.gateway.v1.CallPhase;
import io.callisto.gateway.v1.ChangeBridge;
import io.callisto.gateway.v1.CommandResult;
import io.callisto.gateway.v1.Consult;
import io.callisto.gateway.v1.LegEventKind;
import io.callisto.gateway.v1.SendDtmf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes, changes and ends bridges. Guarded by the exchange's lock. */
final class TalkDesk {
    private static final Pattern DIGITS = Pattern.compile("[0-9*#A-D]{1,32}");

    private final CallControl control;
    private final LegBook book;
    private final Journal journal;
    private final Customers customers;
    private final LegRelease release;

    /** What becomes of a leg that has left its call. */
    @FunctionalInterface
    interface LegRelease {
        void left(Leg leg);
    }

    TalkDesk(CallControl control, LegBook book, Journal journal, Customers customers, LegRelease release) {
        this.control = control;
        this.book = book;
        this.journal = journal;
        this.customers = customers;
        this.release = release;
    }

    CommandResult bridge(String scope, Bridge order) {
        int entry = customers.find(order.getAttemptId());
        CommandResult standing = customers.standing(scope, entry);
        if (standing != CommandResult.COMMAND_DONE) {
            return standing;
        }
        Leg leg = book.find(scope, order.getLegId());
        if (leg == null) {
            return CommandResult.COMMAND_LEG_UNKNOWN;
        }
        AttemptId attempt = control.attempt(entry);
        Talk talk = book.talk(attempt);
        if (talk != null) {
            return talk.owner == leg ? CommandResult.COMMAND_DONE : CommandResult.COMMAND_CALL_BUSY;
        }
        if (customers.announcing(entry)) {
            return CommandResult.COMMAND_CALL_BUSY;
        }
        if (!leg.up()) {
            return CommandResult.COMMAND_LEG_NOT_UP;
        }
        if (!leg.free()) {
            return CommandResult.COMMAND_LEG_BUSY;
        }
        begin(new Talk(attempt, scope, journal.next(scope), BridgeMode.BRIDGE_WAITING, leg), entry);
        return CommandResult.COMMAND_DONE;
    }

    private void begin(Talk talk, int entry) {
        talk.owner.talk = talk;
        book.add(talk);
        if (control.phase(entry) == CallPhase.ANSWERED) {
            answered(talk, entry);
        } else {
            journal.talk(LegEventKind.EVENT_BRIDGE_WAITING, talk);
        }
    }

    /** The customer of a waiting bridge is on the line. */
    void answered(Talk talk, int entry) {
        talk.talkingAt = control.nowMillis();
        move(talk, TalkMove.ANSWERED);
        customers.talks(entry);
    }

    CommandResult consult(String scope, Consult order) {
        int entry = customers.find(order.getAttemptId());
        CommandResult standing = customers.standing(scope, entry);
        if (standing != CommandResult.COMMAND_DONE) {
            return standing;
        }
        Leg leg = book.find(scope, order.getLegId());
        if (leg == null) {
            return CommandResult.COMMAND_LEG_UNKNOWN;
        }
        Talk talk = book.talk(control.attempt(entry));
        if (talk != null && talk.mode == BridgeMode.BRIDGE_CONSULTING && talk.second == leg) {
            return CommandResult.COMMAND_DONE;
        }
        if (talk == null || TalkMove.CONSULT.after(talk.mode).isEmpty()) {
            return CommandResult.COMMAND_WRONG_MODE;
        }
        // An outside party may still ring, as the agent who called it hears; an agent's phone is up or not there.
        if (!leg.lives() || (!leg.up() && !leg.forOneCall())) {
            return CommandResult.COMMAND_LEG_NOT_UP;
        }
        if (!leg.free()) {
            return CommandResult.COMMAND_LEG_BUSY;
        }
        talk.second = leg;
        leg.talk = talk;
        move(talk, TalkMove.CONSULT);
        return CommandResult.COMMAND_DONE;
    }

    CommandResult change(String scope, ChangeBridge order) {
        TalkMove move = TalkMove.of(order.getChange()).orElse(null);
        if (move == null) {
            return CommandResult.COMMAND_INVALID;
        }
        int entry = customers.find(order.getAttemptId());
        CommandResult standing = customers.standing(scope, entry);
        if (standing != CommandResult.COMMAND_DONE) {
            return standing;
        }
        Talk talk = book.talk(control.attempt(entry));
        if (talk == null) {
            return move == TalkMove.UNBRIDGE ? CommandResult.COMMAND_DONE : CommandResult.COMMAND_WRONG_MODE;
        }
        if (move.idleIn(talk.mode)) {
            return CommandResult.COMMAND_DONE;
        }
        if (move.after(talk.mode).isEmpty()) {
            return CommandResult.COMMAND_WRONG_MODE;
        }
        Leg second = talk.second;
        if (move.needsSecondUp() && second != null && !second.up()) {
            return CommandResult.COMMAND_LEG_NOT_UP;
        }
        move(talk, move);
        if (talk.mode == BridgeMode.BRIDGE_OVER) {
            customers.waits(entry);
        }
        return CommandResult.COMMAND_DONE;
    }

    CommandResult dtmf(String scope, SendDtmf order) {
        if (!DIGITS.matcher(order.getDigits()).matches()) {
            return CommandResult.COMMAND_INVALID;
        }
        int entry = customers.find(order.getAttemptId());
        CommandResult standing = customers.standing(scope, entry);
        if (standing != CommandResult.COMMAND_DONE) {
            return standing;
        }
        Talk talk = book.talk(control.attempt(entry));
        if (talk == null || (talk.mode != BridgeMode.BRIDGE_TALKING && talk.mode != BridgeMode.BRIDGE_CONFERENCE)) {
            return CommandResult.COMMAND_WRONG_MODE;
        }
        journal.dtmf(talk, order.getDigits().length());
        return CommandResult.COMMAND_DONE;
    }

    /** A leg has ended: its bridge goes on without it, or ends, and the customer waits. */
    void legEnded(Leg leg) {
        Talk talk = leg.talk;
        if (talk == null) {
            return;
        }
        move(talk, talk.owner == leg ? TalkMove.OWNER_GONE : TalkMove.SECOND_GONE);
        int entry = control.find(talk.attempt);
        if (talk.mode == BridgeMode.BRIDGE_OVER && control.lives(entry)) {
            customers.waits(entry);
        }
    }

    /** A call has ended, and its bridge with it. */
    void callEnded(Talk talk) {
        move(talk, TalkMove.CALL_GONE);
    }

    /** One that the table allows. Legs that leave are free before the event, and released after it. */
    private void move(Talk talk, TalkMove move) {
        BridgeMode before = talk.mode;
        talk.mode = move.after(before).orElseThrow();
        List<Leg> gone = new ArrayList<>();
        switch (move) {
            case ANSWERED, HOLD, UNHOLD, CONSULT, START_CONFERENCE -> {}
            case END_CONSULT, END_CONFERENCE, SECOND_GONE -> dismissSecond(talk, gone);
            case TRANSFER -> dismissOwner(talk, gone);
            case CHANGE_OWNER -> {
                Leg owner = talk.owner;
                talk.owner = Objects.requireNonNull(talk.second);
                talk.second = owner;
            }
            case UNBRIDGE, CALL_GONE -> finish(talk, move, gone);
            case OWNER_GONE -> {
                if (talk.mode == BridgeMode.BRIDGE_OVER) {
                    finish(talk, move, gone);
                } else {
                    dismissOwner(talk, gone);
                }
            }
        }
        journal.talk(move.event(before), talk);
        gone.forEach(release::left);
    }

    private void finish(Talk talk, TalkMove move, List<Leg> gone) {
        talk.end = switch (move) {
            case CALL_GONE -> BridgeEnd.BRIDGE_CALL_ENDED;
            case OWNER_GONE -> BridgeEnd.BRIDGE_LEG_ENDED;
            default -> BridgeEnd.BRIDGE_UNBRIDGED;
        };
        talk.endedAt = control.nowMillis();
        book.remove(talk);
        // The event of the end still names the legs.
        leave(talk.owner, gone);
        leave(talk.second, gone);
    }

    private static void dismissOwner(Talk talk, List<Leg> gone) {
        leave(talk.owner, gone);
        talk.owner = Objects.requireNonNull(talk.second);
        talk.second = null;
    }

    private static void dismissSecond(Talk talk, List<Leg> gone) {
        leave(talk.second, gone);
        talk.second = null;
    }

    private static void leave(@Nullable Leg leg, List<Leg> gone) {
        if (leg != null) {
            leg.talk = null;
            gone.add(leg);
        }
    }
}
