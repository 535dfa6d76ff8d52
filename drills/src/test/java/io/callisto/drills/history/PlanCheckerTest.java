package io.callisto.drills.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlanCheckerTest {
    private static final Map<UUID, Long> CONTACTS =
            Map.of(new UUID(0, 1), 10L, new UUID(0, 2), 10L, new UUID(0, 3), 10L, new UUID(0, 4), 11L);

    @Test
    void as_many_calls_as_the_plan_allows_are_fine() {
        assertThat(PlanChecker.check(List.of(call(1, false), call(2, false), call(4, false)), CONTACTS, 2))
                .isEmpty();
    }

    @Test
    @Requirement("CM-4")
    void one_call_too_many_at_a_contact_is_found() {
        assertThat(PlanChecker.check(List.of(call(1, false), call(2, false), call(3, false)), CONTACTS, 2))
                .extracting(Violation::aspect)
                .containsExactly(Aspect.PLAN);
    }

    @Test
    void a_refused_order_is_no_call() {
        assertThat(PlanChecker.check(List.of(call(1, false), call(2, false), call(3, true)), CONTACTS, 2))
                .isEmpty();
    }

    @Test
    void an_attempt_that_was_placed_twice_is_found() {
        assertThat(PlanChecker.check(List.of(call(1, false), call(1, false)), CONTACTS, 2))
                .extracting(Violation::aspect)
                .containsExactly(Aspect.PLAN);
    }

    @Test
    void a_call_that_nobody_planned_is_found() {
        assertThat(PlanChecker.check(List.of(call(9, false)), CONTACTS, 2))
                .extracting(Violation::aspect)
                .containsExactly(Aspect.RECONCILIATION);
    }

    private static PlacedCall call(long attempt, boolean refused) {
        return new PlacedCall("g1", attempt, new UUID(0, attempt), "job/1/0", 5, refused, Instant.EPOCH);
    }
}
