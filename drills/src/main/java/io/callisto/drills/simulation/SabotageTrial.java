package io.callisto.drills.simulation;

import java.util.Optional;

/** Whether the simulation notices that a defence is missing. */
public final class SabotageTrial {
    private SabotageTrial() {}

    /**
     * The first run that a checker objects to, from seed 1 on. The same seed with all defences must pass, or it proves
     * nothing and the next one is tried.
     *
     * @param seeds how many at most
     */
    public static Optional<SimulationResult> firstToNotice(Sabotage sabotage, int seeds) {
        SimulationOptions sabotaged = SimulationOptions.PLAIN.sabotagedBy(sabotage);
        for (long seed = 1; seed <= seeds; seed++) {
            SimulationResult result = ClusterSimulation.run(seed, sabotaged);
            if (!result.passed()
                    && ClusterSimulation.run(seed, SimulationOptions.PLAIN).passed()) {
                return Optional.of(result);
            }
        }
        return Optional.empty();
    }
}
