package io.callisto.domain.agent;

import io.callisto.domain.agent.AgentCall.Line;
import io.callisto.domain.agent.AgentCall.Role;
import io.callisto.domain.agent.AgentEffect.CallAction;
import io.callisto.domain.agent.FailoverFacts.Customer;
import io.callisto.domain.agent.GatewayView.Nail;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Squares a restored session with what the gateways say, once per takeover.
 *
 * <p>Whoever carries out the effects lets all sessions of the zone be reconciled before it delivers any
 * {@link AgentEffect.Tell}: each session finds its own state by the table, and what others tell it comes after.
 */
public final class FailoverReconciliation {
    private FailoverReconciliation() {}

    /**
     * Reconciles a session that is logged on.
     *
     * @param downSince when the zone lost its agent manager; the time since then is the agent's <em>Total HA time</em>
     */
    public static Outcome.Accepted reconcile(
            AgentSession session, GatewayView view, Instant downSince, Instant now, AgentSettings settings) {
        Turn turn = new Turn(session, now, settings);
        if (!session.loggedOn()) {
            return turn.done();
        }
        long down = bookHaTime(turn, downSince);
        stopTheClock(turn, down);
        FailoverFacts facts = facts(session, view);
        CallState after = FailoverTable.after(session.work().state(), facts);
        // Both use the state before: a call is not judged by what its own nailing is turned into.
        nailing(turn, view.nail());
        call(turn, after, facts);
        if (turn.presence().state() != AgentState.LOGGED_OUT) {
            turn.desktop(turn.desktop().with(session.status()));
            turn.tell(new AgentNotice.PomAvailable());
            turn.tell(new AgentNotice.GetAgentStatus());
        }
        return turn.done();
    }

    /** Whether a desktop's view is right: each state as it is, or as it was before the takeover. */
    public static boolean agree(AgentStatus before, AgentStatus ours, AgentStatus theirs) {
        return one(before.agentState(), ours.agentState(), theirs.agentState())
                && one(before.callState(), ours.callState(), theirs.callState())
                && one(before.nailState(), ours.nailState(), theirs.nailState());
    }

    private static boolean one(Object before, Object ours, Object theirs) {
        return Objects.equals(ours, theirs) || Objects.equals(before, theirs);
    }

    /** What the gateways' answer means for an agent. */
    static FailoverFacts facts(AgentSession session, GatewayView view) {
        AgentCall call = session.work().call();
        boolean attached = session.tie().state() != AgentJobState.NOT_ATTACHED;
        Role role = call == null ? Role.OWNER : call.role();
        if (call != null && !call.offer().bridged()) {
            // Dialed with another device: no gateway knows the call, and it goes on whatever a gateway lost.
            Customer elsewhere = session.work().state() == CallState.DIALING ? Customer.RINGING : Customer.CONNECTED;
            return new FailoverFacts(elsewhere, true, attached, role);
        }
        Customer customer =
                view.customer() == Customer.RINGING && session.work().state() != CallState.DIALING
                        ? Customer.GONE
                        : view.customer();
        return new FailoverFacts(customer, view.nail() == Nail.STANDS, attached, role);
    }

    private static long bookHaTime(Turn turn, Instant downSince) {
        Instant loggedOn = turn.before().ledger().loggedOnAt();
        Instant from = downSince.isBefore(loggedOn) ? loggedOn : downSince;
        long millis = Math.max(0, Duration.between(from, turn.now).toMillis());
        if (millis > 0) {
            turn.bookHaTime(millis);
        }
        return millis;
    }

    /** While nobody could be heard, nobody's time ran out; calls and callbacks end when they would have ended. */
    private static void stopTheClock(Turn turn, long millis) {
        CallState state = turn.work().state();
        if (state != CallState.IDLE) {
            Instant deadline = CallEnding.deadline(turn);
            boolean agents = state == CallState.WRAPUP || state == CallState.PREVIEW;
            turn.update(turn.call().later(millis), agents ? deadline.plusMillis(millis) : deadline);
        }
        turn.update(turn.nailing().later(millis));
        turn.desktop(turn.desktop().later(millis));
    }

