package io.callisto.event.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.domain.Requirement;
import io.callisto.event.contract.validation.EventValidator;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventContractTest {
    private final EventJson json = new EventJson();
    private final JsonMapper tree = JsonMapper.builder().build();
    private final EventValidator validator = new EventValidator();

    @ParameterizedTest
    @EnumSource(EventType.class)
    @Requirement("EV-13")
    void every_field_is_described_in_the_schema(EventType type) {
        JsonNode schema = tree.readTree(EventSchema.text(type));

        assertThat(schema.path("$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("$id").asString()).isEqualTo(EventSchema.uri(type));
        assertThat(schema.path("title").asString()).isEqualTo(type + " event, version " + EventSchema.version(type));
        assertDescribed(schema, type.record());
    }

    /** A field that its record may leave out is optional in the schema, and no other. */
    private static void assertDescribed(JsonNode schema, Class<?> record) {
        JsonNode properties = schema.path("properties");
        Set<String> required =
                schema.path("required").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
        assertThat(properties.propertyNames())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(record.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
        for (RecordComponent component : record.getRecordComponents()) {
            JsonNode field = properties.path(component.getName());
            assertThat(field.path("description").asString(""))
                    .as(component.getName())
                    .hasSizeGreaterThan(8)
                    .endsWith(".");
            assertThat(required.contains(component.getName()))
                    .as(component.getName() + " is required")
                    .isEqualTo(!component.getAnnotatedType().isAnnotationPresent(Nullable.class));
            if (component.getType().isRecord()) {
                assertDescribed(field, component.getType());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void events_as_written_are_valid(EventType type) {
        assertThat(errors(Samples.full(type))).isEmpty();
        assertThat(errors(Samples.least(type))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESERVED", "DIALING", "RINGING", "ANSWERED", "COMPLETED"})
    void attempt_events_of_all_phases_are_valid(String phase) {
        assertThat(errors(Samples.attempt(phase))).isEmpty();
    }

    @Test
    void the_schema_refuses_what_is_not_the_contract() {
        String attempt = json.write(Samples.attempt("COMPLETED"));
        String statistics = json.write(Samples.full(EventType.JOBSTATISTICS));

        assertRefused(EventType.ATTEMPT, attempt, "\"Ring_No_Answer\"", "null");
        assertRefused(EventType.ATTEMPT, attempt, "\"COMPLETED\"", "\"RINGING\"");
        assertRefused(EventType.ATTEMPT, attempt, "\"phase\"", "\"fase\"");
        assertRefused(EventType.ATTEMPT, attempt, "31.500000Z", "31.5Z");
        assertRefused(EventType.ATTEMPT, attempt, "\"VOICE\"", "\"voice\"");
        assertRefused(EventType.JOBSTATISTICS, statistics, "\"inAttempt\":120", "\"inAttempt\":-1");
        assertRefused(EventType.JOBSTATISTICS, statistics, "\"hitPercent\":66.67", "\"hitPercent\":166.67");
        assertRefused(EventType.JOBSTATISTICS, statistics, "\"waiting\"", "\"pending\"");
    }

    private void assertRefused(EventType type, String value, String part, String other) {
        assertThat(validator.schemaProblems(type, value)).isEmpty();
        assertThat(value).contains(part);
        assertThat(validator.schemaProblems(type, value.replace(part, other)))
                .as("%s instead of %s", other, part)
                .isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void the_bytes_of_an_event_do_not_drift(EventType type) throws IOException {
        assertThat(json.write(Samples.full(type))).isEqualTo(golden(type, ""));
        assertThat(json.write(Samples.least(type))).isEqualTo(golden(type, "-least"));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void what_is_written_is_read_back(EventType type) {
        for (CallistoEvent event : List.of(Samples.full(type), Samples.least(type))) {
            assertThat(json.read(type, json.write(event))).isEqualTo(event);
            assertThat(EventType.of(event.getClass())).isEqualTo(type).isEqualTo(event.eventType());
        }
    }

    @Test
    void an_event_without_a_required_field_is_not_read() {
        String broken = json.write(Samples.attempt("DIALING")).replace("\"attemptId\"", "\"other\"");

        assertThatThrownBy(() -> json.read(AttemptEvent.class, broken)).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> json.read(JobEvent.class, "no json")).isInstanceOf(JacksonException.class);
    }

    @Test
    void one_event_is_one_text_however_its_map_was_made() {
        AgentStatisticsEvent event = (AgentStatisticsEvent) Samples.full(EventType.AGENTSTATISTICS);

        assertThat(List.copyOf(event.dispositions().keySet())).containsExactly("Answer_Human", "Sold");
        assertThat(json.write(event)).contains("{\"Answer_Human\":4,\"Sold\":3}");
    }

    @Test
    void text_order_of_times_is_time_order() {
        List<String> times =
                List.of("2026-11-22T10:15:30Z", "2026-11-22T10:15:30.000001Z", "2026-11-22T10:15:30.1Z").stream()
                        .map(Instant::parse)
                        .map(EventContractTest::at)
                        .map(event -> tree.readTree(json.write(event)).get("at").asString())
                        .toList();

        assertThat(times).isSorted().doesNotHaveDuplicates();
    }

    @Test
    @Requirement("EV-1")
    void topics_carry_the_names_of_pom() {
        assertThat(TopicNaming.POM_4.topic(EventType.JOB, 0)).isEqualTo("POM.Default.JOB");
        assertThat(TopicNaming.POM_4.topic(EventType.ATTEMPT, 1)).isEqualTo("POM.1.ATTEMPT");
        assertThat(Arrays.stream(EventType.values()).map(type -> TopicNaming.POM_3.topic(type, 0)))
                .containsExactly(
                        "Default_POM_JOB",
                        "Default_POM_JOB_STATISTICS",
                        "Default_POM_AGENT",
                        "Default_POM_AGENT_STATISTICS",
                        "Default_POM_ATTEMPT",
                        "Default_POM_ENRICHED_ATTEMPT_RESULT");
    }

    @ParameterizedTest
    @EnumSource(TopicNaming.class)
    void a_topic_tells_its_numbered_organisation(TopicNaming naming) {
        assertThat(naming.numberedOrganisation(naming.topic(EventType.ATTEMPT, 17)))
                .hasValue(17);
        assertThat(naming.numberedOrganisation(naming.topic(EventType.AGENTSTATISTICS, 999_999_999)))
                .hasValue(999_999_999);
        assertThat(naming.numberedOrganisation(naming.topic(EventType.JOB, 0))).isEmpty();
        for (String foreign : List.of("POM.7.ORDERS", "POM.07.JOB", "7_POM_ORDERS", "orders", "")) {
            assertThat(naming.numberedOrganisation(foreign)).as(foreign).isEmpty();
        }
    }

    @Test
    @Requirement("EV-2")
    void events_are_keyed_by_what_they_are_about() {
        Map<EventType, String> keys = Map.of(
                EventType.JOB, "17",
                EventType.JOBSTATISTICS, "17",
                EventType.AGENT, "a-7",
                EventType.AGENTSTATISTICS, "a-7",
                EventType.ATTEMPT, "1000001",
                EventType.ENRICHEDATTEMPTRESULT, "1000001");

        keys.forEach((type, key) -> assertThat(Samples.full(type).key()).isEqualTo(key));
    }

    private static JobEvent at(Instant at) {
        JobEvent job = Samples.job();
        return new JobEvent(
                job.eventId(), 1, at, 0, job.jobId(), job.campaignId(), "x", "FINITE", null, "QUEUED", null, 0);
    }

    private List<String> errors(CallistoEvent event) {
        return validator.schemaProblems(event.eventType(), json.write(event));
    }

    private static String golden(EventType type, String suffix) throws IOException {
        String name = "/golden/" + EventSchema.fileName(type).replace(".json", suffix + ".json");
        try (InputStream in = EventContractTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8).stripTrailing();
        }
    }
}
