package io.callisto.events.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.event.contract.EventType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which partitions a shard reads. */
@Requirement("EV-6")
class ReadPlanTest {
    private static final UUID OLD = new UUID(0, 1);
    private static final UUID NEW = new UUID(0, 2);

    private static InputPartition partition(EventType type, int organisation, String topic, int number, UUID id) {
        return new InputPartition(type, organisation, topic, number, id);
    }

    private static InputPartition attempts(int number) {
        return partition(EventType.ATTEMPT, 0, "POM.Default.ATTEMPT", number, OLD);
    }

    @Test
    void attempts_are_shared_out_and_every_shard_reads_all_jobs_and_agents() {
        InputPartition job = partition(EventType.JOB, 0, "POM.Default.JOB", 1, OLD);
        InputPartition agent = partition(EventType.AGENT, 0, "POM.Default.AGENT", 0, OLD);
        List<InputPartition> there = List.of(attempts(0), attempts(1), attempts(2), job, agent);

        assertThat(ReadPlan.of(0, 2, there, Map.of(), Set.of(0)).begins())
                .containsExactlyInAnyOrder(attempts(0), attempts(2), job, agent);
        assertThat(ReadPlan.of(1, 2, there, Map.of(), Set.of(0)).begins())
                .containsExactlyInAnyOrder(attempts(1), job, agent);
    }

    @Test
    void what_is_known_goes_on_and_what_is_new_begins() {
        ReadPlan plan =
                ReadPlan.of(0, 1, List.of(attempts(0), attempts(1)), Map.of(attempts(0), Position.at(7)), Set.of(0));

        assertThat(plan.goesOn()).containsExactly(Map.entry(attempts(0), Position.at(7)));
        assertThat(plan.begins()).containsExactly(attempts(1));
        assertThat(plan.anew()).isEmpty();
        assertThat(plan.renamed()).isEmpty();
        assertThat(plan.gone()).isEmpty();
    }

    @Test
    void a_topic_that_was_made_anew_begins_again() {
        InputPartition again = partition(EventType.ATTEMPT, 0, "POM.Default.ATTEMPT", 0, NEW);

        ReadPlan plan = ReadPlan.of(0, 1, List.of(again), Map.of(attempts(0), Position.at(7)), Set.of(0));

        assertThat(plan.begins()).containsExactly(again);
        assertThat(plan.anew()).containsExactly(again);
    }

    @Test
    void events_under_another_name_go_on_there() {
        InputPartition renamed = partition(EventType.ATTEMPT, 0, "Default_POM_ATTEMPT", 0, NEW);

        ReadPlan plan = ReadPlan.of(0, 1, List.of(renamed), Map.of(attempts(0), Position.at(7)), Set.of(0));

        assertThat(plan.renamed()).containsExactly(Map.entry(renamed, attempts(0)));
        assertThat(plan.gone()).containsExactly(attempts(0));
    }

    @Test
    void what_cannot_be_seen_just_now_is_kept_and_what_belongs_to_nobody_is_not() {
        InputPartition deleted = partition(EventType.JOB, 7, "POM.7.JOB", 0, OLD);

        ReadPlan plan =
                ReadPlan.of(0, 1, List.of(), Map.of(attempts(0), Position.at(7), deleted, Position.at(1)), Set.of(0));

        assertThat(plan.gone()).containsExactly(deleted);
    }
}
