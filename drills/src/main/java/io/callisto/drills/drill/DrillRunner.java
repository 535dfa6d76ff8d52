package io.callisto.drills.drill;

import io.callisto.drills.history.Aspect;
import io.callisto.drills.history.JdbcHistoryStore;
import io.callisto.drills.history.Transition;
import io.callisto.drills.history.Violation;
import io.callisto.drills.load.BrokerProbe;
import io.callisto.drills.load.Patience;
import io.callisto.drills.load.Probe;
import io.callisto.drills.load.RuleProbe;
import io.callisto.drills.report.DrillResult;
import io.callisto.drills.report.DrillResult.Outcome;
import io.callisto.drills.report.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Runs one drill, several times, on a cluster that is up. Used by one thread. */
final class DrillRunner {
    private static final Duration FAULT_FREE = Duration.ofSeconds(5);
    private static final Duration JOBS_LIMIT = Duration.ofMinutes(2);

    private final ClusterStage cluster;
    private final Stage stage;
    private final Consumer<String> say;

    DrillRunner(ClusterStage cluster, Consumer<String> say) {
        this.cluster = cluster;
        this.stage = cluster.stage();
        this.say = say;
    }

    DrillResult run(Drill drill, int runs) {
        Set<io.callisto.drills.testbed.FaultKind> lacking = EnumSet.noneOf(io.callisto.drills.testbed.FaultKind.class);
        lacking.addAll(drill.needs());
        lacking.removeAll(stage.target().supported());
        if (!lacking.isEmpty()) {
            return skipped(drill, stage.target().description() + " cannot do " + lacking);
        }
        if (drill.is(Trait.BROKER_PROBE) && stage.target().brokerUrl().isEmpty()) {
            return skipped(drill, stage.target().description() + " does not say where the message brokers are");
        }
        List<Probe> probes = new ArrayList<>();
        try {
            DrillResult result = attempt(drill, runs, probes);
            if (result.outcome() != Outcome.INVALID) {
                return result;
            }
            // It says nothing about the drill; a machine that was busy for a moment may have a second chance.
            say.accept("INVALID: " + result.reason() + "; once more");
            probes.forEach(Probe::close);
            probes.clear();
            return attempt(drill, runs, probes);
        } catch (NotPossible obstacle) {
            return skipped(drill, String.valueOf(obstacle.getMessage()));
        } catch (RuntimeException broken) {
            say.accept("drill broke off: " + broken);
            return failed(drill, "broke off: " + broken);
        } finally {
            probes.forEach(Probe::close);
            stage.down(Set.of());
        }
    }

    private DrillResult attempt(Drill drill, int runs, List<Probe> probes) {
        JdbcHistoryStore history = stage.history();
        cluster.awaitOwners();
        if (drill.is(Trait.STEADY)) {
            return steady(drill);
        }
        long effectsBefore = history.lastEffect();
        Instant begun = history.clock();
        LoadedJobs jobs = new LoadedJobs(cluster.campaign(), history);
        if (drill.is(Trait.RULE_PROBE)) {
            probes.add(new RuleProbe(history));
        }
        if (drill.is(Trait.BROKER_PROBE)) {
            stage.target()
                    .brokerUrl()
                    .ifPresent(url -> probes.add(new BrokerProbe(url, "drill." + begun.toEpochMilli())));
        }
        jobs.start();
        Patience.rest(FAULT_FREE);
        List<Transition> early = history.transitionsSince(begun).stream()
                .filter(Transition::forced)
                .toList();
        InjectionRunner injection = new InjectionRunner(stage, drill, jobs, probes, say);
        List<RunResult> results = new ArrayList<>();
        for (int number = 1; number <= runs && early.isEmpty(); number++) {
            results.add(injection.run(number));
        }
        List<Violation> found = new ArrayList<>(jobs.awaitEnd(JOBS_LIMIT));
        probes.forEach(probe -> found.addAll(probe.verdict()));
        FinalChecks checks = new FinalChecks(stage, jobs, drill.is(Trait.NO_CALL_LOST));
        found.addAll(checks.check(effectsBefore, begun));
        return result(drill, results, found, checks.notes(), early);
    }

    private DrillResult result(
            Drill drill, List<RunResult> runs, List<Violation> found, List<String> notes, List<Transition> early) {
        found.addAll(RequirementJudge.times(drill.limits(), runs));
        List<Violation> all = new ArrayList<>(found);
        runs.forEach(run -> all.addAll(run.violations()));
        Outcome outcome = !early.isEmpty() ? Outcome.INVALID : all.isEmpty() ? Outcome.PASS : Outcome.FAIL;
        String reason = early.isEmpty()
                ? ""
                : "before any fault " + early.get(0).scope() + " moved ("
                        + early.get(0).reason() + ")";
        return new DrillResult(
                drill.name(),
                outcome,
                reason,
                stage.target().description(),
                layout(drill),
                drill.limits().text(),
                drill.pomSeconds(),
                runs,
                found,
                RequirementJudge.verdicts(drill, runs, all),
                notes);
    }

    private DrillResult steady(Drill drill) {
        SteadyMeter meter = new SteadyMeter(stage, say);
        Instant begun = stage.history().clock();
        List<Violation> found = new ArrayList<>(meter.measure());
        List<Transition> moved = stage.history().transitionsSince(begun).stream()
                .filter(Transition::forced)
                .toList();
        return result(drill, List.of(), found, meter.notes(), moved);
    }

    private DrillResult skipped(Drill drill, String reason) {
        say.accept("SKIPPED: " + reason);
        return DrillResult.skipped(drill.name(), stage.target().description(), reason);
    }

    private DrillResult failed(Drill drill, String reason) {
        return new DrillResult(
                drill.name(),
                Outcome.FAIL,
                reason,
                stage.target().description(),
                layout(drill),
                drill.limits().text(),
                drill.pomSeconds(),
                List.of(),
                List.of(new Violation(Aspect.LIVENESS, reason)),
                List.of(),
                List.of());
    }

    private static String layout(Drill drill) {
        int servers = drill.layout().servers();
        return servers + (servers == 1 ? " server" : " servers") + ", "
                + (drill.layout().ownProcesses().isEmpty()
                        ? "one JVM each"
                        : "own JVMs for "
                                + drill.layout().ownProcesses().stream()
                                        .sorted()
                                        .toList());
    }
}
