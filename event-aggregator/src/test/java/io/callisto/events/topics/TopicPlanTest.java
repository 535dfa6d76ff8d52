package io.callisto.events.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.event.contract.TopicNaming;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
    @Test
    @Requirement({"EV-1", "EV-2"})
    void every_organisation_has_its_topics_with_one_partition_and_a_week_of_retention() {
        Map<String, TopicPlan.Spec> wanted = TopicPlan.wanted(Set.of(7, 0), settings(null, TopicNaming.POM_4));

        assertThat(wanted.keySet())
                .containsExactly(
                        "callisto.outbox.position",
                        "POM.Default.JOB",
                        "POM.Default.ATTEMPT",
                        "POM.7.JOB",
                        "POM.7.ATTEMPT");
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
        assertThat(TopicPlan.wanted(Set.of(0), settings(null, TopicNaming.POM_3))
                        .keySet())
                .containsExactly("callisto.outbox.position", "Default_POM_JOB", "Default_POM_ATTEMPT");
    }

    @Test
    void the_position_topic_is_compacted_with_a_partition_for_each_shard() {
        TopicPlan.Spec position = spec("callisto.outbox.position");

        assertThat(position.partitions()).isEqualTo(2);
        assertThat(position.config(3)).containsEntry("cleanup.policy", "compact");
    }

    @Test
    void replicas_are_at_most_three_unless_asked_for() {
        assertThat(TopicPlan.replicas(settings(null, TopicNaming.POM_4), 1)).isEqualTo(1);
        assertThat(TopicPlan.replicas(settings(null, TopicNaming.POM_4), 5)).isEqualTo(3);
        assertThat(TopicPlan.replicas(settings(3, TopicNaming.POM_4), 2))
                .as("wait")
                .isZero();
        assertThat(TopicPlan.replicas(settings(3, TopicNaming.POM_4), 3)).isEqualTo(3);
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
    void only_topics_of_numbered_organisations_that_are_gone_and_have_nothing_waiting_are_left_over() {
        assertThat(TopicPlan.ofDeleted(
                        Set.of("POM.Default.JOB", "POM.1.JOB", "POM.2.JOB", "POM.3.ATTEMPT", "POM.4.ORDERS", "x"),
                        Set.of(1),
                        Set.of(2),
                        settings(null, TopicNaming.POM_4)))
                .containsExactly("POM.3.ATTEMPT");
    }

    private static TopicPlan.Spec spec(String topic) {
        return Objects.requireNonNull(
                TopicPlan.wanted(Set.of(0), settings(null, TopicNaming.POM_4)).get(topic));
    }

    private static TopicSettings settings(@Nullable Integer replicas, TopicNaming naming) {
        return new TopicSettings(1, Duration.ofDays(7), replicas, 2, naming, false);
    }
}
