package io.callisto.agents.zones;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@Requirement("AM-10")
class MoveDecisionTest {

    private static MoveDecision decide(String kind, @Nullable String to, boolean toServes, @Nullable String since) {
        return MoveDecision.of(new ZoneCommand(1, kind, to), new MoveDecision.Facts("s1", toServes, since));
    }

    @Test
    void a_zone_moves_to_another_server_that_serves() {
        assertThat(decide("MOVE_ZONE", "s2", true, null)).isEqualTo(new MoveDecision(null, true));
    }

    @Test
    void a_zone_that_is_there_already_stays() {
        assertThat(decide("MOVE_ZONE", "s1", true, null)).isEqualTo(new MoveDecision(null, false));
    }

    @Test
    void a_zone_does_not_move_to_a_server_without_agent_manager() {
        assertThat(decide("MOVE_ZONE", "s2", false, null).refusal()).contains("no agent manager", "s2");
    }

    @Test
    void an_order_that_waited_does_not_undo_a_later_allocation() {
        assertThat(decide("MOVE_ZONE", "s2", true, "s3").refusal()).contains("allocated to s3");
    }

    @Test
    void what_is_not_understood_is_refused_with_a_reason() {
        assertThat(decide("DANCE", "s2", true, null).refusal()).contains("MOVE_ZONE");
        assertThat(decide("MOVE_ZONE", null, true, null).refusal()).contains("\"to\"");
    }
}
