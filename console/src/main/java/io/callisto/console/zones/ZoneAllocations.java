package io.callisto.console.zones;

import io.callisto.console.audit.Audited;
import io.callisto.console.audit.AuditedWrites;
import io.callisto.console.audit.Change;
import io.callisto.console.commands.JdbcCommandStore;
import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.FieldProblem;
import io.callisto.console.problem.ProblemCode;
import io.callisto.console.security.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Saves where the roles of a zone are wanted, and has them moved there. Thread-safe. */
final class ZoneAllocations {
    private final JdbcZoneStore zones;
    private final JdbcCommandStore commands;
    private final AuditedWrites writes;

    ZoneAllocations(JdbcZoneStore zones, JdbcCommandStore commands, AuditedWrites writes) {
        this.zones = zones;
        this.commands = commands;
        this.writes = writes;
    }

    /** <em>Save</em>: a role moves by itself only where its fail-back policy says so. */
    Zone save(Caller caller, int zoneId, Allocation wanted) {
        return writes.run(caller, () -> {
            Zone before = locked(zoneId);
            check(wanted);
            store(caller, zoneId, wanted);
            Zone after = find(zoneId);
            return new Audited<>(
                    after,
                    Change.ofAll("zone.allocate", "zone/" + zoneId)
                            .from(fields(Allocation.of(before)), fields(Allocation.of(after))));
        });
    }

    /** What <em>Save and Apply</em> would do. */
    ApplyOutcome preview(int zoneId, ApplyRequest request) {
        Zone zone = find(zoneId);
        ApplyPlan plan = plan(zone, request);
        return new ApplyOutcome(
                false,
                plan.warning(zone) + " Nothing was done: send it again with confirm true.",
                plan.agentsToLogOut(),
                plan.moves());
    }

    /** <em>Save and Apply</em>: saves, and orders the owners to hand over. */
    ApplyOutcome apply(Caller caller, int zoneId, ApplyRequest request) {
        return writes.run(caller, () -> {
            Zone before = locked(zoneId);
            ApplyPlan plan = plan(before, request);
            Allocation wanted = request.allocationOr(Allocation.of(before));
            store(caller, zoneId, wanted);
            List<ZoneMove> moves = new ArrayList<>();
            for (ZoneMove move : plan.moves()) {
                moves.add(move.ordered(
                        commands.insert(move.scope(), "MOVE_ZONE", Map.of("to", move.to()), caller.name())));
            }
            return new Audited<>(
                    new ApplyOutcome(true, plan.warning(before), plan.agentsToLogOut(), List.copyOf(moves)),
                    Change.ofAll("zone.move", "zone/" + zoneId)
                            .from(fields(Allocation.of(before)), fields(wanted))
                            .with("moves", moves));
        });
    }

    private ApplyPlan plan(Zone zone, ApplyRequest request) {
        refuseDeleting(zone);
        Allocation wanted = request.allocationOr(Allocation.of(zone));
        if (wanted.servers().isEmpty()) {
            throw ApiProblem.invalid(List.of(
                    new FieldProblem("director", "names no server, and none is saved"),
                    new FieldProblem("agentManager", "names no server, and none is saved")));
        }
        check(wanted);
        wanted.servers().forEach((kind, server) -> {
            if (!zones.runs(server, kind.service())) {
                throw new ApiProblem(
                        ProblemCode.CONFLICT,
                        "Server " + server + " does not run " + kind.service()
                                + " now, so nothing can move there. Save the allocation instead: it takes effect when"
                                + " the server is back.");
            }
        });
        return ApplyPlan.of(zone, wanted);
    }

    private void check(Allocation wanted) {
        List<FieldProblem> unknown = new ArrayList<>();
        wanted.servers().forEach((kind, server) -> {
            if (!zones.serverExists(server)) {
                unknown.add(new FieldProblem(kind.field(), "there is no server " + server));
            }
        });
        if (!unknown.isEmpty()) {
            throw ApiProblem.invalid(unknown);
        }
        wanted.servers().forEach((kind, server) -> {
            if (zones.stopped(server, kind.service())) {
                throw new ApiProblem(
                        ProblemCode.CONFLICT,
                        "Service " + kind.service() + " is stopped on server " + server
                                + ", so it cannot have the zone's " + kind.title() + ". Start it first: PUT"
                                + " /api/v1/servers/" + server + "/services/" + kind.service() + "/wish.");
            }
        });
    }

    private void store(Caller caller, int zoneId, Allocation wanted) {
        for (ZoneRoleKind kind : ZoneRoleKind.values()) {
            zones.allocate(kind.scope(zoneId).value(), wanted.server(kind), caller.name());
        }
    }

    private Zone locked(int zoneId) {
        if (!zones.lock(zoneId)) {
            throw ApiProblem.notFound("zone", zoneId);
        }
        Zone zone = find(zoneId);
        refuseDeleting(zone);
        return zone;
    }

    private Zone find(int zoneId) {
        return zones.find(zoneId).orElseThrow(() -> ApiProblem.notFound("zone", zoneId));
    }

    private static void refuseDeleting(Zone zone) {
        if (zone.deleting()) {
            throw new ApiProblem(ProblemCode.CONFLICT, "Zone " + zone.zoneId() + " is being deleted.");
        }
    }

    private static Map<String, @Nullable Object> fields(Allocation allocation) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        for (ZoneRoleKind kind : ZoneRoleKind.values()) {
            fields.put(kind.field(), allocation.server(kind));
        }
        return fields;
    }
}
