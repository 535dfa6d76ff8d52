package io.callisto.domain.agent;

import io.callisto.domain.agent.AgentCall.Line;
import io.callisto.domain.agent.AgentCall.Party;
import io.callisto.domain.agent.AgentCall.Role;
import io.callisto.domain.agent.AgentEffect.CallAction;
import io.callisto.domain.agent.AgentEffect.PartyAction;
import io.callisto.domain.agent.AgentSession.Waiting;
import io.callisto.domain.agent.Outcome.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consultation, transfer, three-party conference. Two sessions take part, each in its own turn; they tell one another
 * what they did, and each end can cope with the other having gone meanwhile.
 */
final class ConsultMoves {
    private ConsultMoves() {}

    static @Nullable Refused consult(Turn turn, Destination who) {
        if (turn.self().equals(who.agent())) {
            return Turn.refuse(AgentErrorCode.BAD_ARGUMENT, "an agent cannot consult itself");
        }
        AgentCall call = turn.call();
        AgentSettings.Consult limits = turn.settings.consult();
        LegId leg = turn.newLeg();
        if (call.line() == Line.CONNECTED) {
            turn.effect(new AgentEffect.OnCall(CallAction.HOLD, call.id()));
        }
        Party party = new Party(leg, who, false, turn.in(limits.answer()));
        turn.call(CallState.CONSULT, call.with(Line.ON_HOLD).with(party), CallEnding.deadline(turn));
        if (who.number() != null) {
            turn.effect(new AgentEffect.DialParty(leg, who.number(), turn.agentLeg(), limits.answer()));
        }
        turn.tell(who.agent(), new AgentInput.ConsultRequested(leg, turn.self(), turn.agentLeg(), call.offer()));
        return null;
    }

    static @Nullable Refused cancel(Turn turn) {
        LegId leg = turn.party().leg();
        CallEnding.leaveParty(turn);
        CallMoves.talk(turn, turn.call().alone());
        turn.tell(new AgentNotice.ConsultCancelled(leg));
        return null;
    }

    static @Nullable Refused transfer(Turn turn) {
        Party party = turn.party();
        if (!party.joined()) {
            return Turn.refuse(AgentErrorCode.CONSULT_NOT_ANSWERED, "the consultation is not answered yet");
        }
        AgentCall call = turn.call();
        turn.effect(new AgentEffect.OnParty(PartyAction.TRANSFER, party.leg(), call.id()));
        AgentId other = party.who().agent();
        if (other == null) {
            // Nobody of ours has the call now, so this agent says how it went; the customer is not released.
            turn.update(call.with(Line.NONE).alone(), CallEnding.deadline(turn));
            CallEnding.toWrapUp(turn, CallEnding.Cause.AGENT);
        } else {
            turn.tell(other, handOver(turn, party, false));
            CallEnding.toIdle(turn, null);
        }
        return null;
    }

    static @Nullable Refused conference(Turn turn) {
        Party party = turn.party();
        if (!party.joined()) {
            return Turn.refuse(AgentErrorCode.CONSULT_NOT_ANSWERED, "the consultation is not answered yet");
        }
        AgentCall call = turn.call();
        turn.effect(new AgentEffect.OnParty(PartyAction.CONFERENCE, party.leg(), call.id()));
        turn.call(CallState.CONFERENCE_OWNER, call.with(Line.CONNECTED), CallEnding.deadline(turn));
        turn.tell(party.who().agent(), new AgentInput.ConferenceJoined(party.leg()));
        turn.tell(new AgentNotice.ConferenceNotified(call.offer()));
        return null;
    }

    static @Nullable Refused endConference(Turn turn) {
        CallEnding.leaveParty(turn);
        AgentCall call = turn.call();
        CallMoves.talk(turn, call.alone());
        turn.tell(new AgentNotice.ConferenceOver(call.id()));
        return null;
    }

