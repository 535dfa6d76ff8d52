package io.callisto.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.attempt.AttemptState;
import io.callisto.domain.job.JobState;
import io.callisto.event.contract.EventSchema;
import io.callisto.event.contract.EventType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contract knows nothing of the domain; here both are at hand. */
class EventVocabularyTest {
    @Test
    void the_schemas_list_exactly_the_states_of_the_domain() {
        List<String> jobStates = Stream.of(JobState.values()).map(Enum::name).toList();

        assertThat(values(EventType.JOB, "newState")).isEqualTo(jobStates);
        assertThat(values(EventType.JOB, "oldState")).isEqualTo(jobStates);
        assertThat(values(EventType.JOBSTATISTICS, "state")).isEqualTo(jobStates);
        assertThat(values(EventType.ATTEMPT, "phase"))
                .isEqualTo(Stream.of(AttemptState.values()).map(Enum::name).toList());
    }

    private static List<String> values(EventType type, String field) {
        JsonNode schema = JsonMapper.builder().build().readTree(EventSchema.text(type));
        return schema.at("/properties/" + field + "/enum")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }
}
