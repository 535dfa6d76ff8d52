package io.callisto.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheStateTest {
    @ParameterizedTest
    @CsvSource({
        "false, , 5, AWAY",
        "false, 5, 5, AWAY",
        "true, , , UNOWNED",
        "true, 5, , UNOWNED",
        "true, , 5, EMPTY",
        "true, 4, 5, STALE",
        "true, 6, 5, STALE",
        "true, 5, 5, CURRENT"
    })
    void only_the_owners_generation_is_current(
            boolean running, @Nullable Long inCache, @Nullable Long inDatabase, CacheState state) {
        assertThat(CacheState.of(running, false, optional(inCache), optional(inDatabase)))
                .isEqualTo(state);
    }

    @Test
    void a_part_without_the_owner_is_stale_even_with_the_owners_generation() {
        assertThat(CacheState.of(true, true, OptionalLong.of(5), OptionalLong.of(5)))
                .isEqualTo(CacheState.STALE);
    }

    private static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
