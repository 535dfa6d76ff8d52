package io.callisto.console.counting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CountMemoryTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicLong counted = new AtomicLong();
    private final CountMemory<String, Long> memory = new CountMemory<>(now::get);

    @Test
    void a_count_is_kept_for_ten_times_its_cost() {
        assertThat(count("a", 100)).isEqualTo(1);
        now.addAndGet(999);
        assertThat(count("a", 100)).isEqualTo(1);
        now.addAndGet(1);
        assertThat(count("a", 100)).isEqualTo(2);
    }

    @Test
    void another_key_is_counted_anew() {
        assertThat(count("a", 100)).isEqualTo(1);
        assertThat(count("b", 100)).isEqualTo(2);
    }

    private long count(String key, long cost) {
        return memory.get(key, () -> {
            now.addAndGet(cost);
            return counted.incrementAndGet();
        });
    }
}
