package io.callisto.benchmarks.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.event.contract.EventType;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A count that could not fail would prove nothing: each way of losing or doubling an event is tried. */
class LogSeenTest {
    private static final UUID ATTEMPT = new UUID(1, 1);
    private final LogSeen seen = new LogSeen();

    @Test
    void what_came_once_and_in_order_is_right() {
        attempt(1, 1);
        attempt(2, 2);
        result(9, 1);
        assertThat(seen.missing(Set.of(id(1), id(2)), Set.of(ATTEMPT))).isZero();
        assertThat(seen.duplicates() + seen.outOfOrder()).isZero();
        assertThat(seen.counts())
                .containsEntry(EventType.ATTEMPT, 2L)
                .containsEntry(EventType.ENRICHEDATTEMPTRESULT, 1L);
    }

    @Test
    void an_event_and_a_result_that_never_came_are_missing() {
        attempt(1, 1);
        assertThat(seen.missing(Set.of(id(1), id(2)), Set.of(ATTEMPT))).isEqualTo(2);
    }

    @Test
    void the_same_event_and_the_same_place_under_another_id_are_duplicates() {
        attempt(1, 1);
        attempt(1, 1);
        attempt(2, 1);
        assertThat(seen.duplicates()).isEqualTo(2);
        assertThat(seen.arrivals()).containsEntry(id(1), 0L);
    }

    @Test
    void a_gap_and_a_step_back_are_out_of_order() {
        attempt(1, 2);
        assertThat(seen.outOfOrder()).isEqualTo(1);
        attempt(2, 1);
        assertThat(seen.outOfOrder()).isEqualTo(2);
    }

    @Test
    void a_result_that_replaces_another_is_no_duplicate() {
        result(1, 1);
        result(2, 2);
        assertThat(seen.duplicates() + seen.outOfOrder()).isZero();
        assertThat(seen.results()).hasSize(1);
    }

    private void attempt(int id, int seq) {
        seen.record(EventType.ATTEMPT, id(id), ATTEMPT.toString(), seq, 0);
    }

    private void result(int id, int seq) {
        seen.record(EventType.ENRICHEDATTEMPTRESULT, id(100 + id), ATTEMPT.toString(), seq, 0);
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }
}
