package io.callisto.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingGuardTest {
    private final RingGuard guard = new RingGuard("s2", Duration.ofSeconds(3), Duration.ofSeconds(15));

    @ParameterizedTest
    @CsvSource({
        "s2, s1, true",
        "s2 s3, s1, true",
        "s1 s2, s1, false",
        "s1 s2 s3, s1, false",
        "s2, s2, false",
        "s2 s3, s2, false",
        "s2, , false",
        ", s1, false",
        ", , false",
        "s3, s1, false"
    })
    @Requirement("CS-3")
    void a_node_is_apart_where_its_ring_lacks_the_owner(@Nullable String ring, @Nullable String owner, boolean apart) {
        assertThat(guard.apart(names(ring), Optional.ofNullable(owner))).isEqualTo(apart);
    }

    @Test
    void it_leaves_when_the_owner_has_been_missing_for_long_enough() {
        assertThat(guard.mustLeave(true, seconds(100))).isFalse();
        assertThat(guard.mustLeave(true, seconds(102))).isFalse();
        assertThat(guard.mustLeave(true, seconds(103))).isTrue();
    }

    @Test
    void it_stays_where_the_owner_joins_meanwhile_or_nobody_can_tell() {
        assertThat(guard.mustLeave(true, seconds(100))).isFalse();
        assertThat(guard.mustLeave(false, seconds(102))).isFalse();
        assertThat(guard.mustLeave(true, seconds(104))).isFalse();
        guard.unknown();
        assertThat(guard.mustLeave(true, seconds(108))).isFalse();
        assertThat(guard.mustLeave(true, seconds(111))).isTrue();
    }

    @Test
    void it_does_not_leave_again_before_the_pause_is_over() {
        assertThat(guard.mustLeave(true, seconds(100))).isFalse();
        assertThat(guard.mustLeave(true, seconds(103))).isTrue();
        guard.left(seconds(103));
        assertThat(guard.mustLeave(true, seconds(104))).isFalse();
        assertThat(guard.mustLeave(true, seconds(117))).isFalse();
        assertThat(guard.mustLeave(true, seconds(118))).isTrue();
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private static Set<String> names(@Nullable String text) {
        return text == null ? Set.of() : Arrays.stream(text.split(" ")).collect(Collectors.toSet());
    }
}
