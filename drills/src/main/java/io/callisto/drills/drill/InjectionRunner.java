package io.callisto.drills.drill;

import io.callisto.drills.api.CallistoApi;
import io.callisto.drills.history.Aspect;
import io.callisto.drills.history.FailoverGap;
import io.callisto.drills.history.GatewayHistory;
import io.callisto.drills.history.JdbcHistoryStore;
import io.callisto.drills.history.Owner;
import io.callisto.drills.history.PlacedCall;
import io.callisto.drills.history.Transition;
import io.callisto.drills.history.Violation;
import io.callisto.drills.load.Patience;
import io.callisto.drills.load.Probe;
import io.callisto.drills.report.RunResult;
import io.callisto.drills.report.ScopeCourse;
import io.callisto.drills.report.TextReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Does a drill's fault once to a cluster under load and watches until everything is whole. Used by one thread. */
final class InjectionRunner {
    private static final Duration TAKEOVER_LIMIT = Duration.ofSeconds(30);
    private static final Duration RESTART_LIMIT = Duration.ofSeconds(60);
    private static final Duration WHOLE_LIMIT = Duration.ofSeconds(90);
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final Duration SLOW = Duration.ofMillis(500);
    private static final Duration QUIET = Duration.ofSeconds(6);
    private static final long SHORTEST_PHASE_MILLIS = 300;
    private static final long PHASES_MILLIS = 1_000;

    private final Stage stage;
    private final Drill drill;
    private final LoadedJobs jobs;
    private final Collection<Probe> probes;
    private final DeploymentTable table;
    private final Consumer<String> say;
    private final JdbcHistoryStore history;
    private final Map<UUID, String> servers = new HashMap<>();

    InjectionRunner(Stage stage, Drill drill, LoadedJobs jobs, Collection<Probe> probes, Consumer<String> say) {
        this.stage = stage;
        this.drill = drill;
        this.jobs = jobs;
        this.probes = probes;
        this.say = say;
        this.table = new DeploymentTable(stage);
        this.history = stage.history();
    }

    RunResult run(int number) {
        stage.beginRun(number);
        long effectsBefore = history.lastEffect();
        long job = jobs.start();
        if (drill.is(Trait.WINDOW_JOB)) {
            jobs.startWindowJob(history.clock());
        }
        Patience.rest(Duration.ofMillis(SHORTEST_PHASE_MILLIS + stage.random().nextLong(PHASES_MILLIS)));
        Set<String> members = memberNames();
        if (drill.is(Trait.TABLE)) {
            table.print("before", say);
        }
        Injection injection = plan();
        injection.strike(stage);
        TakeoverWatch watch = watch(injection);
        injection.found.addAll(await(watch, injection.harm));
        injection.slow("one look at the database", watch.longestLookNanos());
        if (drill.is(Trait.TABLE)) {
            injection.found.addAll(table.check(injection.harm.servers(), injection.held, say));
        }
        injection.harm.heal().run();
        Instant healed = history.clock();
        injection.found.addAll(awaitWhole(members));
        if (drill.is(Trait.EVENTS)) {
            injection.found.addAll(awaitEvents(effectsBefore, healed));
        }
        stage.down(Set.of());
        if (drill.is(Trait.ONE_RING)) {
            injection.found.addAll(new CacheRing(stage).check());
        }
        Patience.rest(SETTLE);
        Instant end = history.clock();
        if (drill.is(Trait.SETTLES)) {
            injection.found.addAll(unsettled(end));
        }
        remember(injection.held);
        List<PlacedCall> calls = calls(injection.held, job);
        Meter meter = new Meter(injection.fault, end, history.effectsAfter(effectsBefore), calls, servers);
        RunResult result = result(number, injection, meter, watch.takeovers());
        say.accept(TextReport.line(result));
        return result;
    }

