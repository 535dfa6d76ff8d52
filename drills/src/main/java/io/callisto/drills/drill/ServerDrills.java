package io.callisto.drills.drill;

import io.callisto.domain.Requirement;
import io.callisto.drills.testbed.FaultKind;

/** A whole server, or a service by the administrator's wish. */
final class ServerDrills {
    private static final int POM_SERVER = 600;

    private ServerDrills() {}

    @Requirement({"CD-2", "CM-3", "RE-3", "CS-3", "CM-7"})
    static Drill killServer() {
        return Drill.of(
                        "kill-server",
                        "kill -9 of JVM, broker and supervisor of the director's server",
                        Layouts.three(),
                        ProcessFaults.killServer())
                .needing(FaultKind.KILL)
                .within(Limits.PROCESS)
                .pom(POM_SERVER)
                .with(Trait.SHORT);
    }

    @Requirement({"CD-2", "CM-3", "CS-3"})
    static Drill killHost() {
        return Drill.of("kill-host", "power loss of the director's server", Layouts.three(), HostFaults.kill())
                .needing(FaultKind.KILL_HOST)
                .pom(POM_SERVER)
                .with(Trait.SHORT);
    }

    @Requirement({"AM-11", "CM-5"})
    static Drill freezeServer() {
        return Drill.of("freeze-server", "freezes the director's server", Layouts.three(), HostFaults.freeze())
                .needing(FaultKind.FREEZE)
                .pom(POM_SERVER)
                .with(Trait.SHORT);
    }

    @Requirement({"CD-1", "CM-2", "RE-2"})
    static Drill stopServer() {
        return Drill.of(
                        "stop-server",
                        "SIGTERM to the supervisor of the director's server",
                        Layouts.three(),
                        ProcessFaults.stopServer())
                .needing(FaultKind.TERMINATE)
                .within(Limits.GRACEFUL)
                .with(Trait.NO_CALL_LOST);
    }

    @Requirement({"AD-1", "CD-1"})
    static Drill adminStop() {
        return Drill.of(
                        "admin-stop",
                        "an administrator stops the director's service by REST and starts it again",
                        Layouts.three(),
                        ProcessFaults.adminStop(Role.DIRECTOR))
                .within(Limits.GRACEFUL)
                .with(Trait.NO_CALL_LOST, Trait.SHORT);
    }

    @Requirement("DEP-2")
    static Drill killSupervisor() {
        return Drill.of(
                        "kill-supervisor",
                        "kill -9 of a supervisor: what it looks after goes on",
                        Layouts.three(),
                        ProcessFaults.killSupervisor())
                .needing(FaultKind.KILL)
                .expecting(Expectation.NOTHING_MOVES);
    }

    @Requirement("FS-10")
    static Drill singleServer() {
        return Drill.of(
                        "single-server",
                        "kill -9 of a service on the only server: it is restarted, nothing is lost",
                        Layouts.single(),
                        stage -> ProcessFaults.kill(
                                        switch (stage.run() % 3) {
                                            case 1 -> Role.MANAGER;
                                            case 2 -> Role.AGENT_MANAGER;
                                            default -> Role.RULE_ENGINE;
                                        })
                                .plan(stage))
                .needing(FaultKind.KILL)
                .within(Limits.RESTART);
    }

    @Requirement("DEP-3")
    static Drill steadyState() {
        return Drill.of(
                        "steady-state",
                        "no fault: what coordination costs in processor time and SQL statements",
                        Layouts.three(),
                        stage -> Harm.passing(
                                "no fault", java.util.Set.of(), java.time.Duration.ZERO, () -> {}, () -> {}))
                .expecting(Expectation.NOTHING_MOVES)
                .with(Trait.STEADY, Trait.SHORT);
    }
}
