package io.callisto.drills.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.drills.testbed.DrillLayout;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrillCatalogueTest {
    private final List<Drill> drills = DrillCatalogue.complete().drills();

    @Test
    void every_fault_that_was_asked_for_has_its_drill() {
        assertThat(drills)
                .extracting(Drill::name)
                .contains(
                        "kill-director",
                        "kill-zone-director",
                        "kill-campaign-manager",
                        "kill-agent-manager",
                        "kill-rule-engine",
                        "kill-outbox",
                        "kill-aggregator",
                        "kill-server",
                        "kill-host",
                        "kill-broker",
                        "kill-gateway",
                        "kill-supervisor",
                        "stop-director",
                        "stop-campaign-manager",
                        "stop-agent-manager",
                        "stop-rule-engine",
                        "stop-server",
                        "admin-stop",
                        "freeze-director",
                        "freeze-campaign-manager",
                        "freeze-agent-manager",
                        "freeze-rule-engine",
                        "freeze-outbox",
                        "freeze-aggregator",
                        "freeze-broker",
                        "freeze-kafka-broker",
                        "freeze-server",
                        "cut-server",
                        "cut-one-way",
                        "partition",
                        "zookeeper-loss",
                        "zookeeper-leader",
                        "kafka-broker-loss",
                        "database-restart",
                        "database-kill",
                        "clock-step",
                        "kill-director-and-manager",
                        "kill-two-servers",
                        "flapping",
                        "table-a2",
                        "table-a4",
                        "table-a6",
                        "single-server",
                        "steady-state")
                .doesNotHaveDuplicates();
    }

    @Test
    void every_drill_proves_something_and_has_a_limit() {
        assertThat(drills).allSatisfy(drill -> {
            assertThat(drill.requirements()).isNotEmpty();
            assertThat(drill.purpose()).isNotBlank();
            assertThat(drill.limits().p99()).isPositive();
        });
    }

    @Test
    void three_runs_meet_each_of_three_brokers() {
        assertThat(IntStream.rangeClosed(1, 5).map(run -> InfrastructureFaults.turn(run, 3)))
                .containsExactly(1, 2, 3, 1, 2);
    }

    @Test
    void a_suite_needs_few_clusters_and_a_short_one_at_most_three() {
        Set<DrillLayout> all = layouts(drills);
        Set<DrillLayout> brief =
                layouts(drills.stream().filter(drill -> drill.is(Trait.SHORT)).toList());

        assertThat(all).hasSizeLessThanOrEqualTo(8);
        assertThat(brief).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void an_unknown_name_is_no_drill() {
        assertThat(DrillCatalogue.complete().named("kill-everything")).isEmpty();
        assertThat(DrillCatalogue.complete().named("kill-server")).isPresent();
    }

    private static Set<DrillLayout> layouts(List<Drill> some) {
        return Set.copyOf(some.stream().map(Drill::layout).distinct().toList());
    }
}
