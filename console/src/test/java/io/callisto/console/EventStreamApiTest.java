package io.callisto.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The event stream's state and alarms, its producers' settings, and organisations that go. */
final class EventStreamApiTest {
    @RegisterExtension
    static final ConsoleExtension CONSOLE =
            new ConsoleExtension(1, Map.of("management.endpoint.health.show-details", "always"));

    private static final String SETTINGS = "/api/v1/settings/kafka-producer";

    private final Rest root = CONSOLE.as("root");

    @BeforeEach
    void quiet() {
        run("update event_backlog set outbox_rows = 3, oldest_seconds = 0.2, late_since = null, full_since = null,"
                + " measured_at = now()");
        run("truncate event_topic_report, event_outbox_quarantine");
    }

    private static void run(String sql) {
        CONSOLE.jdbc().sql(sql).update();
    }

    private JsonNode read(String path) {
        Rest.Answer answer = root.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    @Test
    @Requirement("EV-5")
    void alarms_of_the_stream_are_shown_and_make_the_health_degraded_but_not_down() {
        JsonNode fine = read("/api/v1/events");
        assertThat(fine.path("state").asString()).isEqualTo("RUNNING");
        assertThat(fine.path("outbox").path("rows").asLong()).isEqualTo(3);
        assertThat(health().path("status").asString()).isEqualTo("UP");

        run("update event_backlog set oldest_seconds = 12.5, late_since = now() - interval '2 seconds'");
        JsonNode late = read("/api/v1/events");
        assertThat(late.path("state").asString()).isEqualTo("DEGRADED");
        assertThat(late.path("outbox").path("lateAlarm").asBoolean()).isTrue();
        assertThat(late.path("outbox").path("lateSince").asString()).isNotEmpty();
        assertThat(health().path("status").asString()).isEqualTo("DEGRADED");
        assertThat(root.get("/actuator/health").status()).isEqualTo(200);

        run("update event_backlog set late_since = null, measured_at = now() - interval '1 minute'");
        JsonNode unknown = read("/api/v1/events");
        assertThat(unknown.path("state").asString()).as("nobody looks").isEqualTo("DEGRADED");
        assertThat(unknown.path("outbox").path("measured").asBoolean()).isFalse();
    }

    private JsonNode health() {
        return root.get("/actuator/health").json().path("components").path("eventStream");
    }

    @Test
    @Requirement({"EV-10", "EV-14"})
    void problems_of_topics_are_shown() {
        run("insert into event_topic_report (subject, problem) values ('POM.Default.JOB', 'it has partitions=3 and"
                + " should have partitions=1')");
        JsonNode state = read("/api/v1/events");
        assertThat(state.path("state").asString()).isEqualTo("DEGRADED");
        assertThat(state.path("topicProblems").get(0).path("subject").asString())
                .isEqualTo("POM.Default.JOB");
        assertThat(state.path("topicProblems").get(0).path("problem").asString())
                .contains("partitions=3");
    }

    @Test
    @Requirement("EV-5")
    void while_the_outbox_is_full_no_job_is_started_and_running_ones_say_why_they_stand_still() {
        int campaign = Samples.campaign(root, "Held back");
        long running = Samples.job(root, "Runs already");
        run("update job set state = 'RUNNING' where job_id = " + running);
        run("update event_backlog set full_since = now()");

        Rest.Answer refused = root.post("/api/v1/campaigns/" + campaign + "/jobs");

        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        assertThat(refused.problem()).isEqualTo("event-backlog");
        assertThat(read("/api/v1/jobs/" + running).path("stateReason").asString())
                .isEqualTo("EVENT_BACKLOG");
        run("update event_backlog set full_since = null");
        assertThat(root.post("/api/v1/campaigns/" + campaign + "/jobs").status())
                .isLessThan(300);
        assertThat(read("/api/v1/jobs/" + running).path("stateReason").isNull()).isTrue();
    }

    @Test
    @Requirement("EV-4")
    void producer_settings_are_shown_with_what_becomes_of_them() {
        JsonNode settings = read(SETTINGS);
        assertThat(settings.path("activeProfile").asString()).isEqualTo("safe-fast");
        assertThat(settings.path("profiles")
                        .path("pom")
                        .path("request.timeout.ms")
                        .asString())
                .isEqualTo("120000");
        assertThat(settings.path("effective").path("compression.type").asString())
                .isEqualTo("zstd");
        assertThat(settings.path("effective").path("transaction.timeout.ms").asString())
                .isEqualTo("5000");
        assertThat(settings.path("overridden")).isEmpty();
        assertThat(settings.path("problems")).isEmpty();
    }

    @Test
    @Requirement("EV-4")
    void producer_settings_are_replaced_audited_and_what_is_unsafe_is_overridden() {
        String wanted = "{\"activeProfile\":\"mine\",\"profiles\":{\"mine\":{\"acks\":\"1\",\"linger.ms\":\"9\"},"
                + "\"safe-fast\":{\"acks\":\"all\"}}}";
        try {
            Rest.Answer answer = root.put(SETTINGS, wanted);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            JsonNode now = read(SETTINGS);
            assertThat(answer.json()).isEqualTo(now);
            assertThat(now.path("activeProfile").asString()).isEqualTo("mine");
            assertThat(now.path("profiles").has("pom")).isFalse();
            assertThat(now.path("effective").path("acks").asString()).isEqualTo("all");
            assertThat(now.path("effective").path("linger.ms").asString()).isEqualTo("9");
            assertThat(now.path("overridden").get(0).path("name").asString()).isEqualTo("acks");
            assertThat(now.path("overridden").get(0).path("used").asString()).isEqualTo("all");
            assertThat(now.path("overridden").get(0).path("reason").asString()).contains("lose");
            JsonNode entry = read("/api/v1/audit").path("items").get(0);
            assertThat(entry.path("action").asString()).isEqualTo("kafka-producer.change");
            assertThat(entry.path("detail").path("before").path("activeProfile").asString())
                    .isEqualTo("safe-fast");
        } finally {
            restore();
        }
    }

    private void restore() {
        run("delete from pim_kafka_producer_config");
        run("insert into pim_kafka_producer_config (profile, name, value) values ('safe-fast', 'compression.type',"
                + " 'zstd'), ('pom', 'request.timeout.ms', '120000')");
        run("update pim_config set value = 'safe-fast' where name = 'KafkaProducerProfile'");
    }

    @Test
    @Requirement("EV-4")
    void settings_that_kafka_does_not_take_are_refused_whole_and_by_name() {
        Rest.Answer answer = root.put(
                SETTINGS,
                "{\"activeProfile\":\"other\",\"profiles\":{\"mine\":{\"linger.sm\":\"1\",\"retries\":\"many\","
                        + "\"bootstrap.servers\":\"x:1\",\"sasl.jaas.config\":\"x\"}}}");

        assertThat(answer.problem()).isEqualTo("invalid-request");
        assertThat(answer.fields())
                .containsExactly(
                        "activeProfile",
                        "profiles.mine.bootstrap.servers",
                        "profiles.mine.linger.sm",
                        "profiles.mine.retries",
                        "profiles.mine.sasl.jaas.config");
        assertThat(read(SETTINGS).path("activeProfile").asString()).isEqualTo("safe-fast");
        assertThat(root.put(SETTINGS, "{\"activeProfile\":\"a\",\"profiles\":{\"A b\":{\"acks\":\"all\"}}}")
                        .problem())
                .isEqualTo("invalid-request");
        assertThat(root.put(SETTINGS, "{\"activeProfile\":\"a\",\"profiles\":{\"a\":null}}")
                        .problem())
                .isEqualTo("invalid-request");
        assertThat(root.put(SETTINGS, "{}").problem()).isEqualTo("invalid-request");
    }

    @Test
    @Requirement("EV-4")
    void what_came_by_sql_and_is_of_no_use_is_shown() {
        run("insert into pim_kafka_producer_config (profile, name, value) values ('safe-fast', 'no.such', '1')");
        try {
            JsonNode problems = read(SETTINGS).path("problems");
            assertThat(problems).hasSize(1);
            assertThat(problems.get(0).path("field").asString()).isEqualTo("profiles.safe-fast.no.such");
        } finally {
            run("delete from pim_kafka_producer_config where name = 'no.such'");
        }
    }

    @Test
    @Requirement("AD-7")
    void it_is_for_those_who_see_all_organisations() {
        assertThat(CONSOLE.as("audrey").get("/api/v1/events").status()).isEqualTo(200);
        assertThat(CONSOLE.as("nora").get("/api/v1/events").problem()).isEqualTo("forbidden");
        assertThat(CONSOLE.as("nora").get(SETTINGS).problem()).isEqualTo("forbidden");
        assertThat(CONSOLE.as("sue").put(SETTINGS, "{}").problem()).isEqualTo("forbidden");
        assertThat(CONSOLE.as("sue").delete("/api/v1/organisations/1").problem())
                .isEqualTo("forbidden");
    }

    @Test
    @Requirement("EV-1")
    void an_organisation_is_deleted_when_nothing_is_left_of_it_and_else_says_what_is() {
        int id = root.post("/api/v1/organisations", "{\"name\":\"Short-lived\"}")
                .json()
                .path("organisationId")
                .asInt();
        assertThat(root.delete("/api/v1/organisations/" + id).status()).isEqualTo(204);
        assertThat(root.delete("/api/v1/organisations/" + id).problem()).isEqualTo("not-found");
        assertThat(CONSOLE.jdbc()
                        .sql("select count(*) from organisation_removed where organisation_id = " + id)
                        .query(Integer.class)
                        .single())
                .as("for the keeper of the topics")
                .isEqualTo(1);

        Rest.Answer used = root.delete("/api/v1/organisations/1");
        assertThat(used.problem()).isEqualTo("conflict");
        assertThat(used.json().path("detail").asString()).contains("users");
        assertThat(root.delete("/api/v1/organisations/0").problem()).isEqualTo("conflict");
        assertThat(root.get("/api/v1/audit?target=organisation/" + id)
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(2);
    }
}
