package io.callisto.domain.agent;

import io.callisto.domain.agent.AgentSession.Desktop;
import io.callisto.domain.agent.AgentSession.Presence;
import io.callisto.domain.agent.Outcome.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions: desktops that come and go, readiness, logout. */
final class SessionMoves {
    private SessionMoves() {}

    /** A desktop attaches; whoever had the session before is told that it has not any more. */
    static void attach(Turn turn) {
        Desktop old = turn.desktop();
        if (old.connected()) {
            turn.effect(new AgentEffect.SupersedeDesktop(old.attachNo()));
        }
        turn.desktop(new Desktop(old.attachNo() + 1, true, null, false, old.asked()));
        if (old.abandoned() && turn.presence().state() == AgentState.PENDING_LOGOUT) {
            turn.agent(AgentState.READY, null, null, false);
        }
    }

    static void disconnected(Turn turn, long attachNo) {
        Desktop old = turn.desktop();
        if (old.connected() && old.attachNo() == attachNo) {
            turn.desktop(new Desktop(attachNo, false, turn.in(turn.settings.desktopGrace()), false, old.asked()));
        }
    }

    /** The desktop has not come back: the session ends, but not in the middle of a customer's sentence. */
    static void graceOver(Turn turn) {
        Desktop old = turn.desktop();
        turn.desktop(new Desktop(old.attachNo(), false, null, true, null));
        AgentCall call = turn.work().call();
        boolean customer = call != null && call.owner() && call.line() != AgentCall.Line.NONE;
        if (!customer || turn.work().state() == CallState.PENDING_CALL) {
            forceOut(turn, "DESKTOP_LOST");
        } else if (turn.presence().state() != AgentState.PENDING_LOGOUT) {
            turn.agent(AgentState.PENDING_LOGOUT, "DESKTOP_LOST", null, false);
        }
    }

    static @Nullable Refused change(Turn turn, AgentCommand.StateChange wish) {
        Presence presence = turn.presence();
        AgentState to =
                wish.ready() ? AgentState.READY : turn.busy() ? AgentState.PENDING_NOT_READY : AgentState.NOT_READY;
        if (presence.state() == to) {
            turn.reason(wish.reasonCode(), wish.reasonName(), wish.walkedAway());
        } else {
            turn.agent(to, wish.reasonCode(), wish.reasonName(), wish.walkedAway());
        }
        return null;
    }

    static @Nullable Refused pendingLogout(Turn turn, @Nullable String reason) {
        if (!turn.busy()) {
            logOut(turn, reason);
        } else if (turn.presence().state() != AgentState.PENDING_LOGOUT) {
            turn.agent(AgentState.PENDING_LOGOUT, reason, null, false);
        }
        return null;
    }

    /** Ends the session of an agent without a call. */
    static void logOut(Turn turn, @Nullable String reason) {
        ConsultMoves.refuseWaiting(turn, AgentErrorCode.NOT_LOGGED_ON);
        NailMoves.drop(turn);
        if (turn.nailing().state() != NailState.NOT_NAILED) {
            turn.nail(NailState.NOT_NAILED, null, null, 0);
        }
        if (turn.tie().state().inbound()) {
            turn.effect(new AgentEffect.Blend(false));
        }
        if (turn.tie().state() != AgentJobState.NOT_ATTACHED) {
            turn.jobs(AgentJobState.NOT_ATTACHED, List.of(), null, null, false);
        }
        Desktop desktop = turn.desktop();
        if (desktop.deadline() != null) {
            turn.desktop(new Desktop(desktop.attachNo(), false, null, true, null));
        } else {
            turn.desktop(desktop.with((AgentStatus) null));
        }
        turn.agent(AgentState.LOGGED_OUT, reason, null, false);
    }

    /** Ends the session whatever the agent does; a call is disposed as Desktop Error. */
    static void forceOut(Turn turn, String reason) {
        CallEnding.cut(turn);
        logOut(turn, reason);
        turn.tell(new AgentNotice.LoggedOut(reason));
    }

    /**
     * The desktop's view after a takeover. It may not have heard yet what the takeover changed, so for each state what
     * was before is right as well; anything else means that one of the two is wrong about a customer's call.
     */
    static @Nullable Refused compare(Turn turn, AgentStatus theirs) {
        AgentStatus before = turn.desktop().asked();
        if (before == null) {
            return null;
        }
        turn.desktop(turn.desktop().with((AgentStatus) null));
        AgentStatus ours = new AgentStatus(
                turn.presence().state(), turn.work().state(), turn.nailing().state());
        if (!FailoverReconciliation.agree(before, ours, theirs)) {
            turn.effect(new AgentEffect.ReportMismatch(ours, before, theirs));
            forceOut(turn, "STATE_MISMATCH");
        }
        return null;
    }
}
