package io.callisto.drills.drill;

import io.callisto.domain.Requirement;
import io.callisto.drills.testbed.DrillLayout;
import io.callisto.drills.testbed.FaultKind;
import java.util.Set;

/** One process of one service, on a host that lives on. */
final class ProcessDrills {
    private static final Loss DIRECTOR = new Loss("director", Role.DIRECTOR, Layouts.campaigns(), 140);
    private static final Loss ZONE_DIRECTOR = new Loss("zone-director", Role.ZONE_DIRECTOR, Layouts.campaigns(), 140);
    private static final Loss MANAGER = new Loss("campaign-manager", Role.MANAGER, Layouts.campaigns(), 300);
    private static final Loss AGENT_MANAGER = new Loss("agent-manager", Role.AGENT_MANAGER, Layouts.services(), 40);
    private static final Loss RULE_ENGINE =
            new Loss("rule-engine", Role.RULE_ENGINE, Layouts.services(), 45, Set.of(Trait.RULE_PROBE));
    private static final Loss OUTBOX = new Loss("outbox", Role.OUTBOX, Layouts.services(), 0);
    private static final Loss AGGREGATOR = new Loss("aggregator", Role.AGGREGATOR, Layouts.services(), 0);

    private ProcessDrills() {}

    @Requirement({"CD-2", "CD-3", "CD-6", "CD-14", "AM-11"})
    static Drill killDirector() {
        return DIRECTOR.kill("the process that has the common director's role").with(Trait.SHORT);
    }

    @Requirement({"CD-2", "CD-4", "CD-5"})
    static Drill killZoneDirector() {
        return ZONE_DIRECTOR.kill("a process that directs a zone");
    }

    @Requirement({"CM-1", "CM-3", "CM-4", "CM-5", "CM-6"})
    static Drill killCampaignManager() {
        return MANAGER.kill("the process that dials a job").with(Trait.SHORT);
    }

    @Requirement({"AM-1", "AM-2", "AM-11"})
    static Drill killAgentManager() {
        return AGENT_MANAGER.kill("a process that has a zone's agents").with(Trait.SHORT);
    }

    @Requirement({"RE-1", "RE-3", "RE-4", "CM-8"})
    static Drill killRuleEngine() {
        return RULE_ENGINE.kill("the rule engine's master").with(Trait.SHORT);
    }

    @Requirement("EV-5")
    static Drill killOutbox() {
        return OUTBOX.kill("the process that relays events to Kafka");
    }

    @Requirement({"EV-5", "EV-6"})
    static Drill killAggregator() {
        return AGGREGATOR.kill("the process that joins events into results");
    }

    @Requirement("CD-1")
    static Drill stopDirector() {
        return DIRECTOR.stop().with(Trait.SHORT);
    }

    @Requirement({"CM-2", "CM-4"})
    static Drill stopCampaignManager() {
        return MANAGER.stop();
    }

    @Requirement({"AM-1", "AM-11"})
    static Drill stopAgentManager() {
        return AGENT_MANAGER.stop();
    }

    @Requirement("RE-2")
    static Drill stopRuleEngine() {
        return RULE_ENGINE.stop();
    }

    @Requirement({"CD-2", "AM-11"})
    static Drill freezeDirector() {
        return DIRECTOR.freeze();
    }

    @Requirement({"CM-3", "CM-4", "CM-5"})
    static Drill freezeCampaignManager() {
        return MANAGER.freeze().with(Trait.SHORT);
    }

    @Requirement({"AM-11"})
    static Drill freezeAgentManager() {
        return AGENT_MANAGER.freeze().with(Trait.SHORT);
    }

    @Requirement("RE-4")
    static Drill freezeRuleEngine() {
        return RULE_ENGINE.freeze();
    }

    @Requirement("EV-5")
    static Drill freezeOutbox() {
        return OUTBOX.freeze();
    }

    @Requirement({"EV-5", "EV-6"})
    static Drill freezeAggregator() {
        return AGGREGATOR.freeze();
    }

    /**
     * A role whose process is lost, and what is the same in all drills that do that.
     *
     * @param name in the drills' names
     * @param pomSeconds what POM's manual says for a loss that nobody ordered; 0 where it says nothing
     */
    private record Loss(String name, Role role, DrillLayout layout, int pomSeconds, Set<Trait> traits) {
        Loss(String name, Role role, DrillLayout layout, int pomSeconds) {
            this(name, role, layout, pomSeconds, Set.of());
        }

        Drill kill(String whom) {
            return drill("kill-", "kill -9 of " + whom, ProcessFaults.kill(role))
                    .needing(FaultKind.KILL)
                    .within(Limits.PROCESS)
                    .pom(pomSeconds);
        }

        Drill stop() {
            return drill("stop-", "SIGTERM to the process with the role", ProcessFaults.stop(role))
                    .needing(FaultKind.TERMINATE)
                    .within(Limits.GRACEFUL)
                    .with(Trait.NO_CALL_LOST);
        }

        Drill freeze() {
            return drill(
                            "freeze-",
                            "freezes the process with the role; thawed, it must do nothing any more",
                            ProcessFaults.freeze(role))
                    .needing(FaultKind.FREEZE)
                    .pom(pomSeconds);
        }

        private Drill drill(String verb, String purpose, Fault fault) {
            return Drill.of(verb + name, purpose, layout, fault).with(traits.toArray(Trait[]::new));
        }
    }
}