    private Injection plan() {
        List<Owner> held = List.copyOf(stage.owners().values());
        Harm harm = drill.fault().plan(stage);
        List<Owner> affected = held.stream().filter(harm.affected()).toList();
        if (drill.expectation() == Expectation.TAKEOVER && affected.isEmpty()) {
            throw new NotPossible(harm.what() + ": the victim has no role");
        }
        return new Injection(harm, held, affected);
    }

    private TakeoverWatch watch(Injection injection) {
        boolean takeover = drill.expectation() == Expectation.TAKEOVER;
        return new TakeoverWatch(history, takeover ? injection.affected : injection.held, injection.fault);
    }

    private RunResult result(int number, Injection injection, Meter meter, Map<String, Transition> takeovers) {
        List<Transition> moves = history.transitionsSince(injection.fault);
        injection.found.addAll(needless(moves));
        boolean takeover = drill.expectation() == Expectation.TAKEOVER;
        List<ScopeCourse> courses = meter.courses(takeover ? takeovers : forced(takeovers), probes);
        FailoverGap gap = gap(meter, injection.harm, injection.held, courses);
        injection.found.addAll(unmeasured(gap));
        Set<String> expected = injection.affected.stream().map(Owner::scope).collect(Collectors.toSet());
        String others = moves.stream()
                .filter(Transition::forced)
                .map(Transition::scope)
                .filter(scope -> !expected.contains(scope))
                .distinct()
                .collect(Collectors.joining(", "));
        if (takeover && !others.isEmpty()) {
            injection.notes.add("also moved: " + others);
        }
        return new RunResult(
                number,
                injection.harm.what(),
                injection.fault,
                courses,
                gap.millis(),
                gap.basis().name(),
                injection.found,
                injection.notes);
    }

    private FailoverGap gap(Meter meter, Harm harm, List<Owner> held, List<ScopeCourse> courses) {
        List<FailoverGap> gaps = new ArrayList<>();
        courses.forEach(course -> gaps.add(course.gap()));
        if (drill.is(Trait.BROKER_PROBE)) {
            probes.stream()
                    .filter(probe -> probe.name().equals("broker"))
                    .forEach(probe -> gaps.add(meter.gapOf(probe)));
        }
        if (drill.is(Trait.ALL_SCOPES)) {
            gaps.add(meter.gapOf(held));
        }
        if (drill.is(Trait.EVENTS)) {
            gaps.add(meter.gapOf(held.stream()
                    .filter(owner -> owner.scope().startsWith("outbox/"))
                    .toList()));
        }
        if (drill.is(Trait.CALLS)) {
            Instant until = meter.fault().plus(harm.hold());
            held.stream()
                    .filter(owner -> owner.scope().startsWith("job/"))
                    .max(Comparator.comparingLong(owner -> Stage.jobOf(owner.scope())))
                    .ifPresent(owner -> gaps.add(meter.callGap(owner.scope(), until)));
        }
        return gaps.stream()
                .max(Comparator.comparingLong(FailoverGap::millis))
                .orElse(new FailoverGap(0, FailoverGap.Basis.NONE));
    }

    /** A figure that was not measured must not look like a good one. */
    private List<Violation> unmeasured(FailoverGap gap) {
        boolean wanted = drill.is(Trait.BROKER_PROBE)
                || drill.is(Trait.ALL_SCOPES)
                || drill.is(Trait.EVENTS)
                || drill.is(Trait.CALLS);
        return wanted && gap.basis() == FailoverGap.Basis.NONE
                ? List.of(new Violation(
                        Aspect.LIVENESS, "no gap could be measured: nothing was seen before or after the fault"))
                : List.of();
    }

    private List<Violation> await(TakeoverWatch watch, Harm harm) {
        if (drill.expectation() == Expectation.TAKEOVER) {
            List<Violation> late = watch.await(stage.servers().size() == 1 ? RESTART_LIMIT : TAKEOVER_LIMIT);
            Patience.rest(harm.hold());
            return late;
        }
        Patience.rest(harm.hold());
        return List.of();
    }

