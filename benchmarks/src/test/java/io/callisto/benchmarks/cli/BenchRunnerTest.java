package io.callisto.benchmarks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

class BenchRunnerTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void as_text_progress_and_result_follow_each_other() {
        assertThat(run(() -> true)).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("measuring\nattempts: 7\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void as_json_standard_output_is_the_result_alone() {
        assertThat(run(() -> true, "-o", "json")).isZero();
        assertThat(JsonMapper.shared().readTree(out.toString()).path("attempts").asInt())
                .isEqualTo(7);
        assertThat(err.toString()).isEqualToIgnoringNewLines("measuring\n");
    }

    @Test
    void what_was_done_wrong_makes_the_exit_code() {
        assertThat(run(() -> false)).isEqualTo(1);
        assertThat(out.toString()).contains("attempts: 7");
    }

    @Test
    void a_failure_is_told_with_its_cause() {
        int code = run(() -> {
            throw new IOException("no result", new IllegalStateException("the disk is full"));
        });
        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).contains("bench failed: ", "no result", "because ", "the disk is full");
    }

    @Test
    void an_interruption_is_passed_on() {
        int code = run(() -> {
            throw new InterruptedException();
        });
        assertThat(code).isEqualTo(1);
        assertThat(Thread.interrupted()).isTrue();
    }

    private int run(Callable<Boolean> measuring, String... arguments) {
        return new CommandLine(new SomeCommand(measuring))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    @Command(name = "some")
    private static final class SomeCommand implements Callable<Integer> {
        private final Callable<Boolean> measuring;

        @Mixin
        private BenchOptions options = new BenchOptions();

        SomeCommand(Callable<Boolean> measuring) {
            this.measuring = measuring;
        }

        @Override
        public Integer call() {
            BenchOutput output = options.output();
            return new BenchRunner(output).run(() -> {
                output.say("measuring");
                boolean passes = measuring.call();
                output.result(Map.of("attempts", 7), () -> "attempts: 7\n");
                return passes;
            });
        }
    }
}
