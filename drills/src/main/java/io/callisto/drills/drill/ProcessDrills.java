package io.callisto.drills.drill;

import io.callisto.domain.Requirement;
import io.callisto.drills.testbed.FaultKind;

/** One process of one service, on a host that lives on. */
final class ProcessDrills {
    private static final int POM_DIRECTOR = 140;
    private static final int POM_MANAGER = 300;
    private static final int POM_AGENT_MANAGER = 40;
    private static final int POM_RULE_ENGINE = 45;

    private ProcessDrills() {}

    @Requirement({"CD-2", "CD-3", "CD-6", "CD-14", "AM-11"})
    static Drill killDirector() {
        return Drill.of(
                        "kill-director",
                        "kill -9 of the process that has the common director's role",
                        Layouts.campaigns(),
                        ProcessFaults.kill(Role.DIRECTOR))
                .needing(FaultKind.KILL)
                .within(Limits.PROCESS)
                .pom(POM_DIRECTOR)
                .with(Trait.SHORT);
    }

    @Requirement({"CD-2", "CD-4", "CD-5"})
    static Drill killZoneDirector() {
        return Drill.of(
                        "kill-zone-director",
                        "kill -9 of a process that directs a zone",
                        Layouts.campaigns(),
                        ProcessFaults.kill(Role.ZONE_DIRECTOR))
                .needing(FaultKind.KILL)
                .within(Limits.PROCESS)
                .pom(POM_DIRECTOR);
    }

    @Requirement({"CM-1", "CM-3", "CM-4", "CM-5", "CM-6"})
    static Drill killCampaignManager() {
        return Drill.of(
                        "kill-campaign-manager",
                        "kill -9 of the process that dials a job",
                        Layouts.campaigns(),
                        ProcessFaults.kill(Role.MANAGER))
                .needing(FaultKind.KILL)
                .within(Limits.PROCESS)
                .pom(POM_MANAGER)
                .with(Trait.SHORT);
    }

    @Requirement({"AM-1", "AM-2", "AM-11"})
    static Drill killAgentManager() {
        return Drill.of(
                        "kill-agent-manager",
                        "kill -9 of a process that has a zone's agents",
                        Layouts.services(),
                        ProcessFaults.kill(Role.AGENT_MANAGER))
                .needing(FaultKind.KILL)
                .within(Limits.PROCESS)
                .pom(POM_AGENT_MANAGER)
                .with(Trait.SHORT);
    }

    @Requirement({"RE-1", "RE-3", "RE-4", "CM-8"})
    static Drill killRuleEngine() {
        return Drill.of(
                        "kill-rule-engine",
                        "kill -9 of the rule engine's master",
                        Layouts.services(),
                        ProcessFaults.kill(Role.RULE_ENGINE))
                .needing(FaultKind.KILL)
                .within(Limits.PROCESS)
                .pom(POM_RULE_ENGINE)
                .with(Trait.SHORT, Trait.RULE_PROBE);
    }

    @Requirement("EV-5")
    static Drill killOutbox() {
        return Drill.of(
                        "kill-outbox",
                        "kill -9 of the process that relays events to Kafka",
                        Layouts.services(),
                        ProcessFaults.kill(Role.OUTBOX))
                .needing(FaultKind.KILL)
                .within(Limits.PROCESS);
    }

    @Requirement("CD-1")
    static Drill stopDirector() {
        return stop("stop-director", Role.DIRECTOR, Layouts.campaigns()).with(Trait.SHORT);
    }

    @Requirement({"CM-2", "CM-4"})
    static Drill stopCampaignManager() {
        return stop("stop-campaign-manager", Role.MANAGER, Layouts.campaigns());
    }

    @Requirement({"AM-1", "AM-11"})
    static Drill stopAgentManager() {
        return stop("stop-agent-manager", Role.AGENT_MANAGER, Layouts.services());
    }

    @Requirement("RE-2")
    static Drill stopRuleEngine() {
        return stop("stop-rule-engine", Role.RULE_ENGINE, Layouts.services()).with(Trait.RULE_PROBE);
    }

    @Requirement({"CD-2", "AM-11"})
    static Drill freezeDirector() {
        return freeze("freeze-director", Role.DIRECTOR, Layouts.campaigns()).pom(POM_DIRECTOR);
    }

    @Requirement({"CM-3", "CM-4", "CM-5"})
    static Drill freezeCampaignManager() {
        return freeze("freeze-campaign-manager", Role.MANAGER, Layouts.campaigns())
                .pom(POM_MANAGER)
                .with(Trait.SHORT);
    }

    @Requirement({"AM-11"})
    static Drill freezeAgentManager() {
        return freeze("freeze-agent-manager", Role.AGENT_MANAGER, Layouts.services())
                .pom(POM_AGENT_MANAGER)
                .with(Trait.SHORT);
    }

    @Requirement("RE-4")
    static Drill freezeRuleEngine() {
        return freeze("freeze-rule-engine", Role.RULE_ENGINE, Layouts.services())
                .pom(POM_RULE_ENGINE)
                .with(Trait.RULE_PROBE);
    }

    private static Drill stop(String name, Role role, io.callisto.drills.testbed.DrillLayout layout) {
        return Drill.of(name, "SIGTERM to the process with the role", layout, ProcessFaults.stop(role))
                .needing(FaultKind.TERMINATE)
                .within(Limits.GRACEFUL)
                .with(Trait.NO_CALL_LOST);
    }

    private static Drill freeze(String name, Role role, io.callisto.drills.testbed.DrillLayout layout) {
        return Drill.of(
                        name,
                        "freezes the process with the role; thawed, it must do nothing any more",
                        layout,
                        ProcessFaults.freeze(role))
                .needing(FaultKind.FREEZE);
    }
}
