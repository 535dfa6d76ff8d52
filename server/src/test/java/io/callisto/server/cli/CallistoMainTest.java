package io.callisto.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.server.cluster.ClusterOptions;
import io.callisto.server.cluster.Layout;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CallistoMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void options_change_what_they_name_and_keep_the_rest() {
        UpCommand command = new UpCommand();
        new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs("--servers", "3", "--layout", "processes", "--kafka-servers", "k:9092");
        ClusterOptions base = ClusterOptions.defaults().withKafka(3).withTimeFactor(60);
        ClusterOptions over = command.over(base);
        assertThat(over.servers()).isEqualTo(3);
        assertThat(over.layout()).isEqualTo(Layout.PROCESSES);
        assertThat(over.external().kafka()).isEqualTo("k:9092");
        assertThat(over.kafka()).isEqualTo(3);
        assertThat(over.timeFactor()).isEqualTo(60);
    }

    @Test
    void status_as_json_is_only_json_also_without_a_cluster() {
        int code =
                run("status", "-o", "json", "--dir", directory.resolve("none").toString());
        assertThat(code).isEqualTo(3);
        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.path("servers").isArray()).isTrue();
        assertThat(json.path("infrastructure").isArray()).isTrue();
    }

    @Test
    void an_unknown_option_is_wrong_usage() {
        assertThat(run("up", "--serverz", "2")).isEqualTo(2);
        assertThat(err.toString()).contains("--serverz");
    }

    @Test
    void an_impossible_wish_is_refused_with_its_reason_and_no_stack_trace() {
        assertThat(run("up", "--servers", "9", "--dir", directory.resolve("c").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("1 to 4").doesNotContain("at io.callisto");
    }

    @Test
    void down_without_a_cluster_does_nothing() {
        assertThat(run("down", "--dir", directory.resolve("none").toString())).isZero();
        assertThat(directory.resolve("none")).doesNotExist();
    }

    private int run(String... args) {
        return CallistoMain.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
