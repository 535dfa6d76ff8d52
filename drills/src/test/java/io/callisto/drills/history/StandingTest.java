package io.callisto.drills.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingTest {
    @Test
    void a_cluster_at_rest_has_nothing_open() {
        assertThat(new Standing(List.of(), 0, 0).check()).isEmpty();
    }

    @Test
    @Requirement("CM-5")
    void everything_that_is_stuck_is_named() {
        assertThat(new Standing(List.of("director/1"), 2, 1).check())
                .extracting(Violation::aspect)
                .containsExactly(Aspect.LIVENESS, Aspect.STUCK, Aspect.STUCK);
    }
}
