package io.callisto.drills.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.drills.history.Aspect;
import io.callisto.drills.history.FailoverGap;
import io.callisto.drills.history.Owner;
import io.callisto.drills.history.Violation;
import io.callisto.drills.report.RequirementVerdict;
import io.callisto.drills.report.RunResult;
import io.callisto.drills.report.ScopeCourse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The pure decisions of drills. */
class DrillDecisionsTest {
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(1), Duration.ofSeconds(3));

    @Test
    void figures_within_the_limits_pass() {
        assertThat(RequirementJudge.times(LIMITS, runs(900, 950, 2_999))).isEmpty();
    }

    @Test
    void a_median_and_a_worst_case_beyond_the_limits_are_found() {
        assertThat(RequirementJudge.times(LIMITS, runs(900, 1_000, 1_001)))
                .extracting(Violation::aspect)
                .containsExactly(Aspect.TIME);
        assertThat(RequirementJudge.times(LIMITS, runs(100, 100, 3_000)))
                .extracting(Violation::what)
                .containsExactly("p99 of the service is 3000 ms without effect, the limit 3000 ms");
    }

    @Test
    void a_late_takeover_fails_what_is_a_figure_and_nothing_else() {
        Drill drill = drill().proving(List.of("CD-2", "AM-11"));

        assertThat(RequirementJudge.verdicts(
                        drill, List.of(moved("director", 9_000)), List.of(new Violation(Aspect.TIME, "late"))))
                .extracting(RequirementVerdict::pass)
                .containsExactly(false, true);
        assertThat(RequirementJudge.verdicts(
                        drill, List.of(moved("director", 100)), List.of(new Violation(Aspect.ORDER, "zombie"))))
                .extracting(RequirementVerdict::pass)
                .containsExactly(false, false);
    }

    @Test
    void each_role_is_judged_by_its_own_figures() {
        List<RunResult> runs = List.of(moved("job/1/0", 2_000), moved("rule-engine", 100), moved("rule-engine", 200));

        assertThat(RequirementJudge.times(LIMITS, runs))
                .extracting(Violation::what)
                .containsExactly("p50 of job is 2000 ms without effect, the limit 1000 ms");
        assertThat(RequirementJudge.verdicts(drill().proving(List.of("CM-3", "RE-3")), runs, List.of()))
                .extracting(RequirementVerdict::pass)
                .containsExactly(false, true);
    }

    @Test
    @Requirement("FS-7")
    void three_servers_are_split_in_every_way() {
        assertThat(HostFaults.splits(List.of("s1", "s2", "s3")))
                .containsExactlyInAnyOrder(
                        Set.of("s1"),
                        Set.of("s2"),
                        Set.of("s3"),
                        Set.of("s1", "s2"),
                        Set.of("s1", "s3"),
                        Set.of("s2", "s3"));
    }

    @Test
    @Requirement("DEP-4")
    void survivors_hold_everything_and_share_the_zones() {
        List<Owner> before = List.of(
                owner("director", "s1"),
                owner("director/0", "s1"),
                owner("director/1", "s2"),
                owner("rule-engine", "s1"));
        Set<String> lost = Set.of("s1", "s2");

        assertThat(DeploymentTable.owners(
                        lost,
                        before,
                        now(
                                owner("director", "s3"),
                                owner("director/0", "s3"),
                                owner("director/1", "s4"),
                                owner("rule-engine", "s4"))))
                .isEmpty();
        assertThat(DeploymentTable.owners(
                        lost,
                        before,
                        now(
                                owner("director", "s3"),
                                owner("director/0", "s3"),
                                owner("director/1", "s3"),
                                owner("rule-engine", "s4"))))
                .containsExactly("s3 directs 2 of 2 zones, with 2 servers left");
        assertThat(DeploymentTable.owners(lost, before, now(owner("director", "s1"))))
                .hasSize(4);
    }

    @Test
    @Requirement("DEP-3")
    void what_a_survivor_had_stays_with_it() {
        List<Owner> before = List.of(owner("director/0", "s1"), owner("director/1", "s2"));

        assertThat(DeploymentTable.owners(
                        Set.of("s2"), before, now(owner("director/0", "s3"), owner("director/1", "s1"))))
                .containsExactly("director/0 moved from s1 to s3, though s1 lives");
    }

    @Test
    void numbers_are_read_from_the_metrics() {
        assertThat(Metrics.sum("# TYPE x gauge\nservers{application=\"callisto\"} 3.0\nother 1\n", "servers"))
                .hasValue(3);
        assertThat(Metrics.sum("servers 2.0\nservers{a=\"b\"} 1.0\n", "servers"))
                .hasValue(3);
        assertThat(Metrics.sum("nothing\n", "servers")).isEmpty();
    }

    @Test
    void only_the_coordinators_threads_are_counted() {
        String line = "(%s) S 1 1 1 0 -1 4194368 10 0 0 0 150 50 0 0 20 0 40 0 100 0";

        assertThat(SteadyMeter.seconds("42 " + String.format(line, "callisto-lease")))
                .isEqualTo(2.0);
        assertThat(SteadyMeter.seconds("42 " + String.format(line, "C2 (compiler)")))
                .isZero();
    }

    private static Drill drill() {
        return Drill.of("x", "y", Layouts.three(), stage -> {
                    throw new NotPossible("no cluster");
                })
                .within(LIMITS);
    }

    private static RunResult moved(String scope, long gap) {
        FailoverGap found = new FailoverGap(gap, FailoverGap.Basis.EFFECTS);
        ScopeCourse course = new ScopeCourse(scope, "s2", "EXPIRED", 1L, 2L, 3L, 4L, "work", found);
        return new RunResult(1, "kill", Instant.EPOCH, List.of(course), gap, "EFFECTS", List.of(), List.of());
    }

    private static List<RunResult> runs(long... gaps) {
        return Arrays.stream(gaps)
                .mapToObj(
                        gap -> new RunResult(1, "kill", Instant.EPOCH, List.of(), gap, "EFFECTS", List.of(), List.of()))
                .toList();
    }

    private static Owner owner(String scope, String server) {
        return new Owner(scope, 1, new UUID(0, server.hashCode()), server, "server", true);
    }

    private static Map<String, Owner> now(Owner... owners) {
        return Arrays.stream(owners).collect(Collectors.toMap(Owner::scope, Function.identity()));
    }
}
