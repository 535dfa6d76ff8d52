package io.callisto.director.imports;

import io.callisto.director.command.CommandOutcome;
import io.callisto.director.command.JdbcCommandStore;
import io.callisto.director.command.PendingCommand;
import io.callisto.domain.ImportId;
import io.callisto.domain.ZoneId;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Carries out the orders to a zone director, in the order in which they were given. Used by the role's thread only. */
final class ImportCommands {
    private static final Logger log = LoggerFactory.getLogger(ImportCommands.class);
    private static final int BATCH = 100;

    private final FencedTransaction fenced;
    private final JdbcCommandStore commands;
    private final JdbcImportStore imports;
    private final JdbcZoneStore zones;
    private final ZoneSeat seat;

    /**
     * @param settled how many orders
     * @param leaves whether the zone must now be handed over
     */
    record Result(int settled, boolean leaves) {}

    ImportCommands(
            FencedTransaction fenced,
            JdbcCommandStore commands,
            JdbcImportStore imports,
            JdbcZoneStore zones,
            ZoneSeat seat) {
        this.fenced = fenced;
        this.commands = commands;
        this.imports = imports;
        this.zones = zones;
        this.seat = seat;
    }

    /** Applies the oldest orders in one transaction. */
    Result apply(Lease lease) {
        return fenced.run(lease, jdbc -> {
            List<PendingCommand> pending = commands.pending(jdbc, lease.scope(), BATCH);
            boolean leaves = false;
            for (PendingCommand command : pending) {
                CommandOutcome outcome;
                if (command.kind().equals("MOVE_ZONE")) {
                    Move move = move(jdbc, command);
                    // The last order counts: moved away and back again is not moved.
                    leaves = move.refusal() == null ? move.leaves() : leaves;
                    outcome = outcome(command, move);
                } else {
                    outcome = cancel(jdbc, command);
                }
                commands.settle(jdbc, lease, command, outcome);
                log.atInfo()
                        .addKeyValue("command", command.id())
                        .addKeyValue("kind", command.kind())
                        .addKeyValue("state", outcome.state())
                        .addKeyValue("refusal", outcome.refusal())
                        .log("command settled");
            }
            return new Result(pending.size(), leaves);
        });
    }

    private Move move(JdbcClient jdbc, PendingCommand command) {
        String to = command.textOf("to");
        return Move.decide(
                to,
                seat.server(),
                zones.allocated(jdbc, seat.zone()),
                to != null && zones.serves(jdbc, seat.zone(), to));
    }

    private static CommandOutcome outcome(PendingCommand command, Move move) {
        String refusal = move.refusal();
        if (refusal != null) {
            return CommandOutcome.refused(refusal);
        }
        return CommandOutcome.applied((move.leaves() ? "HANDED_OVER to " : "STAYS on ") + command.textOf("to"));
    }

    private CommandOutcome cancel(JdbcClient jdbc, PendingCommand command) {
        ZoneId zone = seat.zone();
        if (!command.kind().equals("CANCEL_IMPORT")) {
            return CommandOutcome.refused("unknown command; a zone director takes CANCEL_IMPORT and MOVE_ZONE");
        }
        OptionalLong id = command.idOf("importId");
        if (id.isEmpty()) {
            return CommandOutcome.refused("the payload names no import: expected {\"importId\": <number>}");
        }
        ImportId importId = new ImportId(id.getAsLong());
        Optional<String> state = imports.state(jdbc, importId, zone);
        if (state.isEmpty()) {
            return CommandOutcome.refused("zone " + zone + " has no import " + importId);
        }
        switch (state.get()) {
            case "QUEUED", "RUNNING" -> {
                imports.end(jdbc, importId, "CANCELLED", null);
                return CommandOutcome.applied("CANCELLED");
            }
            case "CANCELLED" -> {
                return CommandOutcome.applied("CANCELLED");
            }
            default -> {
                return CommandOutcome.refused("an import in state " + state.get() + " cannot be cancelled");
            }
        }
    }
}