    static @Nullable Refused changeOwner(Turn turn) {
        Party party = turn.party();
        AgentId other = party.who().agent();
        if (other == null) {
            return Turn.refuse(AgentErrorCode.NOT_PERMITTED, "the third party is no agent");
        }
        AgentCall call = turn.call();
        turn.effect(new AgentEffect.ChangeOwner(call.id(), other));
        turn.tell(other, handOver(turn, party, true));
        turn.call(CallState.CONFERENCE_PASSIVE, call.with(Role.PASSIVE).with(Line.NONE), CallEnding.deadline(turn));
        turn.tell(new AgentNotice.ConferenceOwnershipChanged(call.id(), false));
        return null;
    }

    private static AgentInput handOver(Turn turn, Party party, boolean stays) {
        AgentCall call = turn.call();
        return new AgentInput.CallHandedOver(party.leg(), turn.self(), call.offer(), stays, call.startedAt());
    }

    /** What happens with a consultation whose party did not come. */
    static void failed(Turn turn, AgentErrorCode why) {
        LegId leg = turn.party().leg();
        CallMoves.talk(turn, turn.call().alone());
        turn.tell(new AgentNotice.ConsultDialFailed(leg, why));
    }

    static void requested(Turn turn, AgentInput.ConsultRequested input) {
        Waiting wish = new Waiting(input.leg(), input.from(), input.fromLeg(), input.offer());
        boolean loggedOn = turn.presence().state() != AgentState.LOGGED_OUT;
        if (turn.in(input.leg()) || turn.work().waiting().contains(wish)) {
            return;
        }
        if (turn.presence().state() != AgentState.READY
                || !turn.onLine()
                || !turn.desktop().connected()) {
            AgentErrorCode why = loggedOn ? AgentErrorCode.NOT_ASSIGNABLE : AgentErrorCode.NOT_LOGGED_ON;
            turn.tell(input.from(), new AgentInput.ConsultRefused(input.leg(), why));
        } else if (!turn.busy()) {
            join(turn, wish);
        } else if (turn.work().waiting().size() >= turn.settings.consult().maxPending()) {
            turn.tell(input.from(), new AgentInput.ConsultRefused(input.leg(), AgentErrorCode.CONSULT_LIMIT));
        } else {
            List<Waiting> all = new ArrayList<>(turn.work().waiting());
            all.add(wish);
            turn.waiting(all);
            turn.tell(input.from(), new AgentInput.ConsultQueued(input.leg()));
            turn.tell(new AgentNotice.ConsultPending(input.from(), input.offer()));
        }
    }

    private static void join(Turn turn, Waiting wish) {
        Party asker = new Party(wish.leg(), Destination.of(wish.from()), true, null);
        turn.call(
                CallState.CONSULT,
                AgentCall.asked(wish.offer(), asker, turn.now),
                turn.in(turn.settings.call().longest()));
        turn.effect(new AgentEffect.JoinAgent(wish.leg(), wish.fromLeg(), turn.agentLeg()));
        turn.tell(wish.from(), new AgentInput.ConsultAnswered(wish.leg()));
        turn.tell(new AgentNotice.ConsultNotified(wish.from(), wish.offer()));
    }

    /** The agent is free: the oldest consultation that waits is served, or all are refused. */
    static void serveWaiting(Turn turn) {
        List<Waiting> waiting = turn.work().waiting();
        if (waiting.isEmpty()) {
            return;
        }
        if (turn.presence().state() == AgentState.READY && turn.onLine()) {
            turn.waiting(waiting.subList(1, waiting.size()));
            join(turn, waiting.get(0));
        } else {
            refuseWaiting(turn, AgentErrorCode.NOT_ASSIGNABLE);
        }
    }

    static void refuseWaiting(Turn turn, AgentErrorCode why) {
        List<Waiting> waiting = turn.work().waiting();
        turn.waiting(List.of());
        waiting.forEach(wish -> turn.tell(wish.from(), new AgentInput.ConsultRefused(wish.leg(), why)));
    }

