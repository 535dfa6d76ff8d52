package io.callisto.domain.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.domain.agent.AgentJobState;
import io.callisto.domain.agent.AgentState;
import io.callisto.domain.agent.BusyState;
import io.callisto.domain.agent.CallState;
import io.callisto.domain.agent.FailoverTable;
import io.callisto.domain.agent.NailState;
import io.callisto.domain.attempt.AttemptState;
import io.callisto.domain.contact.JobContactState;
import io.callisto.domain.job.JobState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Draws {@code docs/states/*.mmd} from the tables, so that the pictures cannot rot. */
class StateDiagramTest {
    private static final Path ROOT = Path.of(System.getProperty("callisto.root", ".."));

    @Test
    void the_diagram_of_a_job_is_what_its_table_says() throws IOException {
        check("job", "A job, one run of a campaign", JobState.class, JobState::next);
    }

    @Test
    void the_diagram_of_an_attempt_is_what_its_table_says() throws IOException {
        check("attempt", "An attempt to reach a contact", AttemptState.class, AttemptState::next);
    }

    @Test
    void the_diagram_of_a_job_contact_is_what_its_table_says() throws IOException {
        check("job-contact", "A contact within a job", JobContactState.class, JobContactState::next);
    }

    @Test
    void the_diagram_of_an_agents_readiness_is_what_its_table_says() throws IOException {
        check("agent", "Readiness of an agent", AgentState.class, AgentState::next);
    }

    @Test
    void the_diagram_of_an_agents_call_is_what_its_table_says() throws IOException {
        check("agent-call", "What an agent does with a call", CallState.class, CallState::next);
    }

    @Test
    void the_diagram_of_an_agents_tie_to_jobs_is_what_its_table_says() throws IOException {
        check("agent-job", "How an agent stands to jobs", AgentJobState.class, AgentJobState::next);
    }

    @Test
    void the_diagram_of_an_agents_nailing_is_what_its_table_says() throws IOException {
        check("agent-nail", "Connection of an agent to a gateway", NailState.class, NailState::next);
    }

    @Test
    @Requirement("AM-6")
    void the_table_of_an_agents_call_after_a_failover_is_what_the_code_says() throws IOException {
        StringBuilder text = new StringBuilder("# An agent's call state after a failover\n\n")
                .append("Written by StateDiagramTest from ")
                .append(FailoverTable.class.getName())
                .append(". Do not edit.\n\n")
                .append("Disconnected and un-nailed is as un-nailed. An agent that is attached to no job keeps its ")
                .append("call state. A call dialed by hand\ncounts as connected and nailed: no gateway knows it.\n\n")
                .append("| before | connected, nailed | un-nailed | disconnected, nailed |\n")
                .append("| --- | --- | --- | --- |\n");
        for (FailoverTable row : FailoverTable.values()) {
            text.append("| ").append(row.before()).append(" | ");
            text.append(cell(row.connectedNailed())).append(" | ");
            text.append(cell(row.connectedUnnailed())).append(" | ");
            text.append(cell(row.disconnectedNailed())).append(" |\n");
        }
        check("agent-failover.md", text.toString());
    }

    private static String cell(FailoverTable.Cell cell) {
        String text = cell.owner().toString();
        if (cell.passive() != cell.owner()) {
            text += " (owner), " + cell.passive() + " (passive)";
        }
        return cell.unanswered() == cell.owner() ? text : text + "; while it rings " + cell.unanswered();
    }

    @Test
    void the_table_of_what_an_agent_may_be_busy_with_is_what_the_code_says() throws IOException {
        StringBuilder text = new StringBuilder("# What an agent may be in the middle of\n\n")
                .append("Written by StateDiagramTest from ")
                .append(BusyState.class.getName())
                .append(". Do not edit.\n\n")
                .append("Nobody stays in one of these for ever: each has somebody who is to end it, a deadline, and ")
                .append("something that is done then.\n\n")
                .append("| state | ended by | deadline | what is done then |\n| --- | --- | --- | --- |\n");
        for (BusyState state : BusyState.values()) {
            text.append("| ").append(state).append(" | ").append(state.owner()).append(" | ");
            text.append(state.limit()).append(" | ").append(state.atDeadline()).append(" |\n");
        }
        check("agent-busy.md", text.toString());
    }

    private static <S extends Enum<S>> void check(String name, String title, Class<S> states, Function<S, Set<S>> next)
            throws IOException {
        check(name + ".mmd", draw(title, states, next));
    }

    private static void check(String name, String drawn) throws IOException {
        Path file = ROOT.resolve("docs/states/" + name);
        if (Boolean.getBoolean("callisto.docs.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, drawn);
        }
        assertThat(file)
                .as("docs/states/%s; to draw it anew: ./mvnw -pl domain test -Dcallisto.docs.update=true", name)
                .exists()
                .hasContent(drawn);
    }

    /** The first constant is where every machine of ours begins. */
    private static <S extends Enum<S>> String draw(String title, Class<S> states, Function<S, Set<S>> next) {
        StringBuilder text = new StringBuilder("---\ntitle: ")
                .append(title)
                .append("\n---\nstateDiagram-v2\n    %% Drawn by StateDiagramTest from ")
                .append(states.getName())
                .append(". Do not edit.\n");
        S[] constants = states.getEnumConstants();
        text.append("    [*] --> ").append(constants[0]).append('\n');
        for (S from : constants) {
            for (S to : next.apply(from)) {
                text.append("    ").append(from).append(" --> ").append(to).append('\n');
            }
            if (next.apply(from).isEmpty()) {
                text.append("    ").append(from).append(" --> [*]\n");
            }
        }
        return text.toString();
    }
}
