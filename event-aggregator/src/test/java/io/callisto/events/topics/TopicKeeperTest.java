package io.callisto.events.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.TopicNaming;
import io.callisto.outbox.JdbcOutboxStore;
import io.callisto.outbox.kafka.KafkaAddress;
import io.callisto.outbox.kafka.TestKafka;
import io.callisto.outbox.relay.TestEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class TopicKeeperTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka();

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final KafkaTopics kafka = new KafkaTopics(KAFKA.address());
    private final List<TopicKeeper> keepers = new ArrayList<>();

    @BeforeEach
    void empty() throws Exception {
        jdbc.sql("truncate event_outbox").update();
        jdbc.sql("delete from organisation where organisation_id > 0").update();
        try (Admin admin = KAFKA.admin()) {
            Set<String> all = admin.listTopics().names().get();
            admin.deleteTopics(all).all().get();
            // A broker learns of it a little later.
            await().atMost(LIMIT).until(() -> admin.listTopics().names().get().isEmpty());
        }
    }

    @AfterEach
    void close() {
        kafka.close();
        keepers.forEach(TopicKeeper::close);
    }

    @Test
    @Requirement({"EV-1", "EV-2"})
    void topics_are_created_for_every_organisation_and_for_those_that_come_later() {
        TopicKeeper keeper = keeper(null, 1, false);
        assertThat(keeper.check()).isTrue();
        seen(names -> assertThat(names).contains("callisto.outbox.position", "POM.Default.JOB", "POM.Default.ATTEMPT"));

        addOrganisation(12);
        assertThat(keeper.check()).isTrue();

        seen(names -> assertThat(names).contains("POM.12.JOB", "POM.12.ATTEMPT"));
        TopicPlan.Found found = found("POM.12.JOB");
        assertThat(found.partitions()).isEqualTo(1);
        assertThat(found.config()).containsEntry("retention.ms", "604800000");
        assertThat(found("callisto.outbox.position").config()).containsEntry("cleanup.policy", "compact");
    }

    @Test
    void nothing_is_created_before_the_wanted_number_of_brokers_is_there() {
        TopicKeeper keeper = keeper(2, 1, false);

        assertThat(keeper.check()).isFalse();
        assertThat(keeper.check()).isFalse();

        assertThat(kafka.names()).isEmpty();
    }

    @Test
    void an_existing_topic_with_other_settings_is_left_as_it_is() {
        KAFKA.createTopic("POM.Default.JOB", 3, Map.of("retention.ms", "1000"));

        assertThat(keeper(null, 1, false).check()).isTrue();

        TopicPlan.Found found = found("POM.Default.JOB");
        assertThat(found.partitions()).isEqualTo(3);
        assertThat(found.config()).containsEntry("retention.ms", "1000");
    }

    @Test
    void the_position_topic_grows_with_the_shards() {
        assertThat(keeper(null, 1, false).check()).isTrue();
        assertThat(keeper(null, 4, false).check()).isTrue();

        assertThat(found("callisto.outbox.position").partitions()).isEqualTo(4);
    }

    @Test
    void topics_of_a_deleted_organisation_stay_unless_their_removal_is_wanted() {
        addOrganisation(13);
        TopicKeeper keeping = keeper(null, 1, false);
        TopicKeeper removing = keeper(null, 1, true);
        keeping.check();
        removing.check();
        new JdbcOutboxStore().write(jdbc, List.of(TestEvents.event(EventType.JOB, 13, "1", 1)));
        jdbc.sql("delete from organisation where organisation_id = 13").update();

        keeping.check();
        removing.check();
        seen(names -> assertThat(names).as("an event still waits").contains("POM.13.JOB", "POM.13.ATTEMPT"));

        jdbc.sql("truncate event_outbox").update();
        keeping.check();
        seen(names -> assertThat(names).contains("POM.13.JOB", "POM.13.ATTEMPT"));
        removing.check();
        seen(names -> assertThat(names).contains("POM.Default.JOB").doesNotContain("POM.13.JOB", "POM.13.ATTEMPT"));
    }

    @Test
    void without_kafka_it_says_no_and_does_not_fail() {
        TopicSettings settings = new TopicSettings(1, Duration.ofDays(7), null, 1, TopicNaming.POM_4, false);
        KafkaAddress nowhere = new KafkaAddress("127.0.0.1:1");
        try (TopicKeeper keeper = new TopicKeeper(
                new JdbcOrganisationStore(DB.dataSource()), new KafkaTopics(nowhere), nowhere, settings, () -> 0L)) {
            assertThat(keeper.check()).isFalse();
        }
    }

    private TopicKeeper keeper(@Nullable Integer replicas, int shards, boolean remove) {
        TopicSettings settings = new TopicSettings(1, Duration.ofDays(7), replicas, shards, TopicNaming.POM_4, remove);
        TopicKeeper keeper = new TopicKeeper(
                new JdbcOrganisationStore(DB.dataSource()),
                new KafkaTopics(KAFKA.address()),
                KAFKA.address(),
                settings,
                () -> 0L);
        keepers.add(keeper);
        return keeper;
    }

    /** A broker learns of new and deleted topics a little later. */
    private void seen(Consumer<Set<String>> condition) {
        await().atMost(LIMIT).untilAsserted(() -> condition.accept(kafka.names()));
    }

    private TopicPlan.Found found(String topic) {
        return Objects.requireNonNull(kafka.describe(Set.of(topic)).get(topic));
    }

    private void addOrganisation(int id) {
        jdbc.sql("insert into organisation (organisation_id, name) values (:id, :name)")
                .param("id", id)
                .param("name", "organisation " + id)
                .update();
    }
}
