package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClaimDecisionTest {
    private static final Candidate ME = new Candidate(new NodeId(new UUID(0, 1)), "s1");
    private static final NodeId OTHER = new NodeId(new UUID(0, 2));
    private static final long EPOCH = Epochs.base(1) + 5;

    @Test
    void a_scope_without_rows_is_claimed_first() {
        assertThat(ClaimDecision.decide(null, ME)).isEqualTo(new ClaimDecision(ClaimReason.FIRST, 0));
    }

    @Test
    void a_lease_that_is_renewed_is_left_alone_until_the_expiry_that_was_read() {
        assertThat(ClaimDecision.decide(view(OTHER, false, false, 700), ME)).isEqualTo(new ClaimDecision(null, 700));
    }

    @Test
    void a_lease_is_claimed_when_released_expired_or_its_owner_is_dead() {
        assertThat(ClaimDecision.decide(view(OTHER, true, false, 0), ME).reason())
                .isEqualTo(ClaimReason.RELEASED);
        assertThat(ClaimDecision.decide(view(OTHER, false, false, 0), ME).reason())
                .isEqualTo(ClaimReason.EXPIRED);
        assertThat(ClaimDecision.decide(view(OTHER, false, true, -1), ME).reason())
                .isEqualTo(ClaimReason.DEATH_CERTIFICATE);
    }

    @Test
    void a_lease_in_our_own_name_that_we_do_not_know_of_is_claimed_anew() {
        assertThat(ClaimDecision.decide(view(ME.node(), false, false, 900), ME).reason())
                .isEqualTo(ClaimReason.RELEASED);
    }

    @Test
    void a_hold_down_is_waited_for() {
        LeaseView held = new LeaseView(EPOCH, OTHER, true, false, -50, 400, null);
        assertThat(ClaimDecision.decide(held, ME)).isEqualTo(new ClaimDecision(null, 400));
    }

    @Test
    void nobody_claims_what_another_living_owner_still_has() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            LeaseView view = new LeaseView(
                    EPOCH,
                    random.nextBoolean() ? OTHER : null,
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextInt(400) - 200,
                    random.nextInt(4) == 0 ? random.nextInt(100) : 0,
                    random.nextBoolean() ? "s2" : null);
            ClaimDecision decision = ClaimDecision.decide(view, ME);
            if (decision.allowed()) {
                assertThat(view.remainingMillis()).isNotPositive();
                assertThat(view.holdMillis()).isZero();
            } else {
                assertThat(decision.waitMillis()).isPositive().isLessThanOrEqualTo(400);
            }
        }
    }

    @Test
    void honest_last_work_is_not_ended_at_once_but_that_of_a_late_owner_is() {
        assertThat(ClaimDecision.mayEndBlockers(ClaimReason.EXPIRED, 0)).isTrue();
        assertThat(ClaimDecision.mayEndBlockers(ClaimReason.DEATH_CERTIFICATE, 0))
                .isTrue();
        assertThat(ClaimDecision.mayEndBlockers(ClaimReason.RELEASED, 500)).isFalse();
        assertThat(ClaimDecision.mayEndBlockers(ClaimReason.RELEASED, ClaimDecision.RELEASED_PATIENCE_MILLIS))
                .isTrue();
    }

    private static LeaseView view(@Nullable NodeId owner, boolean released, boolean dead, long remainingMillis) {
        return new LeaseView(EPOCH, owner, released, dead, remainingMillis, 0, null);
    }
}
