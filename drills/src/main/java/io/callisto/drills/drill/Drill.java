package io.callisto.drills.drill;

import io.callisto.drills.testbed.DrillLayout;
import io.callisto.drills.testbed.FaultKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One drill, as data.
 *
 * @param name as on the command line
 * @param purpose one sentence
 * @param pomSeconds what POM's manual says for this loss; 0 where it says nothing
 * @param requirements ids that it proves, taken from the catalogue's marks
 */
public record Drill(
        String name,
        String purpose,
        DrillLayout layout,
        Set<FaultKind> needs,
        Fault fault,
        Expectation expectation,
        Limits limits,
        int pomSeconds,
        Set<Trait> traits,
        List<String> requirements) {
    public Drill {
        needs = Set.copyOf(needs);
        traits = Set.copyOf(traits);
        requirements = List.copyOf(requirements);
    }

    static Drill of(String name, String purpose, DrillLayout layout, Fault fault) {
        return new Drill(
                name, purpose, layout, Set.of(), fault, Expectation.TAKEOVER, Limits.HOST, 0, Set.of(), List.of());
    }

    /** On another cluster. */
    Drill on(DrillLayout other) {
        return new Drill(name, purpose, other, needs, fault, expectation, limits, pomSeconds, traits, requirements);
    }

    Drill needing(FaultKind... kinds) {
        return new Drill(
                name, purpose, layout, Set.of(kinds), fault, expectation, limits, pomSeconds, traits, requirements);
    }

    Drill expecting(Expectation other) {
        return new Drill(name, purpose, layout, needs, fault, other, limits, pomSeconds, traits, requirements);
    }

    Drill within(Limits other) {
        return new Drill(name, purpose, layout, needs, fault, expectation, other, pomSeconds, traits, requirements);
    }

    Drill pom(int seconds) {
        return new Drill(name, purpose, layout, needs, fault, expectation, limits, seconds, traits, requirements);
    }

    Drill with(Trait... more) {
        Set<Trait> all = EnumSet.noneOf(Trait.class);
        all.addAll(traits);
        all.addAll(List.of(more));
        return new Drill(name, purpose, layout, needs, fault, expectation, limits, pomSeconds, all, requirements);
    }

    Drill proving(List<String> ids) {
        return new Drill(name, purpose, layout, needs, fault, expectation, limits, pomSeconds, traits, ids);
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }
}
