package io.callisto.drills.drill;

import io.callisto.drills.api.ApiFailure;
import io.callisto.drills.history.Aspect;
import io.callisto.drills.history.Owner;
import io.callisto.drills.history.Violation;
import io.callisto.drills.load.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** What runs where, as the REST API says, beside the table of POM's manual. Used by one thread. */
final class DeploymentTable {
    /** The status page must be true within the detection time; a lost host is seen by its silence. */
    private static final Duration SEEN_LIMIT = Duration.ofSeconds(15);

    private static final Set<String> GONE = Set.of("STOPPED", "UNREACHABLE");

    private final Stage stage;

    DeploymentTable(Stage stage) {
        this.stage = stage;
    }

    /** Prints our table and POM's. */
    void print(String when, Consumer<String> say) {
        say.accept("our table " + when + ":");
        rows().forEach((service, servers) -> say.accept(String.format(Locale.ROOT, "  %-18s %s", service, servers)));
        say.accept("POM's table " + when + ":");
        pom(when).forEach(line -> say.accept("  " + line));
    }

    /**
     * Prints both tables again and judges ours.
     *
     * @param lost servers that are away
     * @param held who held what before
     */
    List<Violation> check(Set<String> lost, Collection<Owner> held, Consumer<String> say) {
        Patience.until(SEEN_LIMIT, () -> judge(lost, held).isEmpty());
        List<Violation> found = judge(lost, held);
        print("after", say);
        return found;
    }

    private List<Violation> judge(Set<String> lost, Collection<Owner> held) {
        List<String> wrong = new ArrayList<>();
        for (JsonNode entry : entries()) {
            String server = entry.path("server").asString();
            String role = role(entry);
            if (lost.contains(server) && !GONE.contains(role)) {
                wrong.add(entry.path("service").asString() + " of " + server + ", which is lost, is shown as " + role);
            } else if (!lost.contains(server) && GONE.contains(role)) {
                wrong.add(entry.path("service").asString() + " of " + server + " is shown as " + role);
            }
        }
        wrong.addAll(owners(lost, held, stage.owners()));
        return wrong.stream().map(what -> new Violation(Aspect.TABLE, what)).toList();
    }

    /**
     * Rules of the tables: survivors hold everything; what a survivor held stays with it; a zone that moved goes to the
     * least busy, so that no survivor directs two zones while another directs none.
     */
    static List<String> owners(Set<String> lost, Collection<Owner> before, Map<String, Owner> now) {
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> zonesOf = new HashMap<>();
        for (Owner old : before) {
            if (old.scope().startsWith("job/")) {
                continue;
            }
            Owner next = now.get(old.scope());
            String server = next == null ? "" : String.valueOf(next.server());
            if (next == null || lost.contains(server)) {
                wrong.add(old.scope() + " is with no survivor");
            } else if (!lost.contains(String.valueOf(old.server())) && !server.equals(old.server())) {
                wrong.add(old.scope() + " moved from " + old.server() + " to " + server + ", though " + old.server()
                        + " lives");
            }
            if (old.scope().startsWith("director/") && next != null) {
                zonesOf.merge(server, 1, Integer::sum);
            }
        }
        int survivors = (int) survivors(lost, before, now);
        int zones = zonesOf.values().stream().mapToInt(Integer::intValue).sum();
        zonesOf.forEach((server, count) -> {
            if (count > Math.ceil((double) zones / Math.max(1, survivors))) {
                wrong.add(
                        server + " directs " + count + " of " + zones + " zones, with " + survivors + " servers left");
            }
        });
        return wrong;
    }

    private static long survivors(Set<String> lost, Collection<Owner> before, Map<String, Owner> now) {
        Set<String> all = new HashSet<>();
        before.forEach(owner -> all.add(String.valueOf(owner.server())));
        now.values().forEach(owner -> all.add(String.valueOf(owner.server())));
        all.removeAll(lost);
        return all.size();
    }

    private Map<String, Map<String, String>> rows() {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        for (JsonNode entry : entries()) {
            List<String> scopes = new ArrayList<>();
            entry.path("scopes").forEach(scope -> scopes.add(scope.asString()));
            rows.computeIfAbsent(entry.path("service").asString(), service -> new TreeMap<>())
                    .put(entry.path("server").asString(), role(entry) + (scopes.isEmpty() ? "" : scopes.toString()));
        }
        List<String> live = stage.history().liveBrokers();
        stage.servers()
                .forEach(server -> rows.computeIfAbsent("broker", service -> new TreeMap<>())
                        .putIfAbsent(server, live.contains(server) ? "MASTER" : "not live"));
        return rows;
    }

    private Iterable<JsonNode> entries() {
        try {
            return stage.api().get("/api/v1/services").path("items");
        } catch (ApiFailure silent) {
            return List.of();
        }
    }

    private static String role(JsonNode entry) {
        String state = entry.path("state").asString();
        JsonNode role = entry.path("role");
        return GONE.contains(state) || role.isMissingNode() || role.isNull() ? state : role.asString();
    }

    private List<String> pom(String when) {
        boolean before = when.equals("before");
        return switch (stage.servers().size()) {
            case 2 ->
                before
                        ? List.of(
                                "A1: director, agent manager, rule engine, broker MASTER on s1, DORMANT on s2;",
                                "    campaign manager and cache RUNNING on both")
                        : List.of("A2: all MASTER or RUNNING on s2, STOPPED on s1");
            case 3 ->
                before
                        ? List.of(
                                "A3: s1 director MASTER (common, zone 1), s2 director of zone 2, s3 DORMANT;",
                                "    agent manager MASTER of zone 1 on s1, of zone 2 on s2, DORMANT on s3;",
                                "    rule engine and broker MASTER on s1; campaign manager and cache RUNNING"
                                        + " everywhere")
                        : List.of("A4: s3 takes zone 2 for director and agent manager; s1 unchanged");
            default ->
                before
                        ? List.of("A5: 4 servers, 2 zones; s1 common director and zone 1, s2 zone 2, s3 and s4 DORMANT")
                        : List.of(
                                "A6: s3 common director and zone 1, s4 zone 2 (director and agent manager);",
                                "    rule engine and broker MASTER on one survivor");
        };
    }
}
