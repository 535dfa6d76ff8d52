package io.callisto.gateway.legs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.gateway.events.CallStream;
import io.callisto.gateway.v1.LegEvent;
import io.callisto.gateway.v1.LegEventBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTest {
    @TempDir
    Path root;

    @Test
    void an_event_is_told_only_once_it_is_on_disk() {
        Feed feed = new Feed();
        LegWatchers watchers = new LegWatchers();
        LegBench.Stream stream = new LegBench.Stream();
        watchers.put("agent-manager/0", 1, feed, 0, stream);
        feed.add(event(1), 100);
        feed.add(event(2), 200);

        collect(watchers, 0, 99);
        assertThat(stream.batches).hasSize(1);
        assertThat(stream.events()).isEmpty();
        collect(watchers, 0, 100);
        assertThat(stream.events()).extracting(LegEvent::getSequence).containsExactly(1L);
        collect(watchers, 0, 1_000);
        assertThat(stream.events()).extracting(LegEvent::getSequence).containsExactly(1L, 2L);
        collect(watchers, 0, 1_000);
        assertThat(stream.batches).hasSize(3);
        collect(watchers, Duration.ofSeconds(1).toNanos(), 1_000);
        assertThat(stream.batches).hasSize(4);
    }

    @Test
    void the_newest_events_are_kept_and_a_watcher_that_wants_older_ones_is_told() {
        Feed feed = new Feed();
        for (long i = 1; i <= 2 * Feed.KEPT + 10; i++) {
            feed.add(event(i), i);
        }
        assertThat(feed.reaches(0)).isFalse();
        assertThat(feed.reaches(feed.last())).isTrue();
        assertThat(feed.reaches(feed.last() + 1)).isFalse();
        assertThat(feed.reaches(feed.last() - Feed.KEPT)).isTrue();
        assertThat(feed.after(feed.last() - 2, 10, Long.MAX_VALUE))
                .extracting(LegEvent::getSequence)
                .containsExactly(feed.last() - 1, feed.last());
        assertThatThrownBy(() -> feed.add(event(5), 5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_watcher_that_falls_behind_what_is_kept_is_ended() {
        Feed feed = new Feed();
        LegWatchers watchers = new LegWatchers();
        LegBench.Stream stream = new LegBench.Stream();
        stream.ready = false;
        watchers.put("agent-manager/0", 1, feed, 0, stream);
        for (long i = 1; i <= 2 * Feed.KEPT + 10; i++) {
            feed.add(event(i), i);
        }
        collect(watchers, 0, Long.MAX_VALUE);
        assertThat(stream.end).isEqualTo(CallStream.End.TOO_SLOW);
    }

    @Test
    void a_newer_stream_and_a_higher_epoch_end_the_older_and_events_ahead_do_not_exist() {
        try (LegBench bench = new LegBench(root.resolve("g1"))) {
            bench.up(5);
            LegBench.Stream first = new LegBench.Stream();
            LegBench.Stream second = new LegBench.Stream();
            bench.switchboard.watch(LegBench.ZONE, 1, OptionalLong.of(0), first);
            bench.settle();
            assertThat(first.events()).hasSize(2);
            bench.switchboard.watch(LegBench.ZONE, 1, OptionalLong.empty(), second);
            bench.settle();
            assertThat(first.end).isEqualTo(CallStream.End.REPLACED);
            assertThat(second.events()).isEmpty();
            bench.exchange.announce(LegBench.ZONE, 2);
            bench.settle();
            assertThat(second.end).isEqualTo(CallStream.End.REPLACED);
            assertThatThrownBy(
                            () -> bench.switchboard.watch(LegBench.ZONE, 2, OptionalLong.of(3), new LegBench.Stream()))
                    .isInstanceOf(OutOfRange.class)
                    .hasMessageContaining("the last one is 2");
        }
    }

    private static void collect(LegWatchers watchers, long now, long durable) {
        watchers.collect(now, LegEventBatch.getDefaultInstance(), durable).forEach(Runnable::run);
    }

    private static LegEvent event(long sequence) {
        return LegEvent.newBuilder().setSequence(sequence).build();
    }
}
