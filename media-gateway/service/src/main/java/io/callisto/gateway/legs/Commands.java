package io.callisto.gateway.legs;

import io.callisto.gateway.client.LegId;
import io.callisto.gateway.v1.AgentCommand;
import io.callisto.gateway.v1.CommandResult;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One command, at most once, to whoever carries it out. Guarded by the exchange's lock. */
final class Commands {
    private final CommandMemory memory = new CommandMemory();
    private final LegDesk legs;
    private final TalkDesk talks;
    private final Customers customers;

    Commands(LegDesk legs, TalkDesk talks, Customers customers) {
        this.legs = legs;
        this.talks = talks;
        this.customers = customers;
    }

    /**
     * Carries out a command of the scope's highest epoch.
     *
     * @param tooLate whether its ticket has outlived the ttl
     */
    CommandResult run(String scope, AgentCommand command, boolean tooLate, long nowNanos) {
        UUID id = LegId.tryDecodeId(command.getCommandId()).orElse(null);
        if (id == null) {
            return CommandResult.COMMAND_INVALID;
        }
        @Nullable CommandResult first = memory.find(scope, id);
        if (first != null) {
            return first;
        }
        // Not kept: the same id is too late from now on anyway.
        if (tooLate) {
            return CommandResult.COMMAND_TOO_LATE;
        }
        CommandResult result = carryOut(scope, command);
        memory.keep(scope, id, result, nowNanos);
        return result;
    }

    private CommandResult carryOut(String scope, AgentCommand command) {
        return switch (command.getCommandCase()) {
            case NAIL_UP -> legs.nailUp(scope, command.getNailUp());
            case DROP_LEG -> legs.drop(scope, command.getDropLeg());
            case LEND_LEG -> legs.lend(scope, command.getLendLeg());
            case TAKE_BACK_LEG -> legs.takeBack(scope, command.getTakeBackLeg());
            case HAND_OVER -> customers.handOver(scope, command.getHandOver());
            case BRIDGE -> talks.bridge(scope, command.getBridge());
            case CONSULT -> talks.consult(scope, command.getConsult());
            case CHANGE_BRIDGE -> talks.change(scope, command.getChangeBridge());
            case SEND_DTMF -> talks.dtmf(scope, command.getSendDtmf());
            case ANNOUNCE -> customers.announce(scope, command.getAnnounce());
            case HANG_UP_CALL -> customers.hangUp(scope, command.getHangUpCall());
            case COMMAND_NOT_SET -> CommandResult.COMMAND_INVALID;
        };
    }

    /** Whether it is answered only once it would outlive this process. */
    static boolean outlives(AgentCommand command) {
        return switch (command.getCommandCase()) {
            case NAIL_UP, HAND_OVER -> true;
            default -> false;
        };
    }
}
