package io.callisto.gateway.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.gateway.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EpochFenceTest {
    private final HandClock clock = new HandClock();

    @Test
    void each_scope_has_its_own_highest_epoch() {
        EpochFence fence = new EpochFence();
        fence.raise("job/1/0", 5);
        fence.raise("job/2/0", 3);
        int term = fence.raise("job/1/0", 8);

        assertThat(fence.standing("job/1/0", 5)).isEqualTo(EpochFence.Standing.LOWER);
        assertThat(fence.standing("job/1/0", 8)).isEqualTo(EpochFence.Standing.SAME);
        assertThat(fence.standing("job/2/0", 5)).isEqualTo(EpochFence.Standing.HIGHER);
        assertThat(fence.term(term)).isEqualTo(new EpochFence.Term("job/1/0", 8));
        assertThat(fence.currentTerm("job/1/0")).isEqualTo(term);
        assertThat(fence.highest("job/3/0")).isZero();
    }

    @Test
    void an_epoch_is_never_lowered() {
        EpochFence fence = new EpochFence();
        fence.raise("job/1/0", 5);

        assertThatThrownBy(() -> fence.raise("job/1/0", 5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_ticket_lives_for_its_ttl() {
        Tickets tickets = new Tickets(3, clock);
        clock.advance(Duration.ofSeconds(100));
        long ticket = tickets.now();

        clock.advance(Duration.ofSeconds(1));
        assertThat(tickets.tooLate(ticket, 1000)).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(tickets.tooLate(ticket, 1000)).isTrue();
    }

    @Test
    void no_ticket_and_tickets_of_other_runs_are_too_late() {
        Tickets earlier = new Tickets(3, clock);
        clock.advance(Duration.ofSeconds(100));
        Tickets tickets = new Tickets(4, clock);
        clock.advance(Duration.ofSeconds(1));

        assertThat(tickets.tooLate(0, Integer.MAX_VALUE)).isTrue();
        assertThat(tickets.tooLate(-1, Integer.MAX_VALUE)).isTrue();
        assertThat(tickets.tooLate(earlier.now(), Integer.MAX_VALUE)).isTrue();
        assertThat(tickets.tooLate(tickets.now() + 1, Integer.MAX_VALUE)).isTrue();
        assertThat(tickets.tooLate(tickets.now(), 1)).isFalse();
    }
}
