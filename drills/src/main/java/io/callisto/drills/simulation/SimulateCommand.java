package io.callisto.drills.simulation;

import io.callisto.server.cli.CallistoCommand;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Options of {@code callisto simulate}. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Runs the coordination protocol in a simulated world, many seeds in one thread.")
public final class SimulateCommand implements CallistoCommand, Runnable {
    private static final int MOST_SHOWN = 5;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Object command() {
        return this;
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }

    @Command(
            name = "cluster",
            mixinStandardHelpOptions = true,
            description = {
                "Runs seeds and checks every effect; exit code 0 only if no checker objects.",
                "A seed that" + " fails is printed with the command that repeats it."
            })
    int cluster(
            @Option(names = "--seeds", defaultValue = "1000", description = "How many (default: ${DEFAULT-VALUE}).")
                    int seeds,
            @Option(names = "--from", defaultValue = "1", description = "The first one (default: ${DEFAULT-VALUE}).")
                    long from,
            @Option(names = "--seed", description = "Only this one.") @Nullable Long seed,
            @Option(names = "--trace", description = "Print every event.") boolean trace,
            @Option(names = "--nodes", defaultValue = "0", description = "Servers, 2 to 9 (default: by the seed).")
                    int nodes,
            @Option(names = "--faults", split = ",", description = "Only these: ${COMPLETION-CANDIDATES}.") @Nullable
                    Set<Fault> faults,
            @Option(
                            names = {"-o", "--output"},
                            description = "json: standard output is only the JSON.")
                    @Nullable
                    String output) {
        Console console = new Console(commandSpec(), "json".equals(output));
        SimulationOptions options = options(nodes, faults);
        long first = seed == null ? from : seed;
        Summary summary = new Summary(seed == null ? seeds : 1);
        for (long next = first; next < first + summary.seeds; next++) {
            SimulationResult result =
                    trace ? ClusterSimulation.run(next, options, console::line) : ClusterSimulation.run(next, options);
            summary.add(result);
            if (!result.passed() && summary.failed.size() <= MOST_SHOWN) {
                console.failed(result, options);
            }
        }
        console.result(summary.toMap(), summary.line());
        return summary.failed.isEmpty() ? 0 : 1;
    }

    @Command(
            name = "sabotage",
            mixinStandardHelpOptions = true,
            description = {
                "Leaves out one defence after the other and shows how soon a checker objects.",
                "Exit code 0" + " only if every one is noticed."
            })
    int sabotage(
            @Option(
                            names = "--seeds",
                            defaultValue = "1000",
                            description = "How many to try for each (default: ${DEFAULT-VALUE}).")
                    int seeds,
            @Option(
                            names = {"-o", "--output"},
                            description = "json: standard output is only the JSON.")
                    @Nullable
                    String output) {
        Console console = new Console(commandSpec(), "json".equals(output));
        console.line(String.format(
                Locale.ROOT, "%-30s %6s  %-42s %s", "sabotage", "seeds", "noticed by", "what is left out"));
        List<Map<String, Object>> rows = new ArrayList<>();
        boolean all = true;
        for (Sabotage sabotage : Sabotage.values()) {
            Optional<SimulationResult> caught = SabotageTrial.firstToNotice(sabotage, seeds);
            all &= caught.isPresent();
            String by = caught.flatMap(SimulationResult::failure)
                    .map(Violation::checker)
                    .orElse("NOBODY");
            long tried = caught.map(SimulationResult::seed).orElse((long) seeds);
            console.line(String.format(Locale.ROOT, "%-30s %6d  %-42s %s", sabotage, tried, by, sabotage.meaning()));
            rows.add(Map.of("sabotage", sabotage.name(), "seeds", tried, "noticedBy", by));
        }
        console.result(Map.of("noticed", all, "sabotages", rows), all ? "All are noticed." : "Some go unnoticed.");
        return all ? 0 : 1;
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("runs on the command line only");
        }
        return spec;
    }

    private SimulationOptions options(int nodes, @Nullable Set<Fault> faults) {
        try {
            return new SimulationOptions(nodes, faults == null ? Set.of() : faults, null);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandSpec().commandLine(), "--nodes: " + e.getMessage(), e);
        }
    }

    /** What all seeds gave together. */
    private static final class Summary {
        private final int seeds;
        private final List<SimulationResult> failed = new ArrayList<>();
        private long events;
        private long virtualMillis;
        private long takeovers;
        private long calls;
        private long refusals;
        private long hash;

        Summary(int seeds) {
            this.seeds = seeds;
        }

        void add(SimulationResult result) {
            events += result.events();
            virtualMillis += result.virtualMillis();
            takeovers += result.takeovers();
            calls += result.calls();
            refusals += result.refusals();
            hash = 31 * hash + result.traceHash();
            if (!result.passed()) {
                failed.add(result);
            }
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("pass", failed.isEmpty());
            map.put("seeds", seeds);
            map.put("events", events);
            map.put("virtualSeconds", virtualMillis / 1_000);
            map.put("takeovers", takeovers);
            map.put("calls", calls);
            map.put("refusedZombieActs", refusals);
            map.put("traceHash", Long.toHexString(hash));
            map.put(
                    "violations",
                    failed.stream()
                            .map(result -> Map.of(
                                    "seed",
                                    result.seed(),
                                    "checker",
                                    result.failure().map(Violation::checker).orElse(""),
                                    "what",
                                    result.failure().map(Violation::what).orElse("")))
                            .toList());
            return map;
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%s: %d seeds, %d failed; %d events in %d h of virtual time, %d takeovers, %d calls,"
                            + " %d acts of former owners refused; trace hash %s",
                    failed.isEmpty() ? "PASS" : "FAIL",
                    seeds,
                    failed.size(),
                    events,
                    virtualMillis / 3_600_000,
                    takeovers,
                    calls,
                    refusals,
                    Long.toHexString(hash));
        }
    }

    /** Standard output, or standard error where that must stay clean. */
    private static final class Console {
        private final PrintWriter out;
        private final PrintWriter progress;
        private final boolean json;

        Console(CommandSpec spec, boolean json) {
            this.json = json;
            out = spec.commandLine().getOut();
            progress = json ? spec.commandLine().getErr() : out;
        }

        void line(String line) {
            progress.println(line);
            progress.flush();
        }

        void failed(SimulationResult result, SimulationOptions options) {
            line(result.report(options));
        }

        void result(Map<String, Object> map, String text) {
            out.println(json ? new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(map) : text);
            out.flush();
        }
    }
}