    private static void nailing(Turn turn, Nail found) {
        switch (turn.nailing().state()) {
            case NOT_NAILED, LOST -> {
                return;
            }
            case NAILING -> ringing(turn, found);
            case NAILED -> standing(turn, found);
        }
    }

    private static void ringing(Turn turn, Nail found) {
        LegId leg = turn.nailing().leg();
        if (leg == null || found == Nail.RINGS) {
            return;
        }
        if (found == Nail.STANDS) {
            NailMoves.answered(turn, leg);
        } else {
            // It was not the phone that failed: tried again by itself, whoever asked for it.
            NailMoves.drop(turn);
            turn.nail(
                    NailState.LOST,
                    null,
                    turn.in(turn.settings.nail().pause()),
                    turn.settings.nail().tries());
        }
    }

    private static void standing(Turn turn, Nail found) {
        switch (found) {
            case STANDS -> NailMoves.media(turn, AgentSession.Media.OK);
            case GONE, RINGS -> {
                NailMoves.drop(turn);
                turn.nail(
                        NailState.LOST,
                        null,
                        turn.in(turn.settings.nail().pause()),
                        turn.settings.nail().tries());
            }
            case UNKNOWN -> {
                NailMoves.drop(turn);
                turn.nail(NailState.NOT_NAILED, null, null, 0);
                JobMoves.detachAll(turn);
                NailMoves.again(turn, turn.settings.nail().tries());
            }
        }
    }

    private static void call(Turn turn, CallState after, FailoverFacts facts) {
        CallState before = turn.work().state();
        if (before == after) {
            if (before != CallState.IDLE) {
                bound(turn, facts);
            }
            return;
        }
        switch (after) {
            case TALKING -> talking(turn);
            case WRAPUP -> wrapUp(turn, facts);
            case PREVIEW -> preview(turn);
            case IDLE -> idle(turn, facts);
            case HELD, DIALING, CALLBACK, CONSULT, CONFERENCE_OWNER, CONFERENCE_PASSIVE, PENDING_CALL ->
                turn.call(after, turn.call(), CallEnding.deadline(turn));
        }
    }

    /** A state that the table keeps although its call is gone must not last as long as a call may. */
    private static void bound(Turn turn, FailoverFacts facts) {
        boolean dead = !facts.nailed() || facts.customer() == Customer.GONE;
        CallState state = turn.work().state();
        boolean needsCall = state != CallState.WRAPUP && state != CallState.PREVIEW && state != CallState.CALLBACK;
        Instant soon = turn.in(turn.settings.consult().answer());
        if (dead && needsCall && soon.isBefore(CallEnding.deadline(turn))) {
            turn.update(turn.call(), soon);
        }
    }

    private static void talking(Turn turn) {
        AgentCall call = turn.call();
        turn.effect(new AgentEffect.Bridge(call.id(), turn.agentLeg()));
        turn.call(
                CallState.TALKING,
                call.with(Line.CONNECTED),
                turn.in(turn.settings.call().longest()));
        turn.tell(new AgentNotice.CallNotified(call.offer()));
    }

    private static void wrapUp(Turn turn, FailoverFacts facts) {
        if (facts.customer() == Customer.GONE) {
            CallEnding.customerGone(turn, CallEnding.Cause.MISSED);
        } else {
            CallEnding.toWrapUp(turn, CallEnding.Cause.MISSED);
        }
    }

    /** The conference broke up; what the agent was shown stays on its desk for a while. */
    private static void preview(Turn turn) {
        CallEnding.leaveParty(turn);
        AgentCall call = turn.call().alone();
        turn.call(
                CallState.PREVIEW, call, turn.in(call.offer().terms().preview().limit()));
        turn.tell(new AgentNotice.ConferenceOver(call.id()));
    }

    private static void idle(Turn turn, FailoverFacts facts) {
        switch (turn.work().state()) {
            case PENDING_CALL -> {
                CallEnding.onCustomer(turn, CallAction.UNBRIDGE);
                CallEnding.giveBack(turn, facts.customer() == Customer.CONNECTED);
            }
            case PREVIEW -> CallEnding.giveBack(turn, false);
            case IDLE, TALKING, HELD, DIALING, WRAPUP, CALLBACK, CONSULT, CONFERENCE_OWNER, CONFERENCE_PASSIVE ->
                CallEnding.leave(turn);
        }
    }
}
