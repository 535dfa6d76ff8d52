package io.callisto.console.aggregator;

import io.callisto.console.audit.Audited;
import io.callisto.console.audit.AuditedWrites;
import io.callisto.console.audit.Change;
import io.callisto.console.commands.CommandAccepted;
import io.callisto.console.commands.JdbcCommandStore;
import io.callisto.console.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Orders to the aggregator of enriched attempt results. */
@RestController
@RequestMapping(path = "/api/v1/events/aggregator", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Event stream")
final class AggregatorController {
    private static final Logger log = LoggerFactory.getLogger(AggregatorController.class);

    /** Whoever owns the first shard has all shards rebuild themselves. */
    private static final String SCOPE = "aggregator/0";

    private final JdbcCommandStore commands;
    private final AuditedWrites writes;

    AggregatorController(JdbcCommandStore commands, AuditedWrites writes) {
        this.commands = commands;
        this.writes = writes;
    }

    @PostMapping("/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "rebuildAggregator",
            summary = "Has the aggregator throw its state away and read the event log again",
            description = "Results that exist are not told again; missing ones are, with the id that they would have"
                    + " had. New results wait until the log is read. Needed after a change of"
                    + " callisto.aggregator.shards, or to repair.")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = CommandAccepted.class)))
    CommandAccepted rebuild(@Parameter(hidden = true) Caller caller) {
        CommandAccepted accepted = writes.run(caller, () -> {
            long id = commands.insert(SCOPE, "REBUILD", Map.of(), caller.name());
            return new Audited<>(
                    new CommandAccepted(id, "PENDING"),
                    Change.ofAll("aggregator.rebuild", SCOPE).with("command", id));
        });
        log.atInfo()
                .addKeyValue("command", accepted.commandId())
                .addKeyValue("by", caller.name())
                .log("rebuild of the aggregator ordered");
        return accepted;
    }
}
