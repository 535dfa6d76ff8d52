package io.callisto.drills.drill;

import io.callisto.domain.Requirement;
import io.callisto.drills.testbed.FaultKind;

/** POM's deployment tables, before and after a loss. */
final class TableDrills {
    private static final int POM_SERVER = 600;

    private TableDrills() {}

    @Requirement({"DEP-2", "MQ-1"})
    static Drill tableA2() {
        return table("table-a2", "tables A1 and A2: 2 servers, 1 zone; s1 is lost", Layouts.two(), 1);
    }

    @Requirement({"DEP-3", "CD-4"})
    static Drill tableA4() {
        return Drill.of(
                        "table-a4",
                        "tables A3 and A4: 3 servers, 2 zones; the second zone's server is lost",
                        Layouts.three(),
                        CombinedFaults.loseZoneServer())
                .needing(FaultKind.KILL)
                .pom(POM_SERVER)
                .with(Trait.TABLE);
    }

    @Requirement({"DEP-4", "CD-4", "AM-1"})
    static Drill tableA6() {
        return table("table-a6", "tables A5 and A6: 4 servers, 2 zones; s1 and s2 are lost", Layouts.four(), 2);
    }

    private static Drill table(String name, String purpose, io.callisto.drills.testbed.DrillLayout layout, int lost) {
        return Drill.of(name, purpose, layout, CombinedFaults.loseMasters(lost))
                .needing(FaultKind.KILL)
                .pom(POM_SERVER)
                .with(Trait.TABLE);
    }
}
