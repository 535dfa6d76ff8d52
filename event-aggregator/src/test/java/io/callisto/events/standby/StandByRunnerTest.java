package io.callisto.events.standby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StandByRunnerTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Set<Integer> asked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tries = new AtomicInteger();
    private volatile boolean away;
    private volatile boolean failing;

    private final Set<Integer> owned = ConcurrentHashMap.newKeySet();

    private final StandByRunner.Preparation preparation = new StandByRunner.Preparation() {
        @Override
        public boolean standBy(int shard) {
            asked.add(shard);
            tries.incrementAndGet();
            if (failing) {
                throw new IllegalStateException("no database");
            }
            return !away;
        }

        @Override
        public void owned(int shard) {
            owned.add(shard);
        }
    };

    private StandByRunner runner(int shards) {
        return new StandByRunner("test", shards, Duration.ofSeconds(15), preparation);
    }

    @Test
    void it_stands_by_for_the_shards_of_others() {
        try (StandByRunner standBy = runner(3)) {
            assertThat(standBy.ready(0)).isFalse();
            standBy.start(shard -> shard == 1);
            await().atMost(LIMIT).until(() -> standBy.ready(0) && standBy.ready(2));
            assertThat(standBy.ready(1)).isFalse();
            assertThat(asked).containsExactlyInAnyOrder(0, 2);
            assertThat(owned).containsExactly(1);
        }
    }

    @Test
    void what_is_away_or_fails_is_tried_again_soon() {
        away = true;
        try (StandByRunner standBy = runner(1)) {
            standBy.start(shard -> false);
            await().atMost(LIMIT).until(() -> tries.get() >= 1);
            assertThat(standBy.ready(0)).isFalse();
            failing = true;
            int before = tries.get();
            await().atMost(LIMIT).until(() -> tries.get() > before);
            failing = false;
            away = false;
            await().atMost(LIMIT).until(() -> standBy.ready(0));
        }
    }
}
