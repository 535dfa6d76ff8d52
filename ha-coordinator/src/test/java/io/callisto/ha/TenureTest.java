package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TenureTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
    private final Lease claimed =
            new Lease(Scope.director(), Epochs.base(1) + 1, new NodeId(new UUID(0, 1)), now.get() + 100);
    private final Tenure tenure = new Tenure(claimed, now::get);

    @Test
    void a_tenure_allows_acting_until_its_deadline_also_across_the_overflow_of_the_ticker() {
        now.addAndGet(99);
        assertThat(tenure.lease()).contains(claimed);
        now.addAndGet(1);
        assertThat(tenure.lease()).isEmpty();
        assertThat(tenure.expire()).isTrue();
        assertThat(tenure.expire()).isFalse();
    }

    @Test
    void a_confirmation_moves_the_deadline_but_never_revives() {
        tenure.confirm(now.get() + 200);
        now.addAndGet(150);
        assertThat(tenure.lease()).isPresent();
        now.addAndGet(50);
        tenure.confirm(now.get() + 1_000);
        assertThat(tenure.lease()).isEmpty();
        assertThat(tenure.over()).isTrue();
        assertThat(tenure.reason()).contains("deadline");
    }

    @Test
    void the_first_reason_for_the_end_stays() {
        assertThat(tenure.end("first")).isTrue();
        assertThat(tenure.end("second")).isFalse();
        assertThat(tenure.reason()).isEqualTo("first");
        assertThat(tenure.lease()).isEmpty();
    }
}
