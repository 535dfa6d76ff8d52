package io.callisto.events.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.event.contract.EventType;
import io.callisto.outbox.relay.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
    private static final TopicShape GENERAL = new TopicShape(1, Duration.ofDays(7), null, null);

    @Test
    @Requirement({"EV-1", "EV-2"})
    void every_organisation_has_its_topics_with_one_partition_and_a_week_of_retention() {
        Map<String, TopicPlan.Spec> wanted = TopicPlan.wanted(Set.of(7, 0), settings(null, TopicNames.POM_4));

        assertThat(wanted.keySet())
                .containsExactly(
                        "callisto.outbox.position",
                        "POM.Default.JOB",
                        "POM.Default.JOBSTATISTICS",
                        "POM.Default.AGENT",
                        "POM.Default.AGENTSTATISTICS",
                        "POM.Default.ATTEMPT",
                        "POM.Default.ENRICHEDATTEMPTRESULT",
                        "POM.7.JOB",
                        "POM.7.JOBSTATISTICS",
                        "POM.7.AGENT",
                        "POM.7.AGENTSTATISTICS",
                        "POM.7.ATTEMPT",
                        "POM.7.ENRICHEDATTEMPTRESULT");
        TopicPlan.Spec job = Objects.requireNonNull(wanted.get("POM.7.JOB"));
        assertThat(job.partitions()).isEqualTo(1);
        assertThat(job.config(3))
                .containsEntry("retention.ms", "604800000")
                .containsEntry("compression.type", "producer")
                .containsEntry("min.insync.replicas", "2");
        assertThat(job.config(1)).containsEntry("min.insync.replicas", "1");
    }

    @Test
    @Requirement("EV-1")
    void the_names_of_3_1_3_are_a_setting() {
        assertThat(TopicPlan.wanted(Set.of(0), settings(null, TopicNames.POM_3)).keySet())
                .containsExactly(
                        "callisto.outbox.position",
                        "Default_POM_JOB",
                        "Default_POM_JOB_STATISTICS",
                        "Default_POM_AGENT",
                        "Default_POM_AGENT_STATISTICS",
                        "Default_POM_ATTEMPT",
                        "Default_POM_ENRICHED_ATTEMPT_RESULT");
        assertThat(TopicPlan.wanted(Set.of(0, 7), settings(null, TopicNames.BOTH))
                        .keySet())
                .hasSize(1 + 2 * 2 * 6)
                .contains("Default_POM_JOB", "POM.Default.JOB", "POM.7.AGENT", "7_POM_AGENT");
    }

    @Test
    @Requirement({"EV-2", "EV-10"})
    void a_type_can_have_a_shape_of_its_own() {
        TopicShape attempts = new TopicShape(3, Duration.ofDays(3), 5, 3);
        Map<String, TopicPlan.Spec> wanted = TopicPlan.wanted(
                Set.of(0),
                new TopicSettings(GENERAL, Map.of(EventType.ATTEMPT, attempts), 1, TopicNames.BOTH, true, false));

        for (String name : Set.of("POM.Default.ATTEMPT", "Default_POM_ATTEMPT")) {
            TopicPlan.Spec spec = Objects.requireNonNull(wanted.get(name));
            assertThat(spec.partitions()).isEqualTo(3);
            assertThat(spec.replicas(5)).isEqualTo(5);
            assertThat(spec.config(5))
                    .containsEntry("retention.ms", "259200000")
                    .containsEntry("min.insync.replicas", "3");
        }
        assertThat(Objects.requireNonNull(wanted.get("POM.Default.JOB")).partitions())
                .isEqualTo(1);
    }

    @Test
    void the_position_topic_is_compacted_with_a_partition_for_each_shard() {
        TopicPlan.Spec position = spec("callisto.outbox.position");

        assertThat(position.partitions()).isEqualTo(2);
        assertThat(position.config(3)).containsEntry("cleanup.policy", "compact");
    }

    @Test
    @Requirement({"EV-3", "EV-14"})
    void replicas_are_at_most_three_unless_asked_for_and_never_more_than_brokers() {
        TopicPlan.Spec free = spec("POM.Default.JOB");
        assertThat(free.replicas(1)).isEqualTo(1);
        assertThat(free.replicas(5)).isEqualTo(3);
        assertThat(free.obstacle(1)).isEmpty();
        assertThat(free.obstacle(0)).isPresent();

        TopicPlan.Spec three = Objects.requireNonNull(
                TopicPlan.wanted(Set.of(0), settings(3, TopicNames.POM_4)).get("POM.Default.JOB"));
        assertThat(three.replicas(3)).isEqualTo(3);
        assertThat(three.obstacle(3)).isEmpty();
        assertThat(three.obstacle(2).orElseThrow())
                .contains("2 brokers are there", "3 replicas", "replication-factor", "start more brokers");

        TopicPlan.Spec strict = new TopicPlan.Spec("x", 1, null, 2, Map.of());
        assertThat(strict.obstacle(1).orElseThrow()).contains("1 broker is there", "min-insync-replicas");
        assertThat(strict.obstacle(2)).isEmpty();
        assertThat(TopicPlan.weakness(3)).isEmpty();
        assertThat(TopicPlan.weakness(1)).isEmpty();
        assertThat(TopicPlan.weakness(4).orElseThrow()).contains("4 brokers", "no more of them than 3");
    }

    @Test
    void a_difference_names_both_values() {
        TopicPlan.Spec spec = spec("POM.Default.JOB");
        Map<String, String> config = new HashMap<>(spec.config(3));

        assertThat(TopicPlan.difference(spec, new TopicPlan.Found(1, 3, config), 3)
                        .isEmpty())
                .isTrue();

        config.put("retention.ms", "1000");
        TopicPlan.Difference difference = TopicPlan.difference(spec, new TopicPlan.Found(4, 1, config), 3);
        assertThat(difference.found()).containsExactly("partitions=4", "replicas=1", "retention.ms=1000");
        assertThat(difference.wanted()).containsExactly("partitions=1", "replicas=3", "retention.ms=604800000");
    }

    @Test
    void only_topics_of_numbered_organisations_that_were_deleted_and_have_nothing_waiting_are_left_over() {
        assertThat(TopicPlan.ofDeleted(
                        Set.of("POM.Default.JOB", "POM.1.JOB", "POM.2.JOB", "POM.3.ATTEMPT", "3_POM_AGENT", "POM.3.X"),
                        Set.of(0, 2, 3),
                        Set.of(2)))
                .containsExactly("3_POM_AGENT", "POM.3.ATTEMPT");
    }

    private static TopicPlan.Spec spec(String topic) {
        return Objects.requireNonNull(
                TopicPlan.wanted(Set.of(0), settings(null, TopicNames.POM_4)).get(topic));
    }

    private static TopicSettings settings(@Nullable Integer replicas, TopicNames names) {
        TopicShape shape = new TopicShape(1, Duration.ofDays(7), replicas, null);
        return new TopicSettings(shape, Map.of(), 2, names, false, false);
    }
}
