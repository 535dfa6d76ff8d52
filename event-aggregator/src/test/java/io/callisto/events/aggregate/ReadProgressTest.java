package io.callisto.events.aggregate;

import static io.callisto.events.aggregate.Story.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.event.contract.EventType;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How far topics are read, in time. */
@Requirement("EV-6")
class ReadProgressTest {
    private static final InputPartition ATTEMPTS = partition(EventType.ATTEMPT, 0);
    private static final InputPartition AGENTS = partition(EventType.AGENT, 0);
    private static final InputPartition OTHERS = partition(EventType.AGENT, 7);

    private final ReadProgress progress = new ReadProgress();

    private static InputPartition partition(EventType type, int organisation) {
        return new InputPartition(type, organisation, type.topic(organisation), 0, new UUID(0, 1));
    }

    private static Position read(long millis) {
        return new Position(1, null, at(millis));
    }

    private void assigned() {
        progress.assigned(Map.of(ATTEMPTS, Position.at(0), AGENTS, Position.at(0), OTHERS, Position.at(0)));
    }

    @Test
    void what_nobody_has_asked_for_yet_is_not_read() {
        assigned();
        assertThat(progress.othersRead(0, at(0))).isFalse();
        assertThat(progress.caughtUp()).isFalse();
        assertThat(progress.ahead()).isEmpty();
    }

    @Test
    void a_topic_of_which_nothing_waits_is_read_for_all_times() {
        assigned();
        progress.read(Map.of(), partition -> OptionalLong.of(0));
        assertThat(progress.othersRead(0, at(1_000_000))).isTrue();
        assertThat(progress.caughtUp()).isTrue();
    }

    @Test
    void a_topic_of_which_something_waits_is_read_up_to_its_last_record() {
        assigned();
        progress.read(Map.of(AGENTS, read(500)), partition -> OptionalLong.of(partition.equals(AGENTS) ? 3 : 0));
        assertThat(progress.othersRead(0, at(500))).isTrue();
        assertThat(progress.othersRead(0, at(501))).isFalse();
        assertThat(progress.othersRead(7, at(501))).as("another organisation").isTrue();
    }

    @Test
    void attempts_that_are_ahead_of_agents_wait() {
        assigned();
        progress.read(Map.of(AGENTS, read(500), ATTEMPTS, read(900)), partition -> OptionalLong.of(3));
        assertThat(progress.ahead()).containsExactly(ATTEMPTS);

        progress.read(Map.of(AGENTS, read(900)), partition -> OptionalLong.of(3));
        assertThat(progress.ahead()).isEmpty();
    }
}
