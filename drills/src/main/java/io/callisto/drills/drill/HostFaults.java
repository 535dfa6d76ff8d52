package io.callisto.drills.drill;

import io.callisto.drills.history.Owner;
import io.callisto.drills.testbed.FaultKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Faults of whole hosts and of the links between them. */
final class HostFaults {
    private static final String DATABASE = "db";

    private HostFaults() {}

    /** Power loss of the host with the director. */
    static Fault kill() {
        return stage -> {
            String server = stage.serverOf("director");
            return Harm.lasting(
                    "power loss of " + server,
                    Set.of(server),
                    on(server),
                    () -> stage.target().killHost(server),
                    () -> stage.target().restoreHost(server));
        };
    }

    /** The server with the director freezes: its host where the target can, else its JVM. */
    static Fault freeze() {
        return stage -> {
            String server = stage.serverOf("director");
            boolean host = stage.target().supported().contains(FaultKind.FREEZE_HOST);
            String process = stage.target().processOf(server, "campaign-director");
            return Harm.lasting(
                    "freeze " + (host ? "host " + server : process) + ", thaw after the takeover",
                    Set.of(server),
                    host ? on(server) : owner -> owner.processName().equals(process),
                    () -> {
                        if (host) {
                            stage.target().freezeHost(server);
                        } else {
                            stage.target().freeze(process);
                        }
                    },
                    () -> {
                        if (host) {
                            stage.target().thawHost(server);
                        } else {
                            stage.target().thaw(process);
                        }
                    });
        };
    }

    /** The link of the server with the director is cut. */
    static Fault cut() {
        return stage -> {
            String server = stage.serverOf("director");
            return Harm.lasting(
                    "cut " + server + " off, heal after the takeover",
                    Set.of(server),
                    on(server),
                    () -> stage.target().cutHost(server),
                    () -> stage.target().healHost(server));
        };
    }

    /** What the server with the director sends reaches the database no more, or the other way round, by lot. */
    static Fault cutOneWay() {
        return stage -> {
            String server = stage.serverOf("director");
            boolean out = stage.random().nextBoolean();
            String from = out ? server : DATABASE;
            String to = out ? DATABASE : server;
            return Harm.lasting(
                    "nothing from " + from + " reaches " + to + ", heal after the takeover",
                    Set.of(server),
                    on(server),
                    () -> stage.target().cutOneWay(from, to),
                    () -> stage.target().healAll());
        };
    }

    /** Each run is the next of all two-way splits of the servers, the database being on one side or the other. */
    static Fault partition() {
        return stage -> {
            List<Set<String>> splits = splits(stage.servers());
            Set<String> without = splits.get((stage.run() - 1) % splits.size());
            Set<String> with = new LinkedHashSet<>(stage.servers());
            with.removeAll(without);
            Set<String> databaseSide = new LinkedHashSet<>(with);
            databaseSide.add(DATABASE);
            return Harm.lasting(
                    "split " + without + " from " + databaseSide + ", heal after the takeover",
                    without,
                    owner -> without.contains(String.valueOf(owner.server())),
                    () -> stage.target().split(without, databaseSide),
                    () -> stage.target().healAll());
        };
    }

    /** The sides that a database can be cut off from: every proper, non-empty subset of the servers. */
    static List<Set<String>> splits(List<String> servers) {
        List<Set<String>> splits = new ArrayList<>();
        for (int bits = 1; bits < (1 << servers.size()) - 1; bits++) {
            Set<String> side = new LinkedHashSet<>();
            for (int i = 0; i < servers.size(); i++) {
                if ((bits & (1 << i)) != 0) {
                    side.add(servers.get(i));
                }
            }
            splits.add(side);
        }
        return splits;
    }

    /** Two servers at once: power loss where the target can, else all their processes. */
    static Fault killTwo() {
        return stage -> {
            String first = stage.serverOf("director");
            String second = stage.servers().stream()
                    .filter(server -> !server.equals(first))
                    .findFirst()
                    .orElseThrow(() -> new NotPossible("there is only one server"));
            return lose(stage, new LinkedHashSet<>(List.of(first, second)));
        };
    }

    /** Servers are lost: power loss where the target can, else all their processes. */
    static Harm lose(Stage stage, Set<String> servers) {
        if (!stage.target().supported().contains(FaultKind.KILL_HOST)) {
            return ProcessFaults.killAll(stage, servers);
        }
        return Harm.lasting(
                "power loss of " + String.join(" and ", servers),
                servers,
                owner -> servers.contains(String.valueOf(owner.server())),
                () -> servers.forEach(stage.target()::killHost),
                () -> servers.forEach(stage.target()::restoreHost));
    }

    /** The wall clock of the director's server jumps an hour ahead or back, in turn. */
    static Fault stepClock() {
        return stage -> {
            String server = stage.serverOf("director");
            Duration offset = stage.run() % 2 == 1 ? Duration.ofHours(1) : Duration.ofHours(-1);
            return Harm.passing(
                    "the clock of " + server + " jumps by " + offset,
                    Set.of(),
                    Duration.ofSeconds(5),
                    () -> stage.target().stepClock(server, offset),
                    () -> stage.target().stepClock(server, Duration.ZERO));
        };
    }

    private static Predicate<Owner> on(String server) {
        return owner -> server.equals(owner.server());
    }
}