    static void withdrawn(Turn turn, LegId leg) {
        if (turn.in(leg) && !turn.call().owner()) {
            turn.tell(new AgentNotice.ConsultCancelled(leg));
            CallEnding.toIdle(turn, null);
            return;
        }
        List<Waiting> rest = turn.work().waiting().stream()
                .filter(wish -> !wish.leg().equals(leg))
                .toList();
        if (rest.size() < turn.work().waiting().size()) {
            turn.waiting(rest);
            turn.tell(new AgentNotice.ConsultCancelled(leg));
        }
    }

    static void queued(Turn turn, LegId leg) {
        if (asks(turn, leg)) {
            turn.tell(new AgentNotice.EnableCancelConsult(leg));
        }
    }

    static void answered(Turn turn, LegId leg) {
        if (asks(turn, leg)) {
            Party party = turn.party();
            turn.update(turn.call().with(new Party(leg, party.who(), true, null)), CallEnding.deadline(turn));
            turn.tell(new AgentNotice.PendingConsultComplete(leg));
        }
    }

    static void refused(Turn turn, LegId leg, AgentErrorCode why) {
        if (asks(turn, leg)) {
            failed(turn, why);
        }
    }

    /** Whether this agent still waits for the party of this consultation. */
    private static boolean asks(Turn turn, LegId leg) {
        return turn.in(leg) && turn.call().owner() && !turn.party().joined();
    }

    static void partyLeft(Turn turn, LegId leg) {
        if (!turn.in(leg)) {
            return;
        }
        AgentCall call = turn.call();
        if (!call.owner()) {
            CallEnding.toIdle(turn, null);
            return;
        }
        boolean conference = turn.work().state() == CallState.CONFERENCE_OWNER;
        CallMoves.talk(turn, call.alone());
        turn.tell(conference ? new AgentNotice.ConferenceOver(call.id()) : new AgentNotice.ConsultCancelled(leg));
    }

    static void handedOver(Turn turn, AgentInput.CallHandedOver input) {
        CallState state = turn.work().state();
        CallState expected = input.stays() ? CallState.CONFERENCE_PASSIVE : CallState.CONSULT;
        if (state != expected || !turn.in(input.leg()) || turn.call().owner()) {
            // This agent has gone meanwhile: the customer must not be left with nobody.
            if (!turn.has(input.offer().call())) {
                turn.effect(new AgentEffect.ReturnCall(input.offer(), true));
                if (input.stays()) {
                    turn.tell(input.from(), new AgentInput.ConferenceEnded(input.leg()));
                }
            }
            return;
        }
        AgentCall call = AgentCall.of(input.offer(), Line.CONNECTED, input.startedAt());
        turn.effect(new AgentEffect.OnCall(CallAction.CONFIRM, call.id()));
        Instant until = input.startedAt().plus(turn.settings.call().longest());
        if (input.stays()) {
            Party from = new Party(input.leg(), Destination.of(input.from()), true, null);
            turn.call(CallState.CONFERENCE_OWNER, call.with(from), until);
            turn.tell(new AgentNotice.ConferenceOwnershipChanged(call.id(), true));
        } else {
            turn.call(CallState.TALKING, call, until);
            turn.tell(new AgentNotice.TransferNotified(input.from(), input.offer()));
        }
    }

    static void joined(Turn turn, LegId leg) {
        if (turn.in(leg) && !turn.call().owner() && turn.work().state() == CallState.CONSULT) {
            AgentCall call = turn.call();
            turn.call(CallState.CONFERENCE_PASSIVE, call, CallEnding.deadline(turn));
            turn.tell(new AgentNotice.ConferenceNotified(call.offer()));
        }
    }

    static void conferenceEnded(Turn turn, LegId leg) {
        if (turn.in(leg) && !turn.call().owner()) {
            turn.tell(new AgentNotice.ConferenceOver(turn.call().id()));
            CallEnding.toIdle(turn, null);
        }
    }
}
