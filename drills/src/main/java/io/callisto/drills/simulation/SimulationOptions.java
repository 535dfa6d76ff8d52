package io.callisto.drills.simulation;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * @param nodes servers, 2 to 9; 0: between 2 and 5, by the seed
 * @param faults that may happen; empty: a choice of all, by the seed
 * @param sabotage a defence that is left out; null: none
 */
public record SimulationOptions(
        int nodes, Set<Fault> faults, @Nullable Sabotage sabotage) {
    /** As the seed says, nothing left out. */
    public static final SimulationOptions PLAIN = new SimulationOptions(0, Set.of(), null);

    public SimulationOptions {
        if (nodes != 0 && (nodes < 2 || nodes > 9)) {
            throw new IllegalArgumentException("nodes must be 2 to 9, or 0 for as many as the seed says; is " + nodes);
        }
        faults = Set.copyOf(faults);
    }

    /** The same world with a defence left out. */
    public SimulationOptions sabotagedBy(Sabotage defence) {
        return new SimulationOptions(nodes, faults, defence);
    }
}
