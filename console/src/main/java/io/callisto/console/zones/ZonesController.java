package io.callisto.console.zones;

import io.callisto.console.audit.Audited;
import io.callisto.console.audit.AuditedWrites;
import io.callisto.console.audit.Change;
import io.callisto.console.idempotency.Created;
import io.callisto.console.idempotency.IdempotentRequests;
import io.callisto.console.paging.Page;
import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.ProblemCode;
import io.callisto.console.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Zones and the servers that hold their roles. */
@RestController
@RequestMapping(path = "/api/v1/zones", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Zones")
final class ZonesController {
    private static final Logger log = LoggerFactory.getLogger(ZonesController.class);
    private static final int DEFAULT_ZONE = 0;

    private final JdbcZoneStore zones;
    private final ZoneAllocations allocations;
    private final IdempotentRequests requests;
    private final AuditedWrites writes;

    ZonesController(
            JdbcZoneStore zones, ZoneAllocations allocations, IdempotentRequests requests, AuditedWrites writes) {
        this.zones = zones;
        this.allocations = allocations;
        this.requests = requests;
        this.writes = writes;
    }

    @GetMapping
    @Operation(operationId = "listZones", summary = "Zones, with the servers of their roles")
    Page<Zone> list(@Parameter(hidden = true) Caller caller) {
        return Page.all(zones.zones().stream().map(zone -> seen(caller, zone)).toList());
    }

    @GetMapping("/{zoneId}")
    @Operation(operationId = "getZone", summary = "A zone, with the servers of its roles")
    Zone get(@Parameter(hidden = true) Caller caller, @PathVariable int zoneId) {
        return seen(caller, find(zoneId));
    }

    private static Zone seen(Caller caller, Zone zone) {
        return caller.global() ? zone : zone.withoutServers();
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createZone", summary = "Makes a zone")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Zone.class)))
    ResponseEntity<Object> create(
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody ZoneRequest request) {
        return requests.run(caller, key, "POST /api/v1/zones", request, () -> {
            int id = zones.insert(request.name());
            log.atInfo()
                    .addKeyValue("zone", id)
                    .addKeyValue("by", caller.name())
                    .log("zone made");
            Change change = Change.ofAll("zone.create", "zone/" + id).with("name", request.name());
            return Created.at("/api/v1/zones/" + id, find(id), change);
        });
    }

    @PatchMapping(path = "/{zoneId}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "renameZone", summary = "Renames a zone")
    Zone rename(
            @Parameter(hidden = true) Caller caller,
            @PathVariable int zoneId,
            @Valid @RequestBody ZoneRequest request) {
        return writes.run(caller, () -> {
            Zone before = locked(zoneId);
            if (before.deleting()) {
                throw new ApiProblem(ProblemCode.CONFLICT, "Zone " + zoneId + " is being deleted.");
            }
            zones.rename(zoneId, request.name());
            return new Audited<>(
                    find(zoneId), Change.ofAll("zone.rename", "zone/" + zoneId).from(before.name(), request.name()));
        });
    }

    @DeleteMapping("/{zoneId}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "deleteZone",
            summary = "Deletes a zone that nothing uses",
            description = "Its owners let go first; then its row goes, too. Asking again changes nothing.")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Zone.class)))
    Zone delete(@Parameter(hidden = true) Caller caller, @PathVariable int zoneId) {
        if (zoneId == DEFAULT_ZONE) {
            throw new ApiProblem(
                    ProblemCode.CONFLICT, "Zone 0 is the default zone: lists that name no zone belong to it.");
        }
        return writes.run(caller, () -> {
            Zone before = locked(zoneId);
            JdbcZoneStore.Uses uses = zones.uses(zoneId);
            if (!uses.none()) {
                throw new ApiProblem(
                        ProblemCode.CONFLICT,
                        "Zone " + zoneId + " (" + before.name() + ") is still in use: " + uses.text() + ".");
            }
            zones.delete(zoneId);
            log.atInfo()
                    .addKeyValue("zone", zoneId)
                    .addKeyValue("by", caller.name())
                    .log("zone is to be deleted");
            return new Audited<>(
                    find(zoneId), Change.ofAll("zone.delete", "zone/" + zoneId).with("name", before.name()));
        });
    }

    @PutMapping(path = "/{zoneId}/allocation", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "putZoneAllocation",
            summary = "Saves where the roles of a zone are wanted",
            description = "Moves nothing. A director goes back by itself to the server that it is allocated to when"
                    + " that server has been back for a while; an agent manager stays until it is moved.")
    Zone save(
            @Parameter(hidden = true) Caller caller, @PathVariable int zoneId, @Valid @RequestBody Allocation request) {
        return allocations.save(caller, zoneId, request);
    }

    @PostMapping(path = "/{zoneId}/allocation/apply", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "applyZoneAllocation",
            summary = "Saves where the roles of a zone are wanted, and moves them there",
            description = "Without confirm it only warns what would move and how many agents would be logged out.")
    @ApiResponse(
            responseCode = "200",
            description = "What it would do; nothing was done",
            content = @Content(schema = @Schema(implementation = ApplyOutcome.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Saved and ordered",
            content = @Content(schema = @Schema(implementation = ApplyOutcome.class)))
    ResponseEntity<ApplyOutcome> apply(
            @Parameter(hidden = true) Caller caller,
            @PathVariable int zoneId,
            @Valid @RequestBody ApplyRequest request) {
        if (!request.confirmed()) {
            return ResponseEntity.ok(allocations.preview(zoneId, request));
        }
        ApplyOutcome outcome = allocations.apply(caller, zoneId, request);
        log.atInfo()
                .addKeyValue("zone", zoneId)
                .addKeyValue("moves", outcome.moves().size())
                .addKeyValue("by", caller.name())
                .log("zone is to be moved");
        return ResponseEntity.accepted().body(outcome);
    }

    private Zone locked(int zoneId) {
        if (!zones.lock(zoneId)) {
            throw ApiProblem.notFound("zone", zoneId);
        }
        return find(zoneId);
    }

    private Zone find(int zoneId) {
        return zones.find(zoneId).orElseThrow(() -> ApiProblem.notFound("zone", zoneId));
    }
}
