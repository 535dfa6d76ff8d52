package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.ha.RenewalDecision.Row;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RenewalDecisionTest {
    private static final NodeId ME = new NodeId(new UUID(0, 1));
    private static final NodeId OTHER = new NodeId(new UUID(0, 2));
    private static final long EPOCH = Epochs.base(2) + 9;

    @Test
    void a_row_that_was_locked_is_neither_confirmed_nor_lost() {
        assertThat(RenewalDecision.decide(EPOCH, ME, null, 2)).isEqualTo(RenewalDecision.UNKNOWN);
    }

    @Test
    void another_owner_or_epoch_or_a_release_means_lost() {
        assertThat(RenewalDecision.decide(EPOCH, ME, new Row(EPOCH + 1, OTHER, false), 2))
                .isEqualTo(RenewalDecision.LOST);
        assertThat(RenewalDecision.decide(EPOCH, ME, new Row(EPOCH + 1, ME, false), 2))
                .isEqualTo(RenewalDecision.LOST);
        assertThat(RenewalDecision.decide(EPOCH, ME, new Row(EPOCH, null, false), 2))
                .isEqualTo(RenewalDecision.LOST);
        assertThat(RenewalDecision.decide(EPOCH, ME, new Row(EPOCH, ME, false), 2))
                .isEqualTo(RenewalDecision.LOST);
    }

    @Test
    void after_a_promotion_of_the_database_everything_is_claimed_anew() {
        assertThat(RenewalDecision.decide(EPOCH, ME, new Row(EPOCH, ME, true), 3))
                .isEqualTo(RenewalDecision.OLD_TIMELINE);
    }

    @Test
    void only_our_own_epoch_renewed_on_this_timeline_is_ever_confirmed() {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            Row row = new Row(EPOCH + random.nextInt(3) - 1, random.nextBoolean() ? ME : OTHER, random.nextBoolean());
            int timeline = 2 + random.nextInt(2);
            boolean confirmed = RenewalDecision.decide(EPOCH, ME, row, timeline) == RenewalDecision.CONFIRMED;
            assertThat(confirmed)
                    .isEqualTo(row.epoch() == EPOCH && ME.equals(row.owner()) && row.renewed() && timeline == 2);
        }
    }
}
