package io.callisto.events.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.event.contract.EventType;
import io.callisto.outbox.JdbcOutboxStore;
import io.callisto.outbox.kafka.KafkaAddress;
import io.callisto.outbox.kafka.TestKafka;
import io.callisto.outbox.relay.TestEvents;
import io.callisto.outbox.relay.TopicNames;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
    private static final TopicShape GENERAL = new TopicShape(1, Duration.ofDays(7), null, null);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long now;

    private final KafkaTopics kafka = new KafkaTopics(KAFKA.address());
    private final List<TopicKeeper> keepers = new ArrayList<>();

    @BeforeEach
    void empty() throws Exception {
        jdbc.sql("truncate event_outbox").update();
        jdbc.sql("delete from organisation where organisation_id > 0").update();
        jdbc.sql("truncate organisation_removed, event_topic_report").update();
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

        seen(names -> assertThat(names)
                .contains(
                        "POM.12.JOB",
                        "POM.12.JOBSTATISTICS",
                        "POM.12.AGENT",
                        "POM.12.AGENTSTATISTICS",
                        "POM.12.ATTEMPT",
                        "POM.12.ENRICHEDATTEMPTRESULT"));
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
        assertThat(reported("POM.Default.JOB")).contains("1 broker is there", "2 replicas", "start more brokers");
        assertThat(meters.get("callisto.events.topics.problems").gauge().value())
                .isEqualTo(7);
    }

    @Test
    void an_existing_topic_with_other_settings_is_left_as_it_is() {
        KAFKA.createTopic("POM.Default.JOB", 3, Map.of("retention.ms", "1000"));

        assertThat(keeper(null, 1, false).check()).isTrue();

        TopicPlan.Found found = found("POM.Default.JOB");
        assertThat(found.partitions()).isEqualTo(3);
        assertThat(found.config()).containsEntry("retention.ms", "1000");
        assertThat(reported("POM.Default.JOB"))
                .isEqualTo("it has partitions=3, retention.ms=1000 and should have partitions=1,"
                        + " retention.ms=604800000");
        assertThat(meters.get("callisto.events.topics.problems").gauge().value())
                .isEqualTo(1);
    }

    @Test
    @Requirement("EV-10")
    void retention_is_corrected_where_that_is_wanted_and_nothing_else() {
        KAFKA.createTopic("POM.Default.JOB", 3, Map.of("retention.ms", "1000"));
        TopicSettings correcting = new TopicSettings(GENERAL, Map.of(), 1, TopicNames.POM_4, false, true);

        assertThat(keeper(correcting).check()).isTrue();

        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(found("POM.Default.JOB").config()).containsEntry("retention.ms", "604800000"));
        assertThat(found("POM.Default.JOB").partitions()).isEqualTo(3);
        assertThat(reported("POM.Default.JOB")).isEqualTo("it has partitions=3 and should have partitions=1");
    }

    @Test
    void a_topic_that_somebody_deleted_by_hand_comes_back_within_a_minute() throws Exception {
        TopicKeeper keeper = keeper(null, 1, false);
        keeper.check();
        seen(names -> assertThat(names).contains("POM.Default.AGENT"));
        try (Admin admin = KAFKA.admin()) {
            admin.deleteTopics(List.of("POM.Default.AGENT")).all().get();
        }
        seen(names -> assertThat(names).doesNotContain("POM.Default.AGENT"));
        assertThat(keeper.check()).isTrue();
        assertThat(kafka.names()).doesNotContain("POM.Default.AGENT");

        now += Duration.ofSeconds(60).toNanos();
        assertThat(keeper.check()).isTrue();

        seen(names -> assertThat(names).contains("POM.Default.AGENT"));
    }

    @Test
    @Requirement("EV-1")
    void under_both_names_there_are_both_topics_and_both_go_with_the_organisation() {
        addOrganisation(14);
        TopicKeeper keeper = keeper(new TopicSettings(GENERAL, Map.of(), 1, TopicNames.BOTH, true, false));
        keeper.check();
        seen(names -> assertThat(names).hasSize(1 + 2 * 12).contains("POM.14.JOB", "14_POM_JOB"));

        jdbc.sql("delete from organisation where organisation_id = 14").update();
        keeper.check();

        seen(names -> assertThat(names)
                .hasSize(1 + 12)
                .noneMatch(name -> name.contains("14"))
                .contains("Default_POM_JOB"));
    }

    /** A keeper that was pointed to an empty database must not clean up after all organisations of another one. */
    @Test
    void topics_of_organisations_that_were_never_deleted_here_stay() {
        KAFKA.createTopic("POM.77.JOB", 1, Map.of());

        keeper(null, 1, true).check();

        assertThat(kafka.names()).contains("POM.77.JOB");
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
        TopicSettings settings = new TopicSettings(GENERAL, Map.of(), 1, TopicNames.POM_4, false, false);
        KafkaAddress nowhere = new KafkaAddress("127.0.0.1:1");
        JdbcOrganisationStore store = new JdbcOrganisationStore(DB.dataSource());
        try (TopicKeeper keeper = new TopicKeeper(
                store, new KafkaTopics(nowhere), nowhere, settings, new TopicReport(store, meters), () -> 0L)) {
            assertThat(keeper.check()).isFalse();
            assertThat(reported("cluster")).contains("127.0.0.1:1");
        }
    }

    private TopicKeeper keeper(@Nullable Integer replicas, int shards, boolean remove) {
        TopicShape shape = new TopicShape(1, Duration.ofDays(7), replicas, null);
        return keeper(new TopicSettings(shape, Map.of(), shards, TopicNames.POM_4, remove, false));
    }

    private TopicKeeper keeper(TopicSettings settings) {
        JdbcOrganisationStore store = new JdbcOrganisationStore(DB.dataSource());
        TopicKeeper keeper = new TopicKeeper(
                store,
                new KafkaTopics(KAFKA.address()),
                KAFKA.address(),
                settings,
                new TopicReport(store, meters),
                () -> now);
        keepers.add(keeper);
        return keeper;
    }

    private String reported(String subject) {
        return jdbc.sql("select problem from event_topic_report where subject = :subject")
                .param("subject", subject)
                .query(String.class)
                .single();
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
