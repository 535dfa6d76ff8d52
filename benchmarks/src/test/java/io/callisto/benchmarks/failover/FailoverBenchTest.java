package io.callisto.benchmarks.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.benchmarks.cli.BenchOutput;
import io.callisto.benchmarks.failover.Contest.Result;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole way with real processes, once. How long it took is none of this test's business. */
class FailoverBenchTest {
    @TempDir
    private Path dir;

    @Test
    void a_killed_and_a_frozen_owner_are_succeeded_and_the_frozen_one_does_nothing_any_more() throws Exception {
        FailoverBenchPlan plan = new FailoverBenchPlan(
                dir.resolve("bench"), 1, List.of(Contender.CALLISTO_FAST_SUPERVISED), Duration.ofSeconds(60), true);
        PrintWriter silent = new PrintWriter(new StringWriter());
        List<Result> results =
                new FailoverBenchRunner(plan, new BenchOutput(BenchOutput.Form.JSON, silent, silent)).results();
        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.kills().gaps()).hasSize(1);
            assertThat(result.freezes().gaps()).hasSize(1);
            assertThat(result.freezes().late()).isZero();
            assertThat(result.kills().rivals() + result.freezes().rivals()).isZero();
        });
        JsonNode json = new JsonMapper().valueToTree(FailoverTable.values(results, plan));
        assertThat(json.path("contenders").get(0).path("id").asString()).isEqualTo("callisto-fast-supervised");
        assertThat(FailoverTable.text(results, plan)).contains("| Callisto | timing fast, supervisor");
    }
}
