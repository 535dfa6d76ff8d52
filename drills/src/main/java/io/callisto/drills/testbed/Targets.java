package io.callisto.drills.testbed;

import java.util.Optional;

/** Chooses the target for a machine. */
public final class Targets {
    private Targets() {}

    /**
     * A target, not up yet.
     *
     * @param target the best that the machine permits
     * @param reason why this one, for the report
     */
    public record Choice(DrillTarget target, String reason) {}

    /** Network namespaces where they work, which is tried, else loopback processes. */
    public static Choice best() {
        Optional<String> obstacle = HostNetwork.obstacle();
        return obstacle.isEmpty()
                ? new Choice(new NamespaceTarget(), "every host has a network namespace of its own")
                : new Choice(
                        new LoopbackTarget(),
                        "all processes share the loopback address, so only processes can be killed and frozen: "
                                + obstacle.get());
    }
}
