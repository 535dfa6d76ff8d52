package io.callisto.drills.drill;

import io.callisto.drills.history.Owner;
import io.callisto.drills.testbed.DrillTarget;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Faults of processes on hosts that live on. */
final class ProcessFaults {
    private ProcessFaults() {}

    /** {@code kill -9} of the process that has the role; its supervisor starts it again. */
    static Fault kill(Role role) {
        return stage -> {
            Victim victim = Victim.of(stage, role);
            return Harm.lasting(
                    "kill -9 " + victim.process(),
                    victim.unreachable(),
                    victim::has,
                    () -> stage.target().kill(victim.process()),
                    () -> {});
        };
    }

    /** SIGTERM to the process that has the role. */
    static Fault stop(Role role) {
        return stage -> {
            Victim victim = Victim.of(stage, role);
            return Harm.lasting(
                    "SIGTERM " + victim.process(),
                    victim.unreachable(),
                    victim::has,
                    () -> stage.target().terminate(victim.process()),
                    () -> {});
        };
    }

    /** SIGSTOP to the process that has the role; it thaws when others have taken over. */
    static Fault freeze(Role role) {
        return stage -> {
            Victim victim = Victim.of(stage, role);
            return Harm.lasting(
                    "freeze " + victim.process() + ", thaw after the takeover",
                    victim.unreachable(),
                    victim::has,
                    () -> stage.target().freeze(victim.process()),
                    () -> stage.target().thaw(victim.process()));
        };
    }

    /** The administrator stops the service that has the role, by REST. */
    static Fault adminStop(Role role) {
        return stage -> {
            Victim victim = Victim.of(stage, role);
            String server = victim.server();
            String path = "/api/v1/servers/" + server + "/services/" + role.service() + "/wish";
            Predicate<Owner> roles = owner -> server.equals(owner.server())
                    && (owner.scope().equals("director") || owner.scope().startsWith("director/"));
            return Harm.lasting(
                    "wish STOP for " + role.service() + " on " + server,
                    Set.of(),
                    roles,
                    () -> stage.api().put(path, Map.of("wish", "STOP")),
                    () -> stage.api().put(path, Map.of("wish", "RUN")));
        };
    }

    /** JVMs, broker and supervisor of a server at once, while its host lives on. */
    static Fault killServer() {
        return stage -> {
            String server = stage.serverOf("director");
            return killAll(stage, Set.of(server));
        };
    }

    static Harm killAll(Stage stage, Set<String> servers) {
        return Harm.lasting(
                "kill -9 everything on " + String.join(" and ", servers),
                servers,
                owner -> servers.contains(String.valueOf(owner.server())),
                () -> servers.stream()
                        .flatMap(server -> processes(stage, server).stream())
                        .forEach(stage.target()::kill),
                () -> servers.forEach(stage.target()::start));
    }

    /** SIGTERM to the supervisor, which stops what it looks after and hands over. */
    static Fault stopServer() {
        return stage -> {
            String server = stage.serverOf("director");
            return Harm.lasting(
                    "SIGTERM " + server,
                    Set.of(server),
                    owner -> server.equals(owner.server()),
                    () -> stage.target().terminate(server),
                    () -> {
                        Waiting.gone(stage.target(), server);
                        stage.target().start(server);
                    });
        };
    }

    /** The supervisor alone: what it looks after goes on and is adopted by the next one. */
    static Fault killSupervisor() {
        return stage -> {
            String server = stage.serverOf("director");
            if (!stage.target().running(server)) {
                throw new NotPossible("this target has no supervisor that could be killed");
            }
            return Harm.passing(
                    "kill -9 the supervisor of " + server,
                    Set.of(),
                    java.time.Duration.ofSeconds(3),
                    () -> stage.target().kill(server),
                    () -> stage.target().start(server));
        };
    }

    /** Supervisor first, so that nothing is started again meanwhile. */
    static List<String> processes(Stage stage, String server) {
        DrillTarget target = stage.target();
        Set<String> names = new LinkedHashSet<>();
        names.add(server);
        stage.history().members().stream()
                .filter(member -> member.server().equals(server))
                .forEach(member -> names.add(member.name()));
        names.add(server + "-broker");
        return names.stream().filter(target::running).toList();
    }

    /**
     * A process with a role.
     *
     * @param process as the target names it
     */
    private record Victim(String process, String server, boolean rest) {
        static Victim of(Stage stage, Role role) {
            String server = String.valueOf(role.owner(stage).server());
            String process = stage.target().processOf(server, role.service());
            boolean rest = process.equals(stage.target().processOf(server, "console"));
            return new Victim(process, server, rest);
        }

        boolean has(Owner owner) {
            return owner.processName().equals(process);
        }

        Set<String> unreachable() {
            return rest ? Set.of(server) : Set.of();
        }
    }
}
