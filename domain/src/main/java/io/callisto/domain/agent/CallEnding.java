package io.callisto.domain.agent;

import io.callisto.domain.agent.AgentCall.Line;
import io.callisto.domain.agent.AgentEffect.CallAction;
import io.callisto.domain.agent.AgentEffect.PartyAction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How calls end: by wrap-up where the call is the agent's own, else at once; and what waited for the end. */
final class CallEnding {
    private CallEnding() {}

    /** Why a call goes to wrap-up, as the desktop is told it. */
    enum Cause {
        /** The agent released it. */
        AGENT,
        /** It ended by itself. */
        AUTO,
        /** It ended while the zone had no agent manager. */
        MISSED
    }

    /** The agent's own call is over: third parties are let go, the customer too, and wrap-up begins. */
    static void toWrapUp(Turn turn, Cause cause) {
        leaveParty(turn);
        AgentCall call = turn.call();
        if (turn.work().state() == CallState.DIALING || call.line() != Line.NONE) {
            onCustomer(turn, CallAction.RELEASE);
        }
        Instant until = turn.in(call.offer().terms().wrapUp().limit());
        turn.call(CallState.WRAPUP, call.with(Line.NONE).alone(), until);
        if (cause != Cause.AGENT) {
            turn.tell(new AgentNotice.AutoReleased(call.id(), cause == Cause.MISSED, until));
        }
        if (turn.desktop().abandoned()) {
            // Nobody is there to say how it went, and the session was kept for this call only.
            dispose(turn, Disposition.DESKTOP_ERROR);
        }
    }

    /** The customer is gone already; nothing is left to release. */
    static void customerGone(Turn turn, Cause cause) {
        turn.update(turn.call().with(Line.NONE), deadline(turn));
        toWrapUp(turn, cause);
    }

    /** Ends wrap-up. */
    static void dispose(Turn turn, Disposition code) {
        AgentCall call = turn.call();
        turn.effect(new AgentEffect.WrapUp(call.offer().attempt(), call.id(), code));
        toIdle(turn, code);
    }

    /** The agent has no call any more; what waited for that happens now. */
    static void toIdle(Turn turn, @Nullable Disposition code) {
        turn.idle(code);
        settle(turn);
    }

    /** The call was only shown or offered, and is not worked by this agent after all. */
    static void giveBack(Turn turn, boolean customerWaits) {
        AgentCall call = turn.call();
        if (call.owner()) {
            turn.effect(new AgentEffect.ReturnCall(call.offer(), customerWaits));
        }
        toIdle(turn, null);
    }

    /** This agent leaves another agent's call. */
    static void leave(Turn turn) {
        leaveParty(turn);
        toIdle(turn, null);
    }

    /** Ends whatever the agent does with a call, at once and for good; what waited for it is not done. */
    static void cut(Turn turn) {
        switch (turn.work().state()) {
            case IDLE -> {
                return;
            }
            case WRAPUP -> cutWrapUp(turn);
            case TALKING, HELD, DIALING, CONFERENCE_OWNER, CONSULT, CONFERENCE_PASSIVE -> cutCall(turn);
            case PREVIEW, CALLBACK -> cutOffer(turn, false);
            case PENDING_CALL -> {
                onCustomer(turn, CallAction.UNBRIDGE);
                cutOffer(turn, true);
            }
        }
    }

    private static void cutCall(Turn turn) {
        leaveParty(turn);
        AgentCall call = turn.call();
        if (!call.owner()) {
            turn.idle(null);
            return;
        }
        onCustomer(turn, CallAction.RELEASE);
        turn.call(CallState.WRAPUP, call.with(Line.NONE).alone(), turn.now);
        cutWrapUp(turn);
    }

    private static void cutWrapUp(Turn turn) {
        AgentCall call = turn.call();
        turn.effect(new AgentEffect.WrapUp(call.offer().attempt(), call.id(), Disposition.DESKTOP_ERROR));
        turn.idle(Disposition.DESKTOP_ERROR);
    }

    private static void cutOffer(Turn turn, boolean customerWaits) {
        AgentCall call = turn.call();
        if (call.owner()) {
            turn.effect(new AgentEffect.ReturnCall(call.offer(), customerWaits));
        }
        turn.idle(null);
    }

    /** Lets the other one of a consultation or conference go, and tells it. */
    static void leaveParty(Turn turn) {
        AgentCall call = turn.call();
        AgentCall.Party party = call.party();
        if (party == null) {
            return;
        }
        AgentId other = party.who().agent();
        if (party.joined() || other == null) {
            turn.effect(new AgentEffect.OnParty(PartyAction.DROP, party.leg(), call.id()));
        }
        turn.tell(other, farewell(turn.work().state(), call.owner(), party.leg()));
    }

    private static AgentInput farewell(CallState state, boolean owner, LegId leg) {
        if (!owner) {
            return new AgentInput.PartyLeft(leg);
        }
        return state == CallState.CONFERENCE_OWNER
                ? new AgentInput.ConferenceEnded(leg)
                : new AgentInput.ConsultWithdrawn(leg);
    }

    /** Does something to the customer's leg, where it is at our gateway. */
    static void onCustomer(Turn turn, CallAction action) {
        CallOffer offer = turn.call().offer();
        if (offer.bridged()) {
            turn.effect(new AgentEffect.OnCall(action, offer.call()));
        }
    }

    /** The deadline of a call that goes on. */
    static Instant deadline(Turn turn) {
        Instant deadline = turn.work().deadline();
        return deadline == null ? turn.now : deadline;
    }

    /** What waited for the end of a call: logout before all else, then jobs, readiness, other agents. */
    private static void settle(Turn turn) {
        if (turn.presence().state() == AgentState.PENDING_LOGOUT) {
            SessionMoves.logOut(turn, turn.presence().reasonCode());
            return;
        }
        JobMoves.settle(turn);
        if (turn.presence().state() == AgentState.PENDING_NOT_READY) {
            AgentSession.Presence wish = turn.presence();
            turn.agent(AgentState.NOT_READY, wish.reasonCode(), wish.reasonName(), wish.walkedAway());
        }
        ConsultMoves.serveWaiting(turn);
    }
}
