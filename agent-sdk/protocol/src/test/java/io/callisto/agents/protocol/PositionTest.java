package io.callisto.agents.protocol;

import static io.callisto.agents.protocol.Position.Verdict.ASIDE;
import static io.callisto.agents.protocol.Position.Verdict.DROP;
import static io.callisto.agents.protocol.Position.Verdict.SNAPSHOT;
import static io.callisto.agents.protocol.Position.Verdict.TAKE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PositionTest {
    private final Position here = new Position(7, 10);

    @Test
    void the_next_one_is_taken_and_what_was_told_is_dropped() {
        assertThat(here.notification(7, 11)).isEqualTo(TAKE);
        assertThat(here.notification(7, 10)).isEqualTo(DROP);
        assertThat(here.notification(7, 1)).isEqualTo(DROP);
    }

    @Test
    void a_gap_and_another_owner_need_a_snapshot() {
        assertThat(here.notification(7, 12)).isEqualTo(SNAPSHOT);
        assertThat(here.notification(8, 1)).isEqualTo(SNAPSHOT);
        assertThat(here.notification(8, 11)).isEqualTo(SNAPSHOT);
        assertThat(Position.START.notification(1, 1)).isEqualTo(SNAPSHOT);
    }

    @Test
    void an_owner_that_is_none_any_more_is_not_heard() {
        assertThat(here.notification(6, 11)).isEqualTo(DROP);
        assertThat(here.acceptsSnapshot(new Position(6, 99))).isFalse();
        assertThat(here.acceptsSnapshot(new Position(7, 9))).isFalse();
    }

    @Test
    void what_the_server_at_hand_says_is_beside_the_sequence() {
        assertThat(here.notification(0, 0)).isEqualTo(ASIDE);
        assertThat(here.notification(9, 0)).isEqualTo(ASIDE);
    }

    @Test
    void a_snapshot_is_taken_unless_it_is_older() {
        assertThat(here.acceptsSnapshot(here)).isTrue();
        assertThat(here.acceptsSnapshot(new Position(7, 11))).isTrue();
        assertThat(here.acceptsSnapshot(new Position(8, 0))).isTrue();
        assertThat(Position.START.acceptsSnapshot(Position.START)).isTrue();
    }
}
