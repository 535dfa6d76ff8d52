package io.callisto.drills.drill;

import io.callisto.drills.load.Patience;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Several faults in one run. */
final class CombinedFaults {
    private static final int FLAPS = 4;
    private static final long LONGEST_FREEZE_MILLIS = 3_000;
    private static final long LONGEST_PAUSE_MILLIS = 1_500;

    private CombinedFaults() {}

    /** The director's and the dialer's processes at once. */
    static Fault killDirectorAndManager() {
        return stage -> {
            Set<String> processes = new LinkedHashSet<>();
            for (Role role : List.of(Role.DIRECTOR, Role.MANAGER)) {
                processes.add(stage.target()
                        .processOf(String.valueOf(role.owner(stage).server()), role.service()));
            }
            return Harm.lasting(
                    "kill -9 " + String.join(" and ", processes),
                    Set.of(),
                    owner -> processes.contains(owner.processName()),
                    () -> processes.forEach(stage.target()::kill),
                    () -> {});
        };
    }

    /** Whoever has the director's role freezes and thaws, again and again; the last one is killed. */
    static Fault flapping() {
        return stage -> {
            Runnable strike = () -> {
                for (int i = 0; i < FLAPS; i++) {
                    String process = director(stage);
                    stage.target().freeze(process);
                    Patience.rest(Duration.ofMillis(200 + stage.random().nextLong(LONGEST_FREEZE_MILLIS)));
                    stage.target().thaw(process);
                    Patience.rest(Duration.ofMillis(100 + stage.random().nextLong(LONGEST_PAUSE_MILLIS)));
                }
                stage.target().kill(director(stage));
            };
            return Harm.passing(
                    "freeze and thaw the director's process " + FLAPS + " times, then kill it",
                    Set.of(),
                    Duration.ofSeconds(4),
                    strike,
                    () -> {});
        };
    }

    /** Servers of the deployment tables are lost: {@code count} of them, the director's first. */
    static Fault loseMasters(int count) {
        return stage -> {
            Set<String> lost = new LinkedHashSet<>();
            lost.add(stage.serverOf("director"));
            stage.owners().values().stream()
                    .filter(owner -> owner.scope().startsWith("director/"))
                    .forEach(owner -> lost.add(String.valueOf(owner.server())));
            lost.addAll(stage.servers());
            return HostFaults.lose(stage, first(lost, count));
        };
    }

    /** The server that directs a zone and is not the common director's: s2 of table A3. */
    static Fault loseZoneServer() {
        return stage -> HostFaults.lose(
                stage, Set.of(String.valueOf(Role.ZONE_DIRECTOR.owner(stage).server())));
    }

    private static Set<String> first(Set<String> servers, int count) {
        return new LinkedHashSet<>(servers.stream().limit(count).toList());
    }

    private static String director(Stage stage) {
        String[] found = new String[1];
        Patience.until(Duration.ofSeconds(10), () -> {
            io.callisto.drills.history.Owner owner = stage.owners().get("director");
            found[0] = owner == null ? null : owner.processName();
            return found[0] != null;
        });
        if (found[0] == null) {
            throw new IllegalStateException("nobody has been director for 10 s");
        }
        return found[0];
    }
}
