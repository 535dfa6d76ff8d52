package io.callisto.domain.states;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static <S extends Enum<S>> void check(String name, String title, Class<S> states, Function<S, Set<S>> next)
            throws IOException {
        String drawn = draw(title, states, next);
        Path file = ROOT.resolve("docs/states/" + name + ".mmd");
        if (Boolean.getBoolean("callisto.docs.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, drawn);
        }
        assertThat(file)
                .as("docs/states/%s.mmd; to draw it anew: ./mvnw -pl domain test -Dcallisto.docs.update=true", name)
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
