package io.callisto.domain.agent;

import io.callisto.domain.agent.AgentEffect.CallAction;
import io.callisto.domain.agent.AgentSession.Media;
import io.callisto.domain.agent.AgentSession.Nailing;
import io.callisto.domain.agent.Outcome.Refused;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Nailing: put up, lost, put up again by itself, given up. */
final class NailMoves {
    private NailMoves() {}

    /** The desktop is asked to confirm first. */
    static @Nullable Refused available(Turn turn) {
        turn.nail(NailState.NAILING, null, turn.in(turn.settings.nail().answer()), 0);
        return null;
    }

    static @Nullable Refused ready(Turn turn) {
        Nailing nailing = turn.nailing();
        if (nailing.leg() != null) {
            return Turn.refuse(AgentErrorCode.WRONG_STATE, "the agent's phone rings already");
        }
        LegId leg = turn.newLeg();
        turn.update(new Nailing(
                nailing.state(),
                nailing.since(),
                leg,
                turn.in(turn.settings.nail().answer()),
                nailing.triesLeft(),
                nailing.media()));
        ring(turn, leg);
        return null;
    }

    static @Nullable Refused both(Turn turn) {
        if (turn.nailing().state() == NailState.NAILING) {
            return ready(turn);
        }
        again(turn, 0);
        return null;
    }

    /** Rings the agent's phone without asking the desktop. */
    static void again(Turn turn, int triesLeft) {
        LegId leg = turn.newLeg();
        turn.nail(NailState.NAILING, leg, turn.in(turn.settings.nail().answer()), triesLeft);
        ring(turn, leg);
    }

    private static void ring(Turn turn, LegId leg) {
        turn.effect(new AgentEffect.NailUp(
                leg, turn.before().identity().extension(), turn.settings.nail().answer()));
    }

    static void answered(Turn turn, LegId leg) {
        if (!leg.equals(turn.nailing().leg())) {
            // A phone that was given up answers after all: nobody would ever hang it up.
            turn.effect(new AgentEffect.DropNailing(leg));
        } else if (turn.nailing().state() == NailState.NAILING) {
            turn.nail(NailState.NAILED, leg, null, 0);
            JobMoves.nailed(turn);
        }
    }

    /** The leg did not come, or is gone. */
    static void gone(Turn turn, LegId leg) {
        if (!leg.equals(turn.nailing().leg())) {
            return;
        }
        if (turn.nailing().state() == NailState.NAILING) {
            failed(turn);
        } else {
            lost(turn);
        }
    }

    static void failed(Turn turn) {
        drop(turn);
        int left = turn.nailing().triesLeft();
        if (left > 0) {
            turn.nail(NailState.LOST, null, turn.in(turn.settings.nail().pause()), left);
        } else {
            giveUp(turn);
        }
    }

    private static void giveUp(Turn turn) {
        turn.nail(NailState.NOT_NAILED, null, null, 0);
        JobMoves.detachAll(turn);
    }

    /** The nailing is gone, and with it the calls over it. */
    static void lost(Turn turn) {
        drop(turn);
        turn.nail(
                NailState.LOST,
                null,
                turn.in(turn.settings.nail().pause()),
                turn.settings.nail().tries());
        AgentCall call = turn.work().call();
        if (call == null || !call.offer().bridged()) {
            return;
        }
        switch (turn.work().state()) {
            case IDLE, WRAPUP, PREVIEW, CALLBACK -> {
                return;
            }
            case PENDING_CALL -> {
                CallEnding.onCustomer(turn, CallAction.UNBRIDGE);
                CallEnding.giveBack(turn, true);
            }
            case TALKING, HELD, DIALING, CONSULT, CONFERENCE_OWNER, CONFERENCE_PASSIVE -> {
                if (call.owner()) {
                    CallEnding.toWrapUp(turn, CallEnding.Cause.AUTO);
                } else {
                    CallEnding.leave(turn);
                }
            }
        }
    }

    /** Hangs the agent's phone up, also where it is thought to be gone: so nothing is left over at a gateway. */
    static void drop(Turn turn) {
        LegId leg = turn.nailing().leg();
        if (leg != null) {
            turn.effect(new AgentEffect.DropNailing(leg));
        }
    }

    static void media(Turn turn, Media media) {
        Nailing old = turn.nailing();
        Instant deadline = old.deadline();
        if (old.state() == NailState.NAILED) {
            Instant patience = turn.in(turn.settings.nail().patience());
            deadline = media == Media.OK ? null : deadline == null ? patience : deadline;
        }
        turn.update(new Nailing(old.state(), old.since(), old.leg(), deadline, old.triesLeft(), media));
    }

    /** The deadline of the nailing has come. */
    static void expired(Turn turn) {
        switch (turn.nailing().state()) {
            case NAILING -> failed(turn);
            case NAILED -> lost(turn);
            case LOST -> {
                int left = turn.nailing().triesLeft();
                if (left > 0) {
                    again(turn, left - 1);
                } else {
                    giveUp(turn);
                }
            }
            case NOT_NAILED -> {
                return;
            }
        }
    }
}
