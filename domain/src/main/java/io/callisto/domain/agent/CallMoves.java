package io.callisto.domain.agent;

import io.callisto.domain.PhoneNumber;
import io.callisto.domain.agent.AgentCall.Line;
import io.callisto.domain.agent.AgentEffect.CallAction;
import io.callisto.domain.agent.Outcome.Refused;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Calls: assigned, shown, dialed, held, released, wrapped up. */
final class CallMoves {
    private CallMoves() {}

    static @Nullable Refused assigned(Turn turn, CallOffer offer) {
        Refused refusal = unassignable(turn, offer, CallOffer.Kind.OUTBOUND);
        if (refusal != null || turn.has(offer.call())) {
            return refusal;
        }
        turn.call(
                CallState.PENDING_CALL,
                AgentCall.of(offer, Line.CONNECTED, turn.now),
                turn.in(turn.settings.call().bridge()));
        turn.effect(new AgentEffect.Bridge(offer.call(), turn.agentLeg()));
        return null;
    }

    static @Nullable Refused shown(Turn turn, CallOffer offer) {
        Refused refusal = unassignable(turn, offer, CallOffer.Kind.PREVIEW, CallOffer.Kind.MANUAL);
        if (refusal != null || turn.has(offer.call())) {
            return refusal;
        }
        turn.call(
                CallState.PREVIEW,
                AgentCall.of(offer, Line.NONE, turn.now),
                turn.in(offer.terms().preview().limit()));
        turn.tell(new AgentNotice.CallNotified(offer));
        return null;
    }

    static @Nullable Refused callbackDue(Turn turn, AgentInput.CallbackDue input) {
        CallOffer offer = input.offer();
        Refused refusal = unassignable(turn, offer, CallOffer.Kind.CALLBACK);
        if (refusal != null || turn.has(offer.call())) {
            return refusal;
        }
        if (!input.expiry().isAfter(turn.now)) {
            return Turn.refuse(AgentErrorCode.NOT_ASSIGNABLE, "the callback has expired");
        }
        turn.call(CallState.CALLBACK, AgentCall.of(offer, Line.NONE, turn.now), input.expiry());
        turn.tell(new AgentNotice.PreviewCallbackPending(offer, input.due()));
        return null;
    }

    private static @Nullable Refused unassignable(Turn turn, CallOffer offer, CallOffer.Kind... kinds) {
        if (!Arrays.asList(kinds).contains(offer.kind())) {
            return Turn.refuse(AgentErrorCode.BAD_ARGUMENT, "a call of kind " + offer.kind());
        }
        if (turn.has(offer.call())) {
            return null;
        }
        if (!turn.before().assignable(offer.bridged())) {
            return Turn.refuse(
                    AgentErrorCode.NOT_ASSIGNABLE,
                    "agent " + turn.presence().state() + ", call " + turn.work().state() + ", job "
                            + turn.tie().state() + ", nailing " + turn.nailing().state());
        }
        return turn.tie().jobs().contains(offer.job())
                ? null
                : Turn.refuse(AgentErrorCode.UNKNOWN_JOB, "job " + offer.job());
    }

    static void bridged(Turn turn, CallId id) {
        if (turn.has(id) && turn.work().state() == CallState.PENDING_CALL) {
            AgentCall call = turn.call();
            turn.call(CallState.TALKING, call, turn.in(turn.settings.call().longest()));
            turn.tell(new AgentNotice.CallNotified(call.offer()));
        }
    }

    static void bridgeFailed(Turn turn, CallId id) {
        if (!turn.has(id)) {
            return;
        }
        if (turn.work().state() == CallState.PENDING_CALL) {
            CallEnding.giveBack(turn, true);
        } else if (turn.work().state() == CallState.TALKING) {
            CallEnding.toWrapUp(turn, CallEnding.Cause.AUTO);
        }
    }

    static void hungUp(Turn turn, CallId id) {
        if (!turn.has(id) || !turn.call().owner()) {
            return;
        }
        switch (turn.work().state()) {
            case PENDING_CALL -> CallEnding.giveBack(turn, false);
            case TALKING, HELD, CONSULT, CONFERENCE_OWNER, DIALING ->
                CallEnding.customerGone(turn, CallEnding.Cause.AUTO);
            case IDLE, PREVIEW, WRAPUP, CALLBACK, CONFERENCE_PASSIVE -> {
                return;
            }
        }
    }

    static @Nullable Refused hold(Turn turn) {
        turn.effect(new AgentEffect.OnCall(CallAction.HOLD, turn.call().id()));
        turn.call(CallState.HELD, turn.call().with(Line.ON_HOLD), CallEnding.deadline(turn));
        return null;
    }

    static @Nullable Refused unhold(Turn turn) {
        talk(turn, turn.call());
        return null;
    }

    /** Back to the customer, from hold. */
    static void talk(Turn turn, AgentCall call) {
        if (call.line() == Line.ON_HOLD) {
            turn.effect(new AgentEffect.OnCall(CallAction.UNHOLD, call.id()));
        }
        turn.call(CallState.TALKING, call.with(Line.CONNECTED), CallEnding.deadline(turn));
    }

