package io.callisto.drills.drill;

import io.callisto.drills.load.LoadLevel;
import io.callisto.drills.report.DrillResult;
import io.callisto.drills.testbed.DrillLayout;
import io.callisto.drills.testbed.DrillTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs drills, each cluster once: drills of one layout share it. Used by one thread. */
final class SuiteRunner {
    private final Supplier<DrillTarget> targets;
    private final LoadLevel level;
    private final int runs;
    private final long seed;
    private final LogShelf shelf;
    private final Consumer<String> say;

    /**
     * @param targets makes a new target for each layout
     * @param runs of each drill
     * @param seed of the choices: same seed, same phases and victims by lot
     * @param logs where the clusters' logs are kept
     */
    SuiteRunner(Supplier<DrillTarget> targets, LoadLevel level, int runs, long seed, Path logs, Consumer<String> say) {
        this.targets = targets;
        this.level = level;
        this.runs = runs;
        this.seed = seed;
        this.shelf = new LogShelf(logs, say);
        this.say = say;
    }

    /**
     * @param done hears each result when it is there
     */
    List<DrillResult> run(List<Drill> drills, Consumer<DrillResult> done) {
        Map<DrillLayout, List<Drill>> byLayout = new LinkedHashMap<>();
        drills.forEach(drill -> byLayout.computeIfAbsent(drill.layout(), layout -> new ArrayList<>())
                .add(drill));
        List<DrillResult> results = new ArrayList<>();
        Consumer<DrillResult> both = result -> {
            results.add(result);
            done.accept(result);
        };
        byLayout.forEach((layout, group) -> onCluster(layout, group, both));
        return results;
    }

    private void onCluster(DrillLayout layout, List<Drill> drills, Consumer<DrillResult> done) {
        say.accept("cluster of " + layout.servers() + " servers for " + drills.size() + " drills");
        int finished = 0;
        try (DrillTarget target = targets.get()) {
            try {
                target.up(layout, line -> say.accept("  " + line));
                try (ClusterStage cluster = ClusterStage.of(target, level, new Random(seed), contacts())) {
                    DrillRunner runner = new DrillRunner(cluster, say);
                    for (Drill drill : drills) {
                        say.accept("drill " + drill.name() + ": " + drill.purpose());
                        DrillResult result = runner.run(drill, runs);
                        finished++;
                        done.accept(result);
                    }
                }
            } finally {
                keepLogs(target);
            }
        } catch (RuntimeException broken) {
            say.accept("the cluster is of no use: " + broken.getMessage());
            drills.subList(finished, drills.size())
                    .forEach(drill ->
                            done.accept(DrillResult.broken(drill.name(), String.valueOf(broken.getMessage()))));
        }
    }

    private void keepLogs(DrillTarget target) {
        try {
            shelf.keep(target.logs());
        } catch (RuntimeException neverUp) {
            say.accept("there are no logs: the cluster was never started");
        }
    }

    private static Path contacts() {
        try {
            Path directory = Files.createTempDirectory("callisto-drill");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException full) {
            throw new java.io.UncheckedIOException(full);
        }
    }
}
