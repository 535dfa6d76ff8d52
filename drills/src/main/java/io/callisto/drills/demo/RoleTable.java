package io.callisto.drills.demo;

import io.callisto.drills.history.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Services and servers, in POM's words and with its layout: the director that is MASTER is the common one, and zones
 * stand in brackets. Pure.
 */
final class RoleTable {
    private static final String STOPPED = "STOPPED";
    private static final String COLUMN = "  ";

    private final List<String> servers;
    private final Set<String> lost;
    private final Map<String, String> zones;
    private final List<Owner> owners;
    private final Set<String> liveBrokers;

    /**
     * @param servers in the order of the columns
     * @param lost those of them that are gone
     * @param zones names of zones by id
     * @param owners who holds what
     * @param liveBrokers servers whose broker is the live one
     */
    RoleTable(
            List<String> servers,
            Set<String> lost,
            Map<String, String> zones,
            List<Owner> owners,
            Set<String> liveBrokers) {
        this.servers = List.copyOf(servers);
        this.lost = Set.copyOf(lost);
        this.zones = Map.copyOf(zones);
        this.owners = owners.stream().filter(Owner::held).toList();
        this.liveBrokers = Set.copyOf(liveBrokers);
    }

    /** The table's lines. */
    List<String> lines() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("", server -> server));
        rows.add(row("Campaign Director", this::director));
        rows.add(row("Campaign Manager", server -> with("RUNNING", "dials ", zonesOf("job/", server))));
        rows.add(row("Agent Manager", server -> {
            String zonesHere = zonesOf("agent-manager/", server);
            return with(zonesHere.isEmpty() ? "DORMANT" : "MASTER", "", zonesHere);
        }));
        rows.add(row("Rule Engine", server -> masterOrDormant(holds("rule-engine", server))));
        rows.add(row("Message Broker", server -> masterOrDormant(liveBrokers.contains(server))));
        rows.add(row("Event Relay", server -> masterOrDormant(holds("outbox/0", server))));
        rows.add(row("Cache Service", server -> "RUNNING"));
        return aligned(rows);
    }

    private String director(String server) {
        boolean common = holds("director", server);
        String here = zonesOf("director/", server);
        String all = common && !here.isEmpty() ? "Common, " + here : common ? "Common" : here;
        return with(common ? "MASTER" : "DORMANT", "", all);
    }

    private List<String> row(String service, java.util.function.UnaryOperator<String> cell) {
        List<String> row = new ArrayList<>(List.of(service));
        servers.forEach(server -> row.add(!service.isEmpty() && lost.contains(server) ? STOPPED : cell.apply(server)));
        return row;
    }

    private boolean holds(String scope, String server) {
        return owners.stream().anyMatch(owner -> owner.scope().equals(scope) && Objects.equals(owner.server(), server));
    }

    private String zonesOf(String prefix, String server) {
        return owners.stream()
                .filter(owner -> owner.scope().startsWith(prefix) && Objects.equals(owner.server(), server))
                .map(owner -> owner.scope().replaceFirst("^.*/", ""))
                .map(zone -> zones.getOrDefault(zone, "zone " + zone))
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(TreeSet::new), names -> String.join(", ", names)));
    }

    private static String masterOrDormant(boolean master) {
        return master ? "MASTER" : "DORMANT";
    }

    private static String with(String state, String verb, String zones) {
        return zones.isEmpty() ? state : state + " (" + verb + zones + ")";
    }

    static List<String> aligned(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] width = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                width[i] = Math.max(width[i], row.get(i).length());
            }
        });
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 0; i < columns; i++) {
                        line.append(COLUMN)
                                .append(row.get(i))
                                .append(" ".repeat(width[i] - row.get(i).length()));
                    }
                    return line.toString().stripTrailing();
                })
                .toList();
    }
}