    static @Nullable Refused release(Turn turn) {
        if (turn.call().owner()) {
            CallEnding.toWrapUp(turn, CallEnding.Cause.AGENT);
        } else {
            CallEnding.leave(turn);
        }
        return null;
    }

    static @Nullable Refused dtmf(Turn turn, AgentCommand.SendDtmf command) {
        turn.effect(new AgentEffect.SendDtmf(turn.call().id(), command.digits()));
        return null;
    }

    static @Nullable Refused previewDial(Turn turn, AgentCommand.PreviewDial command) {
        return dial(turn, turn.call(), command.number());
    }

    /** Dials what is shown; by hand there is nothing to dial for us. */
    static @Nullable Refused dial(Turn turn, AgentCall call, @Nullable PhoneNumber wanted) {
        PhoneNumber number = wanted == null ? call.offer().number() : wanted;
        AgentSettings.Call limits = turn.settings.call();
        if (call.offer().bridged()) {
            if (number == null) {
                return Turn.refuse(AgentErrorCode.NO_NUMBER, "the contact has no default number");
            }
            turn.effect(new AgentEffect.Dial(call.id(), call.offer().attempt(), number, limits.ring()));
        }
        // The gateway ends the ringing; this is for a gateway that says nothing.
        turn.call(CallState.DIALING, call, turn.in(limits.ring().plus(limits.bridge())));
        return null;
    }

    static @Nullable Refused redial(Turn turn, AgentCommand.Redial command) {
        AgentCall old = turn.call();
        if (old.redials() >= turn.settings.call().maxRedials()) {
            return Turn.refuse(AgentErrorCode.REDIAL_LIMIT, "redialed " + old.redials() + " times");
        }
        AgentCall again = old.redialed(turn.newCall());
        Refused refusal = dial(turn, again, command.number());
        if (refusal == null) {
            turn.tell(new AgentNotice.CallIdChanged(old.id(), again.id()));
        }
        return refusal;
    }

    static @Nullable Refused previewCancel(Turn turn) {
        AgentCall call = turn.call();
        if (!call.owner()) {
            CallEnding.giveBack(turn, false);
            return null;
        }
        if (turn.work().state() == CallState.PREVIEW
                && !call.offer().terms().preview().cancellable()) {
            return Turn.refuse(AgentErrorCode.NOT_PERMITTED, "the campaign's previews cannot be cancelled");
        }
        CallEnding.toWrapUp(turn, CallEnding.Cause.AGENT);
        return null;
    }

    static @Nullable Refused manualConnect(Turn turn) {
        AgentCall call = turn.call();
        if (call.offer().bridged()) {
            return Turn.refuse(AgentErrorCode.NOT_PERMITTED, "the system dials this call");
        }
        connected(turn, call);
        return null;
    }

    static void dialAnswered(Turn turn, CallId id) {
        if (!turn.has(id) || turn.work().state() != CallState.DIALING) {
            return;
        }
        AgentCall call = turn.call();
        if (call.offer().bridged()) {
            if (turn.nailing().state() != NailState.NAILED) {
                // The nailing went while the customer's phone rang: there is nobody to speak to.
                CallEnding.toWrapUp(turn, CallEnding.Cause.AUTO);
                return;
            }
            turn.effect(new AgentEffect.Bridge(id, turn.agentLeg()));
        }
        connected(turn, call);
    }

    private static void connected(Turn turn, AgentCall call) {
        turn.call(
                CallState.TALKING,
                call.with(Line.CONNECTED),
                turn.in(turn.settings.call().longest()));
        turn.tell(new AgentNotice.CallNotified(call.offer()));
    }

    static void dialFailed(Turn turn, CallId id, Disposition reason) {
        if (turn.has(id) && turn.work().state() == CallState.DIALING) {
            turn.tell(new AgentNotice.DialFailed(id, reason));
            CallEnding.toWrapUp(turn, CallEnding.Cause.AUTO);
        }
    }

    static @Nullable Refused wrapUp(Turn turn, AgentCommand.WrapupContact command) {
        if (!turn.call().offer().terms().wrapUp().allows(command.code())) {
            return Turn.refuse(
                    AgentErrorCode.UNKNOWN_COMPLETION_CODE, command.code().text());
        }
        CallEnding.dispose(turn, command.code());
        return null;
    }

    static @Nullable Refused extend(Turn turn) {
        AgentCall call = turn.call();
        CallTerms.WrapUp terms = call.offer().terms().wrapUp();
        if (call.extensions() >= terms.maxExtensions()) {
            return Turn.refuse(AgentErrorCode.EXTENSION_LIMIT, "extended " + call.extensions() + " times");
        }
        Instant until = CallEnding.deadline(turn).plus(terms.extension());
        turn.update(call.extended(), until);
        turn.tell(new AgentNotice.CallStateChanged(CallState.WRAPUP, call.id(), until));
        return null;
    }
}
