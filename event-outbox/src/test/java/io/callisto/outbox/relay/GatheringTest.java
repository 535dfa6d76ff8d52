package io.callisto.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private static final Duration LEAST = Duration.ofMillis(20);
    private static final Duration MOST = Duration.ofMillis(100);

    private final Gathering gathering = new Gathering(LEAST, MOST, 50);

    @Test
    void it_waits_longest_where_little_happens_and_least_under_load() {
        assertThat(gathering.nanos()).isEqualTo(MOST.toNanos());

        transactions(10, 200);
        assertThat(gathering.nanos()).isEqualTo(LEAST.toNanos());

        transactions(10, 1);
        assertThat(gathering.nanos()).isEqualTo(MOST.toNanos());
    }

    @Test
    void a_steady_rate_comes_to_transactions_of_the_size_aimed_at() {
        double rowsPerNano = 1_000 / 1e9; // 1,000 a second: 50 of them in 50 ms

        for (int i = 0; i < 30; i++) {
            gathering.committed((int) Math.round(gathering.nanos() * rowsPerNano));
        }

        assertThat(gathering.nanos()).isBetween(48_000_000L, 52_000_000L);
    }

    @Test
    void one_odd_transaction_changes_it_by_half_at_most() {
        gathering.committed(2_000);

        assertThat(gathering.nanos()).isEqualTo(MOST.toNanos() / 2);
    }

    @Test
    void a_wait_of_nothing_can_grow() {
        Gathering fromNothing = new Gathering(Duration.ZERO, MOST, 50);
        for (int i = 0; i < 40; i++) {
            fromNothing.committed(2_000);
        }
        long under = fromNothing.nanos();
        for (int i = 0; i < 40; i++) {
            fromNothing.committed(1);
        }

        assertThat(under).isLessThan(Duration.ofMillis(1).toNanos());
        assertThat(fromNothing.nanos()).isEqualTo(MOST.toNanos());
    }

    @Test
    void a_wait_that_is_set_does_not_move() {
        Gathering set = Gathering.of(LEAST);

        set.committed(1);
        set.committed(2_000);

        assertThat(set.nanos()).isEqualTo(LEAST.toNanos());
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> new Gathering(MOST, LEAST, 50)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Gathering(LEAST, MOST, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Gathering(Duration.ofMillis(-1), MOST, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void transactions(int count, int rows) {
        for (int i = 0; i < count; i++) {
            gathering.committed(rows);
        }
    }
}
