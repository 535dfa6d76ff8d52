package io.callisto.event.contract.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.event.contract.EventHeaders;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventSchema;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.JobEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventValidatorTest {
    private static final String TOPIC = "POM.Default.JOB";

    private final EventJson json = new EventJson();
    private final EventValidator validator = new EventValidator();

    @Test
    void a_job_from_its_first_event_is_in_order_in_the_topics_of_both_names() {
        for (String topic : List.of(TOPIC, "Default_POM_JOB")) {
            for (int seq = 1; seq <= 3; seq++) {
                assertThat(validator.check(entry(topic, job(seq)))).isEmpty();
            }
        }
    }

    @Test
    void a_gap_and_a_repeat_are_found() {
        assertThat(validator.check(entry(TOPIC, job(2))))
                .singleElement()
                .asString()
                .endsWith("event 2 of 17 follows event 0");
        assertThat(validator.check(entry(TOPIC, job(3)))).isEmpty();
        assertThat(validator.check(entry(TOPIC, job(3))))
                .hasSize(2)
                .anyMatch(problem -> problem.endsWith("is in the topic twice"))
                .anyMatch(problem -> problem.endsWith("event 3 of 17 follows event 3"));
    }

    @Test
    void what_was_checked_before_is_followed_without_a_gap() {
        validator.skip(entry(TOPIC, job(1)));
        validator.skip(entry(TOPIC, job(2)));

        assertThat(validator.check(entry(TOPIC, job(3)))).isEmpty();
        assertThat(validator.check(entry(TOPIC, job(5)))).hasSize(1);
    }

    @Test
    void every_header_and_the_key_are_looked_at() {
        LogEntry good = entry(TOPIC, job(1));
        for (String header : good.headers().keySet()) {
            Map<String, String> without = new HashMap<>(good.headers());
            without.remove(header);
            assertThat(new EventValidator().check(new LogEntry(TOPIC, good.key(), good.value(), without)))
                    .as("without " + header)
                    .hasSize(1);
            Map<String, String> other = new HashMap<>(good.headers());
            other.put(header, "x");
            assertThat(new EventValidator().check(new LogEntry(TOPIC, good.key(), good.value(), other)))
                    .as("with another " + header)
                    .hasSize(1);
        }
        assertThat(check("18", good.value(), TOPIC)).singleElement().asString().contains("the key is 18, not 17");
        assertThat(check(null, good.value(), TOPIC)).hasSize(1);
        assertThat(check("17", good.value(), "POM.1.JOB"))
                .singleElement()
                .asString()
                .contains("does not belong there");
        assertThat(check("17", good.value(), "POM.Default.ATTEMPT")).hasSize(1);
    }

    @Test
    void a_value_that_is_not_the_contract_is_found() {
        String value = json.write(job(1));

        assertThat(check("17", null, TOPIC)).singleElement().asString().contains("no value");
        assertThat(check("17", "hello", TOPIC)).anyMatch(problem -> problem.contains("no JSON"));
        assertThat(check("17", value.replace("\"QUEUED\"", "\"LOST\""), TOPIC))
                .anyMatch(problem -> problem.contains("/newState breaks enum"));
        assertThat(check("17", value.replace("{", "{\"extra\":1,"), TOPIC))
                .anyMatch(problem -> problem.contains("not what this version writes"));
        assertThat(check("17", value.replace("\"seq\"", "\"number\""), TOPIC)).isNotEmpty();
    }

    @Test
    void a_word_that_is_not_documented_is_found_though_readers_bear_it() {
        String agent = "{\"channel\":\"TELEPATHY\"}";

        assertThat(validator.schemaProblems(EventType.ATTEMPT, agent))
                .anyMatch(problem -> problem.contains("field channel says 'TELEPATHY'"));
    }

    private List<String> check(@Nullable String key, @Nullable String value, String topic) {
        return new EventValidator().check(new LogEntry(topic, key, value, headers(job(1))));
    }

    private LogEntry entry(String topic, JobEvent event) {
        return new LogEntry(topic, event.key(), json.write(event), headers(event));
    }

    private static Map<String, String> headers(JobEvent event) {
        Map<String, String> headers = new HashMap<>();
        headers.put(EventHeaders.SPEC_VERSION, "1.0");
        headers.put(EventHeaders.ID, event.eventId().toString());
        headers.put(EventHeaders.TYPE, "io.callisto.event.JOB");
        headers.put(EventHeaders.SOURCE, "/callisto/organisations/0");
        headers.put(EventHeaders.SUBJECT, "17");
        headers.put(EventHeaders.TIME, event.at().toString());
        headers.put(EventHeaders.CONTENT_TYPE, "application/json");
        headers.put(EventHeaders.DATA_SCHEMA, EventSchema.uri(EventType.JOB));
        headers.put(EventHeaders.SEQ, Integer.toString(event.seq()));
        headers.put(EventHeaders.EPOCH, Long.toString(event.epoch()));
        return headers;
    }

    private static JobEvent job(int seq) {
        return new JobEvent(
                new UUID(7, seq),
                seq,
                Instant.parse("2026-11-22T10:15:30.123456Z"),
                0,
                17,
                5,
                "Spring",
                "FINITE",
                null,
                "QUEUED",
                null,
                9);
    }
}
