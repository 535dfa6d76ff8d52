package io.callisto.drills.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Accepted effects of a scope are ordered by epoch: once an epoch has acted, no lower one is accepted (INV-1). */
public final class EpochOrderChecker {
    private static final int NAMED = 5;

    private EpochOrderChecker() {}

    /** Judges what the database accepted. */
    public static List<Violation> effects(List<Effect> effects) {
        Line line = new Line("the database");
        effects.stream()
                .sorted(Comparator.comparingLong(Effect::order))
                .forEach(effect -> line.accept(effect.scope(), effect.epoch(), "effect " + effect.order()));
        return line.violations;
    }

    /** Judges what each gateway accepted. */
    public static List<Violation> calls(List<PlacedCall> calls) {
        Map<String, Line> lines = new HashMap<>();
        calls.stream()
                .filter(call -> !call.refused())
                .sorted(Comparator.comparingLong(PlacedCall::order))
                .forEach(call -> lines.computeIfAbsent(call.gateway(), Line::new)
                        .accept(call.scope(), call.epoch(), "call " + call.attemptId()));
        return lines.values().stream().flatMap(line -> line.violations.stream()).toList();
    }

    /** What one resource accepted, in its own order. */
    private static final class Line {
        private final String resource;
        private final Map<String, Long> highest = new HashMap<>();
        private final List<Violation> violations = new ArrayList<>();

        Line(String resource) {
            this.resource = resource;
        }

        void accept(String scope, long epoch, String what) {
            long before = highest.merge(scope, epoch, Math::max);
            if (epoch < before && violations.size() < NAMED) {
                violations.add(new Violation(
                        Aspect.ORDER,
                        resource + " accepted " + what + " of " + scope + " under epoch " + epoch
                                + " after one under epoch " + before));
            }
        }
    }
}
