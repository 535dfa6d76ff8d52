package io.callisto.server.cli.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.event.contract.AttemptEvent;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.JobEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An event as a line. */
class EventLinesTest {
    private static final JobEvent JOB = new JobEvent(
            new UUID(1, 1),
            2,
            Instant.parse("2026-11-22T10:15:30.123456Z"),
            7,
            17,
            5,
            "Spring \"offer\"\n2",
            "FINITE",
            "QUEUED",
            "RUNNING",
            null,
            1);
    private static final AttemptEvent ATTEMPT = new AttemptEvent(
            new UUID(1, 2),
            1,
            Instant.parse("2026-11-22T10:15:31Z"),
            7,
            2,
            new UUID(3, 3),
            17,
            5,
            1001,
            "C-1",
            9,
            1,
            "+4930901820",
            "phoneNumber1",
            "VOICE",
            "RINGING",
            null,
            "g1",
            1);

    private static EventLines lines(boolean json, Map<String, String> filters) {
        return new EventLines(json, List.of(EventType.JOB, EventType.ATTEMPT), false, filters);
    }

    @Test
    @Requirement("EV-13")
    void columns_stand_below_one_another() {
        EventLines lines = lines(false, Map.of());
        String job = lines.line(JOB).orElseThrow();
        String attempt = lines.line(ATTEMPT).orElseThrow();
        assertThat(job).startsWith("2026-11-22 10:15:30.123  JOB      RUNNING           jobId=17");
        assertThat(attempt).startsWith("2026-11-22 10:15:31.000  ATTEMPT  RINGING           attemptId=");
        assertThat(job).contains("campaignName=\"Spring \\\"offer\\\" 2\"").doesNotContain("\n");
    }

    @Test
    void a_number_called_shows_its_last_digits_only() {
        assertThat(lines(false, Map.of()).line(ATTEMPT).orElseThrow())
                .contains("address=*******1820")
                .doesNotContain("+4930901820");
    }

    @Test
    void as_json_a_line_is_the_event_as_it_is_in_the_log_and_its_type() {
        JsonNode read =
                new JsonMapper().readTree(lines(true, Map.of()).line(JOB).orElseThrow());
        assertThat(read.path("type").stringValue()).isEqualTo("FINITE");
        assertThat(read.path("eventType").stringValue()).isEqualTo("JOB");
        assertThat(new EventJson().read(JobEvent.class, read.toString())).isEqualTo(JOB);
    }

    @Test
    void filters_must_all_hold() {
        assertThat(lines(false, Map.of("jobId", "17", "phase", "RINGING")).line(ATTEMPT))
                .isPresent();
        assertThat(lines(false, Map.of("jobId", "17", "phase", "DIALING")).line(ATTEMPT))
                .isEmpty();
        assertThat(lines(false, Map.of("phase", "RINGING")).line(JOB)).isEmpty();
    }
}
