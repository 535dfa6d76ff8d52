package io.callisto.domain.agent;

import io.callisto.domain.CompletionCode;
import io.callisto.domain.InvariantBroken;
import io.callisto.domain.agent.AgentEffect.CallAction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens when nothing happened in time; told in words by {@link BusyState}. */
final class Deadlines {
    /** Each one that is due sets a later one or none, so a handful is all there can be. */
    private static final int MOST_AT_ONCE = 32;

    private Deadlines() {}

    static void run(Turn turn) {
        for (int n = 0; n < MOST_AT_ONCE; n++) {
            AgentCall call = turn.work().call();
            AgentCall.Party party = call == null ? null : call.party();
            if (due(turn, turn.desktop().deadline())) {
                SessionMoves.graceOver(turn);
            } else if (party != null && due(turn, party.deadline())) {
                CallEnding.leaveParty(turn);
                ConsultMoves.failed(turn, AgentErrorCode.NO_ANSWER);
            } else if (due(turn, turn.work().deadline())) {
                callExpired(turn);
            } else if (due(turn, turn.nailing().deadline())) {
                NailMoves.expired(turn);
            } else {
                return;
            }
        }
        throw new InvariantBroken("INV-8", "deadlines of an agent's session that never end");
    }

    private static boolean due(Turn turn, @Nullable Instant deadline) {
        return deadline != null && !deadline.isAfter(turn.now);
    }

    private static void callExpired(Turn turn) {
        AgentCall call = turn.call();
        switch (turn.work().state()) {
            case WRAPUP ->
                CallEnding.dispose(turn, call.offer().terms().wrapUp().defaultCode());
            case PREVIEW -> previewExpired(turn, call);
            case CALLBACK -> {
                turn.tell(new AgentNotice.PreviewCallbackCancelled(call.id()));
                CallEnding.giveBack(turn, false);
            }
            case DIALING ->
                CallMoves.dialFailed(turn, call.id(), new Disposition(CompletionCode.RING_NO_ANSWER.text()));
            case PENDING_CALL -> {
                CallEnding.onCustomer(turn, CallAction.UNBRIDGE);
                CallEnding.giveBack(turn, true);
            }
            case TALKING, HELD, CONSULT, CONFERENCE_OWNER, CONFERENCE_PASSIVE -> {
                if (call.owner()) {
                    CallEnding.toWrapUp(turn, CallEnding.Cause.AUTO);
                } else {
                    CallEnding.leave(turn);
                }
            }
            case IDLE -> throw new InvariantBroken("INV-8", "a deadline of no call");
        }
    }

    private static void previewExpired(Turn turn, AgentCall call) {
        boolean dials = call.owner()
                && call.offer().terms().preview().timed()
                && (turn.onLine() || !call.offer().bridged());
        if (dials && CallMoves.dial(turn, call, null) == null) {
            return;
        }
        if (call.owner() && turn.presence().state() == AgentState.READY) {
            // Who lets a contact lie is not at the desk: another one would lie there as well.
            turn.agent(AgentState.PENDING_NOT_READY, "PREVIEW_EXPIRED", null, false);
        }
        CallEnding.giveBack(turn, false);
    }
}
