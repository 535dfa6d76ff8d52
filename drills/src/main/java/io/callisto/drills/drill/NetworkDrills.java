package io.callisto.drills.drill;

import io.callisto.domain.Requirement;
import io.callisto.drills.testbed.FaultKind;

/** Links and clocks. */
final class NetworkDrills {
    private NetworkDrills() {}

    @Requirement({"FS-7", "AM-11", "RE-4", "CS-3"})
    static Drill cutServer() {
        return Drill.of("cut-server", "cuts the director's server off and heals it", Layouts.three(), HostFaults.cut())
                .needing(FaultKind.CUT_HOST)
                .with(Trait.ONE_RING, Trait.SHORT);
    }

    @Requirement({"FS-7", "AM-11"})
    static Drill cutOneWay() {
        return Drill.of(
                        "cut-one-way",
                        "one direction between the director's server and the database",
                        Layouts.three(),
                        HostFaults.cutOneWay())
                .needing(FaultKind.CUT_ONE_WAY);
    }

    @Requirement({"FS-7", "AM-11"})
    static Drill partition() {
        return Drill.of(
                        "partition",
                        "every two-way split of three servers, with and without the database on their side",
                        Layouts.three(),
                        HostFaults.partition())
                .needing(FaultKind.SPLIT)
                .with(Trait.SHORT);
    }

    @Requirement("DEP-7")
    static Drill clockStep() {
        return Drill.of(
                        "clock-step",
                        "the wall clock of the director's server jumps by an hour",
                        Layouts.three().withClockSteps(),
                        HostFaults.stepClock())
                .needing(FaultKind.STEP_CLOCK)
                .expecting(Expectation.NOTHING_MOVES)
                .with(Trait.WINDOW_JOB);
    }
}
