package io.callisto.agents.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void it_waits_longer_from_round_to_round_up_to_its_limit() {
        for (int attempt = 0; attempt < 200; attempt++) {
            long most = Math.min(10_000, 250L << Math.min(attempt / 3, 16));
            assertThat(Backoff.USUAL.before(attempt, 3, random))
                    .as("attempt %s", attempt)
                    .isBetween(Duration.ofMillis(most / 2), Duration.ofMillis(most));
        }
        assertThat(Backoff.USUAL.before(Integer.MAX_VALUE, 0, random)).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void jitter_spreads_the_agents_of_a_lost_server() {
        assertThat(IntStream.range(0, 1_000)
                        .mapToObj(agent -> Backoff.USUAL.before(0, 2, random))
                        .distinct())
                .hasSizeGreaterThan(100);
    }

    @Test
    void nonsense_is_refused() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ServerRing(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addresses_are_tried_in_turn_from_the_one_in_use() {
        ServerRing ring = new ServerRing(List.of(URI.create("ws://a"), URI.create("ws://b")));
        assertThat(List.of(ring.next(), ring.next(), ring.next()))
                .extracting(URI::toString)
                .containsExactly("ws://a", "ws://b", "ws://a");

        ring.renew(List.of("ws://c", "ws://a", "http://x", "ws://b b", "nonsense"));
        assertThat(ring.all()).extracting(URI::toString).containsExactly("ws://c", "ws://a", "ws://b");
        assertThat(List.of(ring.next(), ring.next())).extracting(URI::toString).containsExactly("ws://b", "ws://c");
    }
}
