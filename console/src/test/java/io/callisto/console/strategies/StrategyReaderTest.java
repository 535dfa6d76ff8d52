package io.callisto.console.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.callisto.console.problem.ApiProblem;
import io.callisto.domain.strategy.Strategy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class StrategyReaderTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void what_is_stored_is_read_by_plain_jackson_as_the_same_strategy() {
        Strategy read = read("""
                {"call":{"ringTimeout":"PT20S","callsPerSecond":2.5,"maxCalls":10,"maxAttempts":4,"minGap":"PT1H",
                 "window":{"start":"09:00","end":"20:00"},
                 "retries":[{"code":"Ring_No_Answer","after":"PT30M","maxAttempts":2}]}}
                """);
        assertThat(read.call().ringTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(JSON.readValue(JSON.writeValueAsString(read), Strategy.class))
                .isEqualTo(read);
    }

    @Test
    void what_may_be_left_out_has_a_default() {
        Strategy read = read("{\"call\":{\"callsPerSecond\":1,\"maxCalls\":1,\"maxAttempts\":1}}");
        assertThat(read.call().ringTimeout()).isEqualTo(Duration.ofSeconds(45));
        assertThat(read.call().minGap()).isZero();
        assertThat(read.call().retries()).isEmpty();
    }

    @Test
    void two_rules_for_one_code_are_refused_at_the_list() {
        assertThatExceptionOfType(ApiProblem.class)
                .isThrownBy(() -> read("""
                        {"call":{"callsPerSecond":1,"maxCalls":1,"maxAttempts":1,
                         "retries":[{"code":"Call_Busy","after":"PT1M","maxAttempts":2},
                                    {"code":"Call_Busy","after":"PT2M","maxAttempts":2}]}}
                        """))
                .satisfies(
                        problem -> assertThat(problem.errors().get(0).field()).isEqualTo("d.call.retries"));
    }

    @Test
    void a_definition_without_its_node_or_of_another_type_is_refused() {
        for (String wrong : new String[] {"{}", "{\"call\":null}", "{\"call\":[]}", "{\"call\":7}"}) {
            assertThatExceptionOfType(ApiProblem.class)
                    .isThrownBy(() -> read(wrong))
                    .satisfies(problem ->
                            assertThat(problem.errors().get(0).field()).isEqualTo("d.call"));
        }
    }

    private static Strategy read(String json) {
        return StrategyReader.read(JSON.readTree(json), "d");
    }
}