    /** Every process that took part takes part again, every scope has its owner, gateways and consoles answer. */
    private List<Violation> awaitWhole(Set<String> members) {
        boolean whole = Patience.until(
                WHOLE_LIMIT,
                () -> memberNames().containsAll(members)
                        && history.standing().ownerless().isEmpty()
                        && new GatewayHistory(stage.target().gateways()).answers()
                        && stage.apis().values().stream().allMatch(CallistoApi::answers));
        if (whole) {
            return List.of();
        }
        Set<String> away = new java.util.TreeSet<>(members);
        away.removeAll(memberNames());
        return List.of(new Violation(
                Aspect.LIVENESS,
                WHOLE_LIMIT.toSeconds() + " s after the fault " + away + " are not back; without an owner: "
                        + history.standing().ownerless()));
    }

    /** The relay works again: an outage that lasts to the end of the measurement would have no length. */
    private List<Violation> awaitEvents(long effectsBefore, Instant healed) {
        boolean publishing = Patience.until(
                WHOLE_LIMIT,
                () -> history.effectsAfter(effectsBefore).stream()
                        .anyMatch(effect -> effect.scope().startsWith("outbox/")
                                && effect.at().isAfter(healed)));
        return publishing
                ? List.of()
                : List.of(new Violation(
                        Aspect.LIVENESS,
                        WHOLE_LIMIT.toSeconds() + " s after the fault no event is published, nor looked for"));
    }

    private List<Violation> needless(List<Transition> moves) {
        if (drill.expectation() != Expectation.NOTHING_MOVES) {
            return List.of();
        }
        return moves.stream()
                .filter(Transition::forced)
                .map(move -> new Violation(
                        Aspect.NEEDLESS, move.scope() + " moved (" + move.reason() + ") although nobody was lost"))
                .toList();
    }

    private List<Violation> unsettled(Instant since) {
        Patience.rest(QUIET);
        return history.transitionsSince(since).stream()
                .filter(Transition::forced)
                .map(move -> new Violation(
                        Aspect.NEEDLESS, move.scope() + " still moves (" + move.reason() + ") after the last fault"))
                .toList();
    }

    private static Map<String, Transition> forced(Map<String, Transition> takeovers) {
        return takeovers.entrySet().stream()
                .filter(entry -> entry.getValue().forced())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, java.util.LinkedHashMap::new));
    }

    private List<PlacedCall> calls(List<Owner> held, long newest) {
        GatewayHistory gateways = new GatewayHistory(stage.target().gateways());
        Set<Long> dialed = held.stream()
                .map(Owner::scope)
                .filter(scope -> scope.startsWith("job/"))
                .map(Stage::jobOf)
                .collect(Collectors.toSet());
        dialed.add(newest);
        return dialed.stream().flatMap(job -> gateways.calls(job).stream()).toList();
    }

    private void remember(List<Owner> before) {
        List<Owner> all = new ArrayList<>(before);
        all.addAll(history.owners());
        all.forEach(owner -> {
            if (owner.node() != null && owner.server() != null) {
                servers.put(owner.node(), owner.server());
            }
        });
    }

    private Set<String> memberNames() {
        return history.members().stream().map(JdbcHistoryStore.Member::name).collect(Collectors.toSet());
    }

    /** One fault on its way: who was hit, when, and what came of it. */
    private static final class Injection {
        private final Harm harm;
        private final List<Owner> held;
        private final List<Owner> affected;
        private final List<Violation> found = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private Instant fault = Instant.EPOCH;

        Injection(Harm harm, List<Owner> held, List<Owner> affected) {
            this.harm = harm;
            this.held = held;
            this.affected = affected;
        }

        void strike(Stage stage) {
            stage.down(harm.servers());
            fault = stage.history().clock();
            long start = System.nanoTime();
            harm.strike().run();
            slow("doing the fault", System.nanoTime() - start);
        }

        /** What the drill itself waited for is part of its figures, and must be seen. */
        void slow(String what, long nanos) {
            if (nanos > SLOW.toNanos()) {
                notes.add(what + " took " + Duration.ofNanos(nanos).toMillis() + " ms, which the figures include");
            }
        }
    }
}
