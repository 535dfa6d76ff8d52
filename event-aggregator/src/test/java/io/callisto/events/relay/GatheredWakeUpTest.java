package io.callisto.events.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GatheredWakeUpTest {
    private final AtomicInteger woken = new AtomicInteger();

    @Test
    void many_notices_make_few_wake_ups_and_none_is_lost() {
        try (GatheredWakeUp gathered = new GatheredWakeUp(() -> 50_000_000L, woken::incrementAndGet)) {
            for (int i = 0; i < 1_000; i++) {
                gathered.notice();
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> woken.get() > 0);
            int before = woken.get();
            assertThat(before).isLessThan(100);

            gathered.notice();

            await().atMost(Duration.ofSeconds(10)).until(() -> woken.get() > before);
        }
    }

    @Test
    void after_the_end_a_notice_is_ignored() {
        GatheredWakeUp gathered = new GatheredWakeUp(() -> 0L, woken::incrementAndGet);
        gathered.close();

        gathered.notice();

        assertThat(woken).hasValue(0);
    }
}
