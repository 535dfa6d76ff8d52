package io.callisto.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.gateway.events.CallStream;
import io.callisto.gateway.v1.CallPhase;
import io.callisto.gateway.v1.CallState;
import io.callisto.gateway.v1.PlaceResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeEventsTest {
    private static final String JOB = "job/1/0";
    private static final String OTHER_JOB = "job/2/0";

    @TempDir
    Path root;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(root.resolve("g1"));
    }

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void events_of_a_scope_reach_its_watcher_merged_and_in_batches() {
        Bench.Stream stream = new Bench.Stream();
        assertThat(bench.exchange.watch(JOB, 1, stream)).isNotNull();
        bench.exchange.tick();
        assertThat(stream.batches).hasSize(1);
        bench.place(JOB, 1, 10, 11);
        bench.place(OTHER_JOB, 1, 20);

        bench.advance(Duration.ofSeconds(20));

        assertThat(stream.batches).hasSize(2);
        assertThat(stream.states()).extracting(CallState::getPhase).containsOnly(CallPhase.ENDED);
        assertThat(stream.states()).hasSize(2);
        assertThat(stream.batches.get(1).getTicket()).isEqualTo(bench.exchange.ticket());
        bench.advance(Duration.ofSeconds(1));
        assertThat(stream.batches).hasSize(3);
    }

    @Test
    void a_watcher_that_is_not_ready_gets_the_last_state_later() {
        Bench.Stream stream = new Bench.Stream();
        bench.exchange.watch(JOB, 1, stream);
        stream.ready = false;
        bench.place(JOB, 1, 10);
        bench.advance(Duration.ofSeconds(2));
        bench.advance(Duration.ofSeconds(30));
        assertThat(stream.batches).isEmpty();

        stream.ready = true;
        bench.exchange.tick();
        assertThat(stream.states()).extracting(CallState::getPhase).containsExactly(CallPhase.ENDED);
    }

    @Test
    @Requirement("CM-4")
    void the_newest_watcher_and_a_higher_epoch_end_the_older_watchers() {
        Bench.Stream first = new Bench.Stream();
        Bench.Stream second = new Bench.Stream();
        Bench.Stream third = new Bench.Stream();
        bench.exchange.watch(JOB, 1, first);
        bench.exchange.watch(JOB, 1, second);
        bench.exchange.tick();
        assertThat(first.end).isEqualTo(CallStream.End.REPLACED);
        assertThat(second.end).isNull();

        bench.exchange.announce(JOB, 2);
        bench.exchange.tick();
        assertThat(second.end).isEqualTo(CallStream.End.REPLACED);

        bench.exchange.watch(JOB, 2, third);
        bench.exchange.tick();
        assertThat(third.end).isNull();
    }

    @Test
    void without_a_watcher_nothing_is_kept_but_the_state() {
        bench.place(JOB, 1, 10);
        bench.advance(Duration.ofSeconds(60));
        Bench.Stream late = new Bench.Stream();
        bench.exchange.watch(JOB, 1, late);
        bench.exchange.tick();

        assertThat(late.states()).isEmpty();
        assertThat(bench.resolve(JOB, 1, 10).getPhase()).isEqualTo(CallPhase.ENDED);
    }

    @Test
    void large_batches_are_split_for_the_watcher() {
        Bench.Stream stream = new Bench.Stream();
        bench.exchange.watch(JOB, 1, stream);
        int rounds = 120;
        for (int round = 0; round < rounds; round++) {
            int first = 1_000 + round * 100;
            int[] ids = IntStream.range(0, Bench.CAPACITY)
                    .map(i -> first + 10 * i + 1)
                    .toArray();
            assertThat(bench.place(JOB, 1, ids)).isEqualTo(Collections.nCopies(ids.length, PlaceResult.PLACED));
            stream.ready = false;
            bench.advance(Duration.ofSeconds(1));
        }
        stream.ready = true;
        bench.exchange.tick();

        assertThat(stream.states()).hasSize(rounds * Bench.CAPACITY);
        assertThat(stream.batches).hasSize(3).allMatch(batch -> batch.getCallsCount() <= 500);
    }
}
