package io.callisto.server.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.callisto.domain.Requirement;
import io.callisto.server.cluster.ClusterFailure;
import io.callisto.server.kafkaha.Endpoint;
import io.callisto.server.kafkaha.Ensemble;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KafkaHaCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path directory;

    private String failure = "";

    private String run(int expectedCode, String... args) {
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(List.of(args));
        if (!List.of("size").contains(args[0])) {
            all.addAll(List.of("--store", directory.resolve("store").toString()));
            all.addAll(List.of("--dir", directory.resolve("no-cluster").toString()));
        }
        int code = new CommandLine(new KafkaHaCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    assertThat(e).isInstanceOf(ClusterFailure.class);
                    failure = String.valueOf(e.getMessage());
                    return 1;
                })
                .execute(all.toArray(String[]::new));
        assertThat(code).as("%s%n%s", out, failure).isEqualTo(expectedCode);
        return out.toString();
    }

    private JsonNode json(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("-o", "json"));
        return JSON.readTree(run(0, all.toArray(String[]::new)));
    }

    private String config(int node) {
        return directory.resolve(node + "/server.properties").toString();
    }

    @Test
    @Requirement("EV-7")
    void enable_pull_show_and_undo_on_three_servers_of_which_one_is_external() throws Exception {
        String brokers = "127.0.0.1:19094:19093,127.0.0.1:29094:29093";
        String[] enable = {
            "enable",
            "--brokers",
            brokers,
            "--external",
            "127.0.0.1:39094:39093",
            "--yes",
            "--out",
            directory.resolve("out").toString()
        };
        JsonNode made = json(enable);
        assertThat(made.path("changed").asBoolean()).isTrue();
        assertThat(made.path("nodes").size()).isEqualTo(3);
        assertThat(Path.of(made.path("bundle").asString())).exists();
        JsonNode again = json(enable);
        assertThat(again.path("changed").asBoolean()).isFalse();
        assertThat(again.path("clusterId")).isEqualTo(made.path("clusterId"));
        assertThat(run(0, "pull", "--node", "1", "--config", config(1))).contains("revision 1 now");
        String first = Files.readString(Path.of(config(1)));
        assertThat(run(0, "show", "--node", "1")).isEqualTo(first);
        assertThat(run(0, "show")).contains("broker 1", "has it", "never pulled", "external");
        run(0, "enable", "--brokers", brokers + ",127.0.0.1:49094:49093", "--yes");
        assertThat(run(0, "show")).contains("revision 2", "must pull", "differences from revision 1");
        run(0, "pull", "--node", "1", "--config", config(1));
        assertThat(Files.readString(Path.of(config(1)))).isNotEqualTo(first);
        assertThat(run(0, "undo")).contains("revision 1 is in force");
        run(0, "pull", "--node", "1", "--config", config(1));
        assertThat(Files.readString(Path.of(config(1)))).isEqualTo(first);
        assertThat(json("show").path("revision").asInt()).isEqualTo(1);
    }

    @Test
    @Requirement("EV-14")
    void an_even_number_is_refused_with_the_table_unless_it_is_meant() {
        String even = "127.0.0.1:1:11,127.0.0.1:2:12,127.0.0.1:3:13,127.0.0.1:4:14";
        run(1, "enable", "--brokers", even, "--yes");
        assertThat(failure).contains("4 is an even number", "may be lost", "--allow-even");
        run(0, "enable", "--brokers", even, "--yes", "--allow-even");
    }

    @Test
    @Requirement("EV-7")
    void a_server_that_cannot_be_reached_stops_it_and_it_is_said_what_to_do() {
        run(1, "enable", "--brokers", "no-such-host.invalid:9094,127.0.0.1:2:12,127.0.0.1:3:13", "--yes");
        assertThat(failure).containsAnyOf("nobody knows the name 'no-such-host.invalid'", "loopback");
        run(1, "enable", "--brokers", "no-such-host.invalid:9094,no-such-a.invalid:1,no-such-b.invalid:1", "--yes");
        assertThat(failure).contains("nobody knows the name 'no-such-host.invalid'", "--no-reach-check");
        assertThat(directory.resolve("store")).doesNotExist();
        run(
                0,
                "enable",
                "--no-reach-check",
                "--brokers",
                "no-such-host.invalid:9094,no-such-a.invalid:1,no-such-b.invalid:1",
                "--yes");
    }

    @Test
    @Requirement("EV-7")
    void applied_at_once_every_broker_of_this_machine_gets_its_file() {
        run(
                0,
                "enable",
                "--yes",
                "--brokers",
                "127.0.0.1:1:11,127.0.0.1:2:12,127.0.0.1:3:13",
                "--apply",
                directory.resolve("{id}/server.properties").toString());
        for (int node = 1; node <= 3; node++) {
            assertThat(Path.of(config(node))).content().contains("node.id=" + node);
        }
    }

    @Test
    void a_dry_run_changes_nothing() {
        assertThat(run(0, "enable", "--dry-run", "--yes", "--brokers", "127.0.0.1:1:11,127.0.0.1:2:12,127.0.0.1:3:13"))
                .contains("+ node.id=1");
        assertThat(directory.resolve("store")).doesNotExist();
    }

    @Test
    @Requirement("EV-7")
    void the_questions_are_poms_and_nonsense_is_asked_again() {
        StringWriter out = new StringWriter();
        Optional<Questions.Answers> answers =
                questions(out, "4", "3", "y", "y", "10.0.0.1", "", "host-2", "9999", "x", "");
        assertThat(answers).isPresent();
        assertThat(answers.get().own())
                .containsExactly(new Endpoint("10.0.0.1", 9_094, null), new Endpoint("host-2", 9_999, null));
        assertThat(answers.get().external()).containsExactly(new Endpoint("x", 9_094, null));
        assertThat(out.toString())
                .contains(
                        "Number of brokers",
                        "4 is an even number",
                        "external server",
                        "Continue?",
                        "Address of server 2");
        assertThat(questions(new StringWriter(), "3", "n", "n")).isEmpty();
        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> questions(new StringWriter(), "3", "n"))
                .withMessageContaining("nobody to answer");
    }

    private static Optional<Questions.Answers> questions(StringWriter out, String... answers) {
        String text = String.join("\n", answers) + "\n";
        return new Questions(new BufferedReader(new StringReader(text)), new PrintWriter(out))
                .ask(number ->
                        number % 2 == 1 ? List.of() : List.of(number + " is an even number\n" + Ensemble.table()));
    }

    @Test
    @Requirement("EV-10")
    void the_calculator_prints_every_topic_beside_poms() {
        String text = run(0, "size", "--attempts-per-hour", "67000", "--retention", "7d");
        assertThat(text).contains("ENRICHEDATTEMPTRESULT", "255 MB/h", "disk of each broker", "network of each broker");
        JsonNode json = json("size");
        assertThat(json.path("result").path("topics").size()).isEqualTo(6);
        assertThat(json.path("result").path("megabytesPerHour").asDouble()).isPositive();
        run(1, "size", "--replication", "5");
        assertThat(failure).contains("does not go with 3 brokers");
        run(1, "size", "--retention", "long");
        assertThat(failure).contains("'long' is no time");
    }

    @Test
    @Requirement("EV-8")
    void verify_of_a_cluster_that_is_not_there_fails_and_says_so() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        run(1, "verify", "--bootstrap", "127.0.0.1:" + port, "--organisations", "0");
        assertThat(failure).contains("127.0.0.1:" + port, "Do the brokers run");
        run(1, "verify", "--with-failure", "--bootstrap", "127.0.0.1:" + port, "--organisations", "0");
        assertThat(failure).contains("--stop-exec");
    }

    @Test
    void every_command_has_a_help() {
        Stream.of(
                        "enable",
                        "pull",
                        "show",
                        "undo",
                        "bundle",
                        "verify",
                        "controller",
                        "spread",
                        "rolling-restart",
                        "size",
                        "backup",
                        "restore")
                .forEach(name -> {
                    StringWriter out = new StringWriter();
                    int code = new CommandLine(new KafkaHaCommand())
                            .setCaseInsensitiveEnumValuesAllowed(true)
                            .setOut(new PrintWriter(out))
                            .execute(name, "--help");
                    assertThat(code).isZero();
                    assertThat(out.toString()).contains("Usage: kafka-ha " + name);
                });
    }
}
