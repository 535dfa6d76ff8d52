package io.callisto.event.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

    @Test
    void every_field_of_a_job_event_is_described_in_its_schema() {
        assertDescribed(EventType.JOB, JobEvent.class);
    }

    @Test
    void every_field_of_an_attempt_event_is_described_in_its_schema() {
        assertDescribed(EventType.ATTEMPT, AttemptEvent.class);
    }

    @Test
    void job_events_as_written_are_valid() {
        assertThat(errors(EventType.JOB, json.write(Samples.job()))).isEmpty();
        assertThat(errors(EventType.JOB, json.write(Samples.firstOfJob()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESERVED", "DIALING", "RINGING", "ANSWERED", "COMPLETED"})
    void attempt_events_as_written_are_valid(String phase) {
        assertThat(errors(EventType.ATTEMPT, json.write(Samples.attempt(phase))))
                .isEmpty();
    }

    @Test
    void the_schema_refuses_what_is_not_the_contract() {
        String attempt = json.write(Samples.attempt("COMPLETED"));

        assertThat(errors(EventType.ATTEMPT, attempt.replace("\"Ring_No_Answer\"", "null")))
                .isNotEmpty();
        assertThat(errors(EventType.ATTEMPT, attempt.replace("\"COMPLETED\"", "\"RINGING\"")))
                .isNotEmpty();
        assertThat(errors(EventType.ATTEMPT, attempt.replace("\"phase\"", "\"fase\"")))
                .isNotEmpty();
        assertThat(errors(EventType.ATTEMPT, attempt.replace("31.500000Z", "31.5Z")))
                .isNotEmpty();
    }

    @Test
    void the_bytes_of_an_event_do_not_drift() throws IOException {
        assertThat(json.write(Samples.job())).isEqualTo(golden("job-1.json"));
        assertThat(json.write(Samples.firstOfJob())).isEqualTo(golden("job-1-first.json"));
        assertThat(json.write(Samples.attempt("COMPLETED"))).isEqualTo(golden("attempt-1.json"));
    }

    @Test
    void what_is_written_is_read_back() {
        assertThat(json.read(JobEvent.class, json.write(Samples.job()))).isEqualTo(Samples.job());
        assertThat(json.read(JobEvent.class, json.write(Samples.firstOfJob()))).isEqualTo(Samples.firstOfJob());
        assertThat(json.read(AttemptEvent.class, json.write(Samples.attempt("DIALING"))))
                .isEqualTo(Samples.attempt("DIALING"));
    }

    @Test
    void fields_of_a_later_version_are_ignored() {
        String later = json.write(Samples.job()).replaceFirst("\\{", "{\"later\":{\"a\":[1,2]},");

        assertThat(json.read(JobEvent.class, later)).isEqualTo(Samples.job());
        assertThat(errors(EventType.JOB, later)).isEmpty();
    }

    @Test
    void an_event_without_a_required_field_is_not_read() {
        String broken = json.write(Samples.attempt("DIALING")).replace("\"attemptId\"", "\"other\"");

        assertThatThrownBy(() -> json.read(AttemptEvent.class, broken)).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> json.read(JobEvent.class, "no json")).isInstanceOf(JacksonException.class);
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

    private static JobEvent at(Instant at) {
        JobEvent job = Samples.job();
        return new JobEvent(
                job.eventId(), 1, at, 0, job.jobId(), job.campaignId(), "x", "FINITE", null, "QUEUED", null, 0);
    }

    private void assertDescribed(EventType type, Class<? extends Record> event) {
        JsonNode schema = tree.readTree(EventSchema.text(type).orElseThrow());
        JsonNode properties = schema.get("properties");
        Set<String> fields = Arrays.stream(event.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());

        assertThat(schema.get("$id").asString()).isEqualTo(EventSchema.uri(type).orElseThrow());
        assertThat(properties.propertyNames()).containsExactlyInAnyOrderElementsOf(fields);
        assertThat(properties.values())
                .allSatisfy(field ->
                        assertThat(field.path("description").asString("")).hasSizeGreaterThan(10));
    }

    private static List<Error> errors(EventType type, String text) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(EventSchema.text(type).orElseThrow());
        return schema.validate(
                text,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = EventContractTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(in).as("golden file " + name).isNotNull();
            return new String(in.readAllBytes(), UTF_8).stripTrailing();
        }
    }
}
