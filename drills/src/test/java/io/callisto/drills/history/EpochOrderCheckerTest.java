package io.callisto.drills.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EpochOrderCheckerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void rising_epochs_are_in_order() {
        assertThat(EpochOrderChecker.effects(List.of(effect(1, "director", 5), effect(2, "director", 6))))
                .isEmpty();
    }

    @Test
    @Requirement("AM-11")
    void an_effect_of_a_lower_epoch_after_a_higher_one_is_found() {
        assertThat(EpochOrderChecker.effects(
                        List.of(effect(1, "director", 5), effect(2, "director", 6), effect(3, "director", 5))))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.aspect()).isEqualTo(Aspect.ORDER);
                    assertThat(found.what()).contains("effect 3", "epoch 5", "epoch 6");
                });
    }

    @Test
    void the_order_is_that_of_acceptance_and_not_of_the_list() {
        assertThat(EpochOrderChecker.effects(List.of(effect(9, "director", 6), effect(4, "director", 5))))
                .isEmpty();
    }

    @Test
    void scopes_do_not_disturb_one_another() {
        assertThat(EpochOrderChecker.effects(List.of(effect(1, "director", 6), effect(2, "rule-engine", 2))))
                .isEmpty();
    }

    @Test
    void a_call_that_a_gateway_placed_for_a_deposed_dialer_is_found() {
        assertThat(EpochOrderChecker.calls(List.of(call("g1", 1, 7, false), call("g1", 2, 6, false))))
                .extracting(Violation::aspect)
                .containsExactly(Aspect.ORDER);
    }

    @Test
    void a_call_that_it_refused_is_none() {
        assertThat(EpochOrderChecker.calls(List.of(call("g1", 1, 7, false), call("g1", 2, 6, true))))
                .isEmpty();
    }

    @Test
    void gateways_have_orders_of_their_own() {
        assertThat(EpochOrderChecker.calls(List.of(call("g1", 1, 7, false), call("g2", 2, 6, false))))
                .isEmpty();
    }

    private static Effect effect(long order, String scope, long epoch) {
        return new Effect(order, scope, epoch, new UUID(0, 1), NOW);
    }

    private static PlacedCall call(String gateway, long order, long epoch, boolean refused) {
        return new PlacedCall(gateway, order, new UUID(0, order), "job/1/0", epoch, refused, NOW);
    }
}
