package io.callisto.console.strategies;

import io.callisto.console.audit.Change;
import io.callisto.console.idempotency.Created;
import io.callisto.console.idempotency.IdempotentRequests;
import io.callisto.console.paging.Cursor;
import io.callisto.console.paging.Page;
import io.callisto.console.problem.ApiProblem;
import io.callisto.console.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Campaign strategies. */
@RestController
@RequestMapping(path = "/api/v1/strategies", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Strategies")
final class StrategiesController {
    private final JdbcStrategyStore strategies;
    private final IdempotentRequests requests;
    private final JsonMapper json;

    StrategiesController(JdbcStrategyStore strategies, IdempotentRequests requests, JsonMapper json) {
        this.strategies = strategies;
        this.requests = requests;
        this.json = json;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createStrategy", summary = "Makes a strategy, version 1")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = StrategyEntry.class)))
    ResponseEntity<Object> create(
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody StrategyRequest request) {
        String definition = checked(request.definition());
        return requests.run(caller, key, "POST /api/v1/strategies", request, () -> {
            int id = strategies.insert(caller.organisationId(), request.name());
            strategies.insertVersion(id, definition, caller.name());
            StrategyEntry made = find(caller, id);
            Change change = Change.of("strategy.create", "strategy/" + id)
                    .with("name", made.name())
                    .with("definition", made.definition());
            return Created.at("/api/v1/strategies/" + id, made, change);
        });
    }

    @PutMapping(path = "/{strategyId}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "replaceStrategy", summary = "Adds a version; jobs that run keep theirs")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = StrategyEntry.class)))
    ResponseEntity<Object> replace(
            @Parameter(hidden = true) Caller caller,
            @PathVariable int strategyId,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody StrategyVersionRequest request) {
        String definition = checked(request.definition());
        return requests.run(caller, key, "PUT /api/v1/strategies/" + strategyId, request, () -> {
            if (!strategies.lock(caller.organisationId(), strategyId)) {
                throw ApiProblem.notFound("strategy", strategyId);
            }
            StrategyEntry before = find(caller, strategyId);
            String name = request.name();
            if (name != null) {
                strategies.rename(strategyId, name);
            }
            strategies.insertVersion(strategyId, definition, caller.name());
            StrategyEntry after = find(caller, strategyId);
            Change change =
                    Change.of("strategy.change", "strategy/" + strategyId).from(summary(before), summary(after));
            return Created.done(after, change);
        });
    }

    private static Map<String, Object> summary(StrategyEntry entry) {
        return Map.of("name", entry.name(), "version", entry.version(), "definition", entry.definition());
    }

    @GetMapping
    @Operation(operationId = "listStrategies", summary = "Strategies in their newest versions")
    Page<StrategyEntry> list(
            @Parameter(hidden = true) Caller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return Page.cut(
                strategies.after(caller.organisationId(), Cursor.number(cursor, -1), limit),
                limit,
                strategy -> Cursor.of(strategy.strategyId()));
    }

    @GetMapping("/{strategyId}")
    @Operation(operationId = "getStrategy", summary = "A strategy in its newest version")
    StrategyEntry get(@Parameter(hidden = true) Caller caller, @PathVariable int strategyId) {
        return find(caller, strategyId);
    }

    private StrategyEntry find(Caller caller, int strategyId) {
        return strategies
                .find(caller.organisationId(), strategyId)
                .orElseThrow(() -> ApiProblem.notFound("strategy", strategyId));
    }

    /** What is stored is the record's own JSON: every field is there, defaults included. */
    private String checked(Map<String, Object> definition) {
        return json.writeValueAsString(StrategyReader.read(json.valueToTree(definition), "definition"));
    }
}
