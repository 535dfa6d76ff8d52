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

/** Carries out the orders to a zone director. Used by the role's thread only. */
final class ImportCommands {
    private static final Logger log = LoggerFactory.getLogger(ImportCommands.class);
    private static final int BATCH = 100;

    private final JdbcClient reads;
    private final FencedTransaction fenced;
    private final JdbcCommandStore commands;
    private final JdbcImportStore imports;
    private final ZoneId zone;

    ImportCommands(
            JdbcClient reads,
            FencedTransaction fenced,
            JdbcCommandStore commands,
            JdbcImportStore imports,
            ZoneId zone) {
        this.reads = reads;
        this.fenced = fenced;
        this.commands = commands;
        this.imports = imports;
        this.zone = zone;
    }

    /** Applies the oldest orders in one transaction and tells how many. */
    int apply(Lease lease) {
        if (commands.pending(reads, lease.scope(), 1).isEmpty()) {
            return 0;
        }
        return fenced.run(lease, jdbc -> {
            List<PendingCommand> pending = commands.pending(jdbc, lease.scope(), BATCH);
            for (PendingCommand command : pending) {
                CommandOutcome outcome = apply(jdbc, command);
                commands.settle(jdbc, lease, command, outcome);
                log.atInfo()
                        .addKeyValue("command", command.id())
                        .addKeyValue("kind", command.kind())
                        .addKeyValue("state", outcome.state())
                        .addKeyValue("refusal", outcome.refusal())
                        .log("command settled");
            }
            return pending.size();
        });
    }

    private CommandOutcome apply(JdbcClient jdbc, PendingCommand command) {
        if (!command.kind().equals("CANCEL_IMPORT")) {
            return CommandOutcome.refused("unknown command; a zone director takes CANCEL_IMPORT");
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
