package io.callisto.console.cluster;

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
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What all organisations share: zones, servers, services, roles. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Cluster")
final class ClusterController {
    private static final Logger log = LoggerFactory.getLogger(ClusterController.class);

    private final JdbcClusterStore cluster;
    private final IdempotentRequests requests;
    private final TransactionTemplate transaction;
    private final long silentAfterMillis;

    ClusterController(
            JdbcClusterStore cluster,
            IdempotentRequests requests,
            TransactionTemplate transaction,
            Duration silentAfter) {
        this.cluster = cluster;
        this.requests = requests;
        this.transaction = transaction;
        this.silentAfterMillis = silentAfter.toMillis();
    }

    @GetMapping("/zones")
    @Operation(operationId = "listZones", summary = "Zones")
    Page<Zone> zones() {
        return Page.all(cluster.zones());
    }

    @PostMapping(path = "/zones", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createZone", summary = "Makes a zone")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Zone.class)))
    ResponseEntity<Object> createZone(
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody ZoneRequest request) {
        return requests.run(caller, key, "POST /api/v1/zones", request, () -> {
            Zone zone = cluster.insertZone(request.name());
            log.atInfo()
                    .addKeyValue("zone", zone.zoneId())
                    .addKeyValue("by", caller.name())
                    .log("zone made");
            return new Created<>(HttpStatus.CREATED, null, zone);
        });
    }

    @GetMapping("/servers")
    @Operation(operationId = "listServers", summary = "Servers with their services")
    Page<ServerEntry> servers() {
        return Page.all(ClusterView.servers(cluster.serverNames(), entries()));
    }

    @GetMapping("/services")
    @Operation(operationId = "listServices", summary = "Services of all servers")
    Page<ServiceEntry> services() {
        return Page.all(entries());
    }

    @GetMapping("/roles")
    @Operation(operationId = "listRoles", summary = "Who owns which scope")
    Page<RoleEntry> roles() {
        return Page.all(cluster.roles());
    }

    @PutMapping(path = "/servers/{server}/services/{service}/wish", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "putServiceWish",
            summary = "Stops or runs a service of a server",
            description = "STOP drains: roles are handed over first. The wish outlives restarts.")
    ServiceWish wish(
            @Parameter(hidden = true) Caller caller,
            @Parameter(example = "s1") @PathVariable String server,
            @Parameter(example = "campaign-director") @PathVariable String service,
            @Valid @RequestBody WishRequest request) {
        if (ServiceKind.of(service).isEmpty()) {
            throw ApiProblem.invalid("service", "must be one of " + ServiceKind.names());
        }
        if (!cluster.serverNames().contains(server)) {
            throw ApiProblem.notFound("server", server);
        }
        if (request.wish() == Wish.STOP && service.equals(ServiceKind.CONSOLE.service())) {
            refuseLastConsole(server);
        }
        ServiceWish stored = Objects.requireNonNull(
                transaction.execute(status -> cluster.putWish(server, service, request.wish(), caller.name())));
        log.atInfo()
                .addKeyValue("server", server)
                .addKeyValue("service", service)
                .addKeyValue("wish", stored.wish())
                .addKeyValue("by", caller.name())
                .log("service wish changed");
        return stored;
    }

    /** Without a console nobody could wish it back. */
    private void refuseLastConsole(String server) {
        boolean another = entries().stream()
                .anyMatch(entry -> entry.service().equals(ServiceKind.CONSOLE.service())
                        && !entry.server().equals(server)
                        && entry.state() == ServiceState.RUNNING);
        if (!another) {
            throw new ApiProblem(
                    ProblemCode.CONFLICT, "This is the last console: without it nothing could be started again.");
        }
    }

    private List<ServiceEntry> entries() {
        return ClusterView.services(cluster.nodes(), cluster.wishes(), silentAfterMillis);
    }
}
