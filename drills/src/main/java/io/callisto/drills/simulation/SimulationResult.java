package io.callisto.drills.simulation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one seed gave.
 *
 * @param nodes how many servers
 * @param faults that could happen
 * @param violation null where all went well
 * @param traceHash the same for the same seed and options
 * @param virtualMillis how long the world lived
 * @param takeovers claims that were committed
 * @param calls that the gateway placed
 * @param refusals what former owners tried in vain
 * @param tail the last lines of the trace
 */
public record SimulationResult(
        long seed,
        int nodes,
        List<Fault> faults,
        @Nullable Violation violation,
        long traceHash,
        int events,
        long virtualMillis,
        int takeovers,
        int calls,
        int refusals,
        List<String> tail) {
    public SimulationResult {
        faults = List.copyOf(faults);
        tail = List.copyOf(tail);
    }

    /** Whether all checkers are content. */
    public boolean passed() {
        return violation == null;
    }

    /** The violation, if any. */
    public Optional<Violation> failure() {
        return Optional.ofNullable(violation);
    }

    /** The one command that repeats it. */
    public String command(SimulationOptions options) {
        StringBuilder command = new StringBuilder("./callisto simulate cluster --seed " + seed + " --trace");
        if (options.nodes() != 0) {
            command.append(" --nodes ").append(options.nodes());
        }
        if (!options.faults().isEmpty()) {
            command.append(" --faults ")
                    .append(options.faults().stream().sorted().map(Fault::name).collect(Collectors.joining(",")));
        }
        return command.toString();
    }

    /** For whoever has to look into it: what, how to repeat it, and how it came to that. */
    public String report(SimulationOptions options) {
        return String.join("\n", tail)
                + "\nseed " + seed + ", " + nodes + " servers, faults " + faults
                + "\n" + failure().map(v -> v.checker() + ": " + v.what()).orElse("no violation")
                + "\nrepeat: " + command(options);
    }
}
