package io.callisto.benchmarks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.callisto.event.contract.EventType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventsReportTest {
    private static final long MILLI = 1_000_000;
    private static final EventsBenchPlan PLAN = new EventsBenchPlan(Path.of("/bench"), 300, 36, 3, 100_000);

    @Test
    void percentiles_are_times_that_were_seen_and_none_is_below_zero() {
        Latencies hundred = Latencies.of(LongStream.rangeClosed(1, 100).map(millis -> millis * MILLI));
        assertThat(hundred.millis(50)).isEqualTo(50);
        assertThat(hundred.millis(99)).isEqualTo(99);
        assertThat(hundred.millis(100)).isEqualTo(100);
        Latencies two = Latencies.of(LongStream.of(-5 * MILLI, 7 * MILLI));
        assertThat(two.millis(50)).isZero();
        assertThat(two.millis(99)).isEqualTo(7);
        assertThat(Latencies.of(LongStream.empty()).millis(99)).isZero();
    }

    @Test
    void a_rate_is_sustained_only_as_long_as_the_window() {
        Duration second = Duration.ofSeconds(1);
        // 10 events a second for 3 s, with a burst of 5 more in the second one.
        LongStream steady = LongStream.range(0, 30).map(n -> n * 100 * MILLI);
        LongStream burst = LongStream.range(0, 5).map(n -> 1_500 * MILLI + n);
        assertThat(Throughput.sustained(0, LongStream.concat(steady, burst), second))
                .isEqualTo(16, within(1.0));
        // All over sooner than the window: what the whole took, not a projection of its best moment.
        assertThat(Throughput.sustained(0, LongStream.range(0, 100).map(n -> 500 * MILLI), second))
                .isEqualTo(200);
        assertThat(Throughput.sustained(0, LongStream.empty(), second)).isZero();
        assertThat(Throughput.whole(0, LongStream.of(1_000 * MILLI, 2_000 * MILLI)))
                .isEqualTo(1);
    }

    @Test
    void bytes_count_all_replicas_and_jobs_weigh_what_they_do_in_an_hour() {
        // A hundredth of an hour with 10 attempts of 1,000 bytes; jobs write 2,000 bytes in a whole hour.
        EventsReport report = report(List.of(
                new TopicFigure(EventType.JOB, 4, 2_000, 1), new TopicFigure(EventType.ATTEMPT, 50, 10_000, 0.01)));
        assertThat(report.bytesPerAttempt()).isEqualTo((2_000 * 0.01 + 10_000) / 10);
        assertThat(report.topics().get(1).megabytesPerHour()).isEqualTo(1.0);
        assertThat(report.topics().get(1).bytesPerEvent()).isEqualTo(200);
        assertThat(new TopicFigure(EventType.AGENT, 0, 0, 1).bytesPerEvent()).isZero();
    }

    @Test
    void the_table_shows_each_topic_beside_poms() {
        String text = report(List.of(new TopicFigure(EventType.ATTEMPT, 50, 10_000, 0.01)))
                .text();
        assertThat(text)
                .contains("| ATTEMPT | 50 | 10000 | 200 | 1.0 | 132 |")
                .contains("| all six | 50 | 10000 | | 1.0 | 132 |")
                .contains("p99 99.0 ms", "goal met: < 250 ms")
                .contains("GOAL MISSED: >= 5000")
                .contains("1 missing, 2 twice, 3 out of order");
        double all = Arrays.stream(EventType.values())
                .mapToDouble(TopicFigure::pomMegabytesPerHour)
                .sum();
        assertThat(all).isEqualTo(707);
    }

    @Test
    void json_has_the_keys_of_the_contract() {
        Map<String, Object> values = report(List.of(new TopicFigure(EventType.ATTEMPT, 50, 10_000, 0.01)))
                .values();
        JsonNode json = JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(values));
        assertThat(json.path("commitToClientMs").path("p50").asDouble()).isEqualTo(50);
        assertThat(json.path("commitToClientMs").path("p99").asDouble()).isEqualTo(99);
        assertThat(json.path("eventsPerSecond").asDouble()).isEqualTo(4_000);
        assertThat(json.path("bytesPerAttempt").asDouble()).isEqualTo(1_000);
        assertThat(json.path("bytesPerAttemptAtRate").asDouble()).isEqualTo(1_234);
        JsonNode topic = json.path("perTopic").path("ATTEMPT");
        assertThat(topic.path("events").asLong()).isEqualTo(50);
        assertThat(topic.path("bytes").asLong()).isEqualTo(10_000);
        assertThat(topic.path("bytesPerEvent").asDouble()).isEqualTo(200);
        assertThat(topic.path("mbPerHour").asDouble()).isEqualTo(1);
        assertThat(topic.path("pomMbPerHour").asDouble()).isEqualTo(132);
        assertThat(json.path("missing").asLong()).isEqualTo(1);
        assertThat(json.path("duplicates").asLong()).isEqualTo(2);
    }

    @Test
    void what_cannot_be_measured_is_refused() {
        for (int[] wrong : List.of(
                new int[] {0, 60, 3, 100_000},
                new int[] {300, 9, 3, 100_000},
                new int[] {300, 60, 2, 100_000},
                new int[] {300, 60, 3, 9_999})) {
            assertThatThrownBy(() -> new EventsBenchPlan(Path.of("/bench"), wrong[0], wrong[1], wrong[2], wrong[3]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("--");
        }
    }

    private static EventsReport report(List<TopicFigure> topics) {
        Latencies hundred = Latencies.of(LongStream.rangeClosed(1, 100).map(millis -> millis * MILLI));
        return new EventsReport(PLAN, hundred, hundred, 4_000, 3_500, topics, 10, 0.01, 1_234, 1, 2, 3);
    }
}
