package io.callisto.console.commands;

import io.callisto.console.problem.ApiProblem;
import io.callisto.console.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What became of orders. */
@RestController
@RequestMapping(path = "/api/v1/commands", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Commands")
final class CommandsController {
    private final JdbcCommandStore commands;

    CommandsController(JdbcCommandStore commands) {
        this.commands = commands;
    }

    @GetMapping("/{commandId}")
    @Operation(operationId = "getCommand", summary = "What became of an order; a refused one says why")
    Command get(@Parameter(hidden = true) Caller caller, @PathVariable long commandId) {
        return commands.find(commandId, caller.organisationId(), caller.global())
                .orElseThrow(() -> ApiProblem.notFound("command", commandId));
    }
}
