package io.callisto.drills.drill;

import io.callisto.domain.Requirement;
import io.callisto.drills.testbed.FaultKind;

/** More than one fault at a time. */
final class CombinedDrills {
    private static final int POM_SERVER = 600;

    private CombinedDrills() {}

    @Requirement({"CD-15", "CM-5"})
    static Drill killDirectorAndManager() {
        return Drill.of(
                        "kill-director-and-manager",
                        "kill -9 of the director's and the dialer's processes at once",
                        Layouts.campaigns(),
                        CombinedFaults.killDirectorAndManager())
                .needing(FaultKind.KILL)
                .within(Limits.BOTH)
                .with(Trait.SHORT);
    }

    @Requirement({"DEP-4", "CM-3"})
    static Drill killTwoServers() {
        return Drill.of(
                        "kill-two-servers",
                        "two of three servers are lost at once",
                        Layouts.three(),
                        HostFaults.killTwo())
                .needing(FaultKind.KILL)
                .pom(POM_SERVER);
    }

    @Requirement({"AM-11", "CD-5"})
    static Drill flapping() {
        return Drill.of(
                        "flapping",
                        "the director's process freezes and thaws again and again, then dies",
                        Layouts.campaigns(),
                        CombinedFaults.flapping())
                .needing(FaultKind.FREEZE, FaultKind.KILL)
                .expecting(Expectation.RECOVERS)
                .within(Limits.within(java.time.Duration.ofSeconds(30)))
                .with(Trait.ALL_SCOPES, Trait.SETTLES);
    }
}
