package io.callisto.drills.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OwnershipCheckerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);

    @Test
    void each_epoch_has_its_owner_and_only_that_one_acts() {
        assertThat(OwnershipChecker.check(
                        List.of(claim(5, ONE, 0), claim(6, TWO, 1)), List.of(effect(1, 5, ONE), effect(2, 6, TWO))))
                .isEmpty();
    }

    @Test
    @Requirement({"AM-11", "RE-4"})
    void an_act_of_another_node_under_the_owners_epoch_is_found() {
        assertThat(OwnershipChecker.check(List.of(claim(5, ONE, 0)), List.of(effect(1, 5, TWO))))
                .extracting(Violation::aspect)
                .containsExactly(Aspect.OWNER);
    }

    @Test
    void two_nodes_that_act_under_one_epoch_are_found_even_if_the_claim_is_not_in_the_history() {
        assertThat(OwnershipChecker.check(List.of(), List.of(effect(1, 5, ONE), effect(2, 5, TWO))))
                .extracting(Violation::aspect)
                .containsExactly(Aspect.OWNER);
    }

    @Test
    void an_epoch_that_is_claimed_twice_is_found() {
        assertThat(OwnershipChecker.check(List.of(claim(5, ONE, 0), claim(5, TWO, 1)), List.of()))
                .extracting(Violation::aspect)
                .contains(Aspect.OWNER);
    }

    @Test
    void an_epoch_that_falls_is_found() {
        assertThat(OwnershipChecker.check(List.of(claim(6, ONE, 0), claim(5, TWO, 1)), List.of()))
                .extracting(Violation::what)
                .containsExactly("director went from epoch 6 to 5");
    }

    private static Transition claim(long epoch, UUID to, int second) {
        return new Transition("director", epoch, null, to, "EXPIRED", null, NOW.plusSeconds(second), null, null, null);
    }

    private static Effect effect(long order, long epoch, UUID node) {
        return new Effect(order, "director", epoch, node, NOW);
    }
}
