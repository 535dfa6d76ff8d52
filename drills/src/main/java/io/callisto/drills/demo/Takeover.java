package io.callisto.drills.demo;

import io.callisto.drills.history.Owner;
import io.callisto.drills.history.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the roles of a lost server found new owners, by the database's clock. Pure.
 *
 * @param server that was lost
 * @param at when
 * @param lost what it held
 * @param transitions since then
 * @param servers names of servers by node
 */
record Takeover(String server, Instant at, List<Owner> lost, List<Transition> transitions, Map<UUID, String> servers) {
    Takeover {
        lost = List.copyOf(lost);
        transitions = List.copyOf(transitions);
        servers = Map.copyOf(servers);
    }

    /** Whether every role has a new owner that has taken over. */
    boolean complete() {
        return lost.stream()
                .allMatch(owner -> successor(owner.scope())
                        .filter(step -> step.readyAt() != null)
                        .isPresent());
    }

    /** Whether every new master has done its first work. */
    boolean allAtWork() {
        return lost.stream()
                .allMatch(owner -> successor(owner.scope())
                        .filter(step -> step.firstWorkAt() != null)
                        .isPresent());
    }

    /** Roles that nobody has taken over yet. */
    List<String> missing() {
        return lost.stream()
                .map(Owner::scope)
                .filter(scope ->
                        successor(scope).filter(step -> step.readyAt() != null).isEmpty())
                .toList();
    }

    /** Seconds from the loss to the first work done, or to the end of the takeover where there was no work yet. */
    Map<String, Double> seconds() {
        Map<String, Double> seconds = new TreeMap<>();
        for (Owner owner : lost) {
            successor(owner.scope()).ifPresent(step -> {
                Instant working = step.firstWorkAt();
                Instant ready = step.readyAt();
                seconds.put(owner.scope(), since(working != null ? working : ready != null ? ready : step.at()));
            });
        }
        return seconds;
    }

    /** A table for people. */
    List<String> lines() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("role", "new master", "claimed", "took over", "first work done"));
        for (Owner owner : lost) {
            successor(owner.scope())
                    .ifPresent(step -> rows.add(List.of(
                            owner.scope(),
                            servers.getOrDefault(step.to(), "?"),
                            shown(step.at()),
                            shown(step.readyAt()),
                            step.firstWorkAt() == null
                                    ? "none to do yet"
                                    : shown(step.firstWorkAt())
                                            + (step.firstWork() == null ? "" : ": " + step.firstWork()))));
        }
        return RoleTable.aligned(rows);
    }

    private Optional<Transition> successor(String scope) {
        return transitions.stream()
                .filter(step -> step.scope().equals(scope) && !server.equals(servers.getOrDefault(step.to(), server)))
                .findFirst();
    }

    private String shown(@Nullable Instant moment) {
        return moment == null ? "-" : String.format(Locale.ROOT, "%.2f s", since(moment));
    }

    private double since(Instant moment) {
        return Math.round(Duration.between(at, moment).toMillis() / 10.0) / 100.0;
    }
}
