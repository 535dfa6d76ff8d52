package io.callisto.domain.agent;

import io.callisto.domain.AttemptId;
import io.callisto.domain.InvariantBroken;
import io.callisto.domain.agent.Outcome.Refused;
import org.jspecify.annotations.Nullable;

/** Commands about the call that the agent has. */
final class CallCommands {
    private CallCommands() {}

    static @Nullable Refused obey(Turn turn, AgentCommand command) {
        return switch (command.kind()) {
            case HOLD_CALL -> CallMoves.hold(turn);
            case UNHOLD_CALL -> CallMoves.unhold(turn);
            case RELEASE_LINE -> CallMoves.release(turn);
            case SEND_DTMF -> CallMoves.dtmf(turn, (AgentCommand.SendDtmf) command);
            case REDIAL -> CallMoves.redial(turn, (AgentCommand.Redial) command);
            case PREVIEW_DIAL -> CallMoves.previewDial(turn, (AgentCommand.PreviewDial) command);
            case PREVIEW_CANCEL -> CallMoves.previewCancel(turn);
            case MANUAL_CALL_CONNECT -> CallMoves.manualConnect(turn);
            case CONSULT_CALL -> ConsultMoves.consult(turn, ((AgentCommand.ConsultCall) command).destination());
            case CANCEL_CONSULT -> ConsultMoves.cancel(turn);
            case COMPLETE_TRANSFER -> ConsultMoves.transfer(turn);
            case START_CONF -> ConsultMoves.conference(turn);
            case END_CONF -> ConsultMoves.endConference(turn);
            case CONF_CHANGE_OWNERSHIP -> ConsultMoves.changeOwner(turn);
            case WRAPUP_CONTACT -> CallMoves.wrapUp(turn, (AgentCommand.WrapupContact) command);
            case EXTEND_WRAPUP -> CallMoves.extend(turn);
            case CREATE_CALLBACK, SET_CUSTOMER_DETAIL, ADD_AGENT_NOTE, ADD_TO_DNC -> record(turn, command);
            default -> throw new InvariantBroken("INV-8", command.kind() + " is not about a call");
        };
    }

    /** What an agent writes down about the contact. */
    private static @Nullable Refused record(Turn turn, AgentCommand command) {
        AttemptId attempt = turn.call().offer().attempt();
        switch (command.kind()) {
            case CREATE_CALLBACK -> {
                CallbackWish wish = ((AgentCommand.CreateCallback) command).wish();
                if (!wish.due().isAfter(turn.now)) {
                    return Turn.refuse(AgentErrorCode.BAD_ARGUMENT, "the callback would be due in the past");
                }
                turn.effect(new AgentEffect.CreateCallback(attempt, wish));
            }
            case SET_CUSTOMER_DETAIL -> {
                AgentCommand.SetCustomerDetail detail = (AgentCommand.SetCustomerDetail) command;
                turn.effect(new AgentEffect.SetCustomerDetail(attempt, detail.name(), detail.value()));
                turn.tell(new AgentNotice.CustomerDetailsChanged(detail.name(), detail.call()));
            }
            case ADD_AGENT_NOTE ->
                turn.effect(new AgentEffect.AddNote(attempt, ((AgentCommand.AddAgentNote) command).note()));
            case ADD_TO_DNC -> turn.effect(new AgentEffect.AddToDnc(((AgentCommand.AddToDnc) command).numbers()));
            default -> throw new InvariantBroken("INV-8", command.kind() + " writes nothing down");
        }
        return null;
    }
}
