package io.callisto.drills.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command = new CommandLine(new SimulateCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));

    @Test
    void json_is_all_that_standard_output_gets() {
        int code = command.execute("cluster", "--seeds", "3", "--from", "7", "-o", "json");
        assertThat(code).isZero();
        JsonNode result = new JsonMapper().readTree(out.toString());
        assertThat(result.get("pass").asBoolean()).isTrue();
        assertThat(result.get("seeds").asInt()).isEqualTo(3);
        assertThat(result.get("violations")).isEmpty();
    }

    @Test
    void a_trace_shows_every_event_of_the_seed() {
        int code = command.execute("cluster", "--seed", "1", "--trace", "--nodes", "3", "--faults", "CRASH");
        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("fault CRASH")
                .contains("claimed job/1/0")
                .contains("PASS: 1 seeds");
    }

    @Test
    void a_wrong_number_of_servers_is_explained() {
        assertThat(command.execute("cluster", "--nodes", "1")).isEqualTo(2);
        assertThat(err.toString()).contains("nodes must be 2 to 9");
    }
}
