package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EpochsTest {
    @Test
    void the_next_epoch_is_above_the_last_one_whatever_the_timelines() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            long current = Epochs.base(1 + random.nextInt(50)) + random.nextInt(1_000_000);
            int timeline = 1 + random.nextInt(50);
            long next = Epochs.next(timeline, current);
            assertThat(next).isGreaterThan(current).isGreaterThan(Epochs.base(timeline));
            assertThat(Epochs.timeline(next)).isEqualTo(Math.max(timeline, Epochs.timeline(current)));
            assertThat(Epochs.everOwned(next)).isTrue();
        }
    }

    @Test
    void a_promoted_database_gives_out_epochs_above_all_that_it_may_have_lost() {
        long lastBeforePromotion = Epochs.next(3, Epochs.base(3) + 1_000_000_000L);
        long rememberedByStandby = Epochs.next(3, Epochs.base(3));
        assertThat(Epochs.next(4, rememberedByStandby)).isGreaterThan(lastBeforePromotion);
    }

    @Test
    void a_scope_that_was_only_prepared_counts_as_never_owned() {
        assertThat(Epochs.everOwned(Epochs.base(5))).isFalse();
        assertThat(Epochs.everOwned(Epochs.base(5) + 1)).isTrue();
    }
}
