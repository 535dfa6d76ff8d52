package io.callisto.console.cluster;

import io.callisto.console.audit.Audited;
import io.callisto.console.audit.AuditedWrites;
import io.callisto.console.audit.Change;
import io.callisto.console.paging.Cursor;
import io.callisto.console.paging.Page;
import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.ProblemCode;
import io.callisto.console.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What all organisations share: servers, services, roles. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Cluster")
final class ClusterController {
    private static final Logger log = LoggerFactory.getLogger(ClusterController.class);
    private static final long BROKER_SILENT_MILLIS = 5_000;

    private final JdbcClusterStore cluster;
    private final AuditedWrites writes;
    private final @Nullable Duration silentAfter;
    private final long skewLimitMillis;

    /**
     * @param silentAfter from when on a silent node counts as unreachable; null: when its leases have run out
     */
    ClusterController(
            JdbcClusterStore cluster, AuditedWrites writes, @Nullable Duration silentAfter, Duration skewLimit) {
        this.cluster = cluster;
        this.writes = writes;
        this.silentAfter = silentAfter;
        this.skewLimitMillis = skewLimit.toMillis();
    }

    @GetMapping("/servers")
    @Operation(operationId = "listServers", summary = "Servers with their services")
    Page<ServerEntry> servers() {
        long silent = silentAfterMillis();
        List<NodeRow> nodes = cluster.nodes();
        return Page.all(ClusterView.servers(
                cluster.serverNames(), entries(nodes, silent), ClusterView.clockSkews(nodes, silent), skewLimitMillis));
    }

    @GetMapping("/services")
    @Operation(operationId = "listServices", summary = "Services of all servers, message brokers included")
    Page<ServiceEntry> services() {
        return Page.all(entries(cluster.nodes(), silentAfterMillis()));
    }

    @GetMapping("/roles")
    @Operation(operationId = "listRoles", summary = "Who owns which scope")
    Page<RoleEntry> roles() {
        return Page.all(cluster.roles());
    }

    @GetMapping("/transitions")
    @Operation(operationId = "listTransitions", summary = "Which scope changed hands when and why, newest first")
    Page<Transition> transitions(
            @Parameter(example = "director") @RequestParam(required = false) @Nullable String scope,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        Page<JdbcClusterStore.TransitionRow> page = Page.cut(
                cluster.transitions(key(cursor), scope, limit),
                limit,
                row -> Cursor.of(
                        row.micros(), row.transition().epoch(), row.transition().scope()));
        return new Page<>(
                page.items().stream()
                        .map(JdbcClusterStore.TransitionRow::transition)
                        .toList(),
                page.nextCursor());
    }

    private static JdbcClusterStore.@Nullable TransitionKey key(@Nullable String cursor) {
        List<String> keys = Cursor.texts(cursor, 3);
        if (keys.isEmpty()) {
            return null;
        }
        return new JdbcClusterStore.TransitionKey(Cursor.number(keys.get(0)), keys.get(2), Cursor.number(keys.get(1)));
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
        if (ServiceKind.of(service).filter(ServiceKind::supervised).isEmpty()) {
            throw ApiProblem.invalid("service", "must be one of " + ServiceKind.supervisedNames());
        }
        if (!cluster.serverNames().contains(server)) {
            throw ApiProblem.notFound("server", server);
        }
        if (request.wish() == Wish.STOP && service.equals(ServiceKind.CONSOLE.service())) {
            refuseLastConsole(server);
        }
        ServiceWish stored = writes.run(caller, () -> {
            Wish before = cluster.wishes().stream()
                    .filter(wish ->
                            wish.server().equals(server) && wish.service().equals(service))
                    .map(ServiceWish::wish)
                    .findFirst()
                    .orElse(Wish.RUN);
            return new Audited<>(
                    cluster.putWish(server, service, request.wish(), caller.name()),
                    Change.ofAll("service.wish", "server/" + server + "/" + service)
                            .from(before, request.wish()));
        });
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
        boolean another = entries(cluster.nodes(), silentAfterMillis()).stream()
                .anyMatch(entry -> entry.service().equals(ServiceKind.CONSOLE.service())
                        && !entry.server().equals(server)
                        && entry.state() == ServiceState.RUNNING);
        if (!another) {
            throw new ApiProblem(
                    ProblemCode.CONFLICT, "This is the last console: without it nothing could be started again.");
        }
    }

    private List<ServiceEntry> entries(List<NodeRow> nodes, long silentAfterMillis) {
        List<ServiceEntry> entries = new ArrayList<>(ClusterView.services(nodes, cluster.wishes(), silentAfterMillis));
        // A broker tells of itself less often than a node renews its leases.
        entries.addAll(ClusterView.brokers(cluster.brokers(), Math.max(silentAfterMillis, BROKER_SILENT_MILLIS)));
        entries.sort(Comparator.comparing(ServiceEntry::server).thenComparing(ServiceEntry::service));
        return entries;
    }

    private long silentAfterMillis() {
        return silentAfter == null ? cluster.leaseMillis() : silentAfter.toMillis();
    }
}
