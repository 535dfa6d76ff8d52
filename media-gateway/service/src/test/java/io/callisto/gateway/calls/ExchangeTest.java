package io.callisto.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.domain.Requirement;
import io.callisto.gateway.registry.RegistryFull;
import io.callisto.gateway.registry.SpaceReservation;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import io.callisto.gateway.v1.CallState;
import io.callisto.gateway.v1.PlaceResult;
import io.callisto.gateway.v1.RegistryEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeTest {
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
    void a_call_walks_through_its_phases_with_their_times() {
        assertThat(bench.place(JOB, 1, 10)).containsExactly(PlaceResult.PLACED);
        assertThat(bench.resolve(JOB, 1, 10).getPhase()).isEqualTo(CallPhase.DIALING);

        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.resolve(JOB, 1, 10).getPhase()).isEqualTo(CallPhase.RINGING);
        bench.advance(Duration.ofSeconds(5));
        CallState answered = bench.resolve(JOB, 1, 10);
        assertThat(answered.getPhase()).isEqualTo(CallPhase.ANSWERED);
        assertThat(answered.getOutcome()).isEqualTo(CallOutcome.ANSWER_MACHINE);
        bench.advance(Duration.ofSeconds(10));

        CallState ended = bench.resolve(JOB, 1, 10);
        assertThat(ended.getPhase()).isEqualTo(CallPhase.ENDED);
        assertThat(ended.getRingingAtEpochMillis() - ended.getDialedAtEpochMillis())
                .isEqualTo(1_000);
        assertThat(ended.getAnsweredAtEpochMillis() - ended.getRingingAtEpochMillis())
                .isEqualTo(5_000);
        assertThat(ended.getEndedAtEpochMillis() - ended.getAnsweredAtEpochMillis())
                .isEqualTo(10_000);
        assertThat(bench.exchange.status().liveCalls()).isZero();
    }

    @Test
    void it_rings_for_the_ring_timeout_where_nobody_answers() {
        bench.place(JOB, 1, 12);

        bench.advance(Duration.ofSeconds(30));
        assertThat(bench.resolve(JOB, 1, 12).getPhase()).isEqualTo(CallPhase.RINGING);
        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.resolve(JOB, 1, 12).getOutcome()).isEqualTo(CallOutcome.RING_NO_ANSWER);
    }

    @Test
    @Requirement("CM-4")
    void a_seen_id_is_never_placed_again_by_whomever() {
        bench.place(JOB, 1, 10, 11, 10);
        bench.advance(Duration.ofSeconds(60));

        assertThat(bench.place(JOB, 1, 10)).containsExactly(PlaceResult.ALREADY_SEEN);
        assertThat(bench.place(JOB, 2, 11)).containsExactly(PlaceResult.ALREADY_SEEN);
        assertThat(bench.place(OTHER_JOB, 1, 11)).containsExactly(PlaceResult.ALREADY_SEEN);
        assertThat(bench.list("")).hasSize(2);
    }

    @Test
    void an_id_twice_in_one_batch_is_placed_once() {
        assertThat(bench.place(JOB, 1, 10, 11, 10))
                .containsExactly(PlaceResult.PLACED, PlaceResult.PLACED, PlaceResult.ALREADY_SEEN);
    }

    @Test
    @Requirement("CM-4")
    void a_lower_epoch_is_refused_everywhere_and_records_nothing() {
        assertThat(bench.exchange.announce(JOB, 5)).isEqualTo(new ScopeAnswer(true, 5));
        bench.place(JOB, 5, 10);

        assertThat(bench.exchange.announce(JOB, 4)).isEqualTo(new ScopeAnswer(false, 5));
        assertThat(bench.place(JOB, 4, 20, 21)).containsOnly(PlaceResult.STALE_EPOCH);
        assertThat(bench.exchange.resolve(JOB, 4, List.of(Bench.id(10))))
                .isEqualTo(new ResolveAnswer(false, 5, List.of()));
        assertThat(bench.exchange.hangUp(JOB, 4, List.of(Bench.id(10)))).isEqualTo(new ScopeAnswer(false, 5));
        assertThat(bench.exchange.watch(JOB, 4, new Bench.Stream())).isNull();
        assertThat(bench.exchange.status().liveCalls()).isEqualTo(1);
        assertThat(bench.list("")).hasSize(1);
    }

    @Test
    void one_scope_does_not_block_another() {
        bench.exchange.announce(JOB, 500);

        assertThat(bench.place(OTHER_JOB, 1, 10)).containsExactly(PlaceResult.PLACED);
        assertThat(bench.place(JOB, 499, 11)).containsExactly(PlaceResult.STALE_EPOCH);
    }

    @Test
    void a_higher_epoch_fences_by_acting() {
        bench.place(JOB, 1, 10);
        bench.place(JOB, 2, 11);

        assertThat(bench.place(JOB, 1, 12)).containsExactly(PlaceResult.STALE_EPOCH);
    }

    @Test
    @Requirement("CM-5")
    void an_unknown_attempt_gets_a_tombstone_that_keeps_it_from_being_placed() {
        assertThat(bench.resolve(JOB, 1, 10).getPhase()).isEqualTo(CallPhase.NEVER_PLACED);
        assertThat(bench.place(JOB, 1, 10)).containsExactly(PlaceResult.ALREADY_SEEN);

        try (Bench again = bench.crash(root.resolve("crashed"))) {
            assertThat(again.place(JOB, 1, 10)).containsExactly(PlaceResult.ALREADY_SEEN);
            RegistryEntry entry = again.list("").get(0);
            assertThat(entry.getRefused()).isTrue();
            assertThat(entry.getPhase()).isEqualTo(CallPhase.NEVER_PLACED);
        }
    }

    @Test
    void a_command_older_than_its_ttl_is_recorded_as_refused() {
        long ticket = bench.exchange.ticket();
        bench.advance(Duration.ofMillis(Bench.TTL_MILLIS + 1));

        assertThat(bench.placeWith(JOB, 1, ticket, 4711, 10)).containsExactly(PlaceResult.TOO_LATE);
        assertThat(bench.place(JOB, 1, 10)).containsExactly(PlaceResult.ALREADY_SEEN);
        assertThat(bench.resolve(JOB, 1, 10).getPhase()).isEqualTo(CallPhase.NEVER_PLACED);
        assertThat(bench.placeWith(JOB, 1, 0, 4711, 11)).containsExactly(PlaceResult.TOO_LATE);
    }

    @Test
    void a_ticket_of_before_a_restart_is_too_late() {
        bench.clock.advance(Duration.ofSeconds(60));
        long ticket = bench.exchange.ticket();
        try (Bench again = bench.crash(root.resolve("crashed"))) {
            again.clock.advance(Duration.ofSeconds(60));
            assertThat(again.placeWith(JOB, 1, ticket, 4711, 10)).containsExactly(PlaceResult.TOO_LATE);
        }
    }

    @Test
    void a_call_beyond_the_capacity_is_recorded_as_refused_until_another_ends() {
        int[] ids = IntStream.range(0, Bench.CAPACITY).map(i -> 10 + 10 * i).toArray();
        assertThat(bench.place(JOB, 1, ids)).containsOnly(PlaceResult.PLACED);

        assertThat(bench.place(JOB, 1, 5)).containsExactly(PlaceResult.NO_CAPACITY);
        assertThat(bench.resolve(JOB, 1, 5).getPhase()).isEqualTo(CallPhase.NEVER_PLACED);
        bench.advance(Duration.ofSeconds(16));
        assertThat(bench.place(JOB, 1, 6)).containsExactly(PlaceResult.PLACED);
    }

    @Test
    @Requirement("CM-5")
    void an_attempt_reserved_for_another_registry_is_not_placed() {
        assertThat(bench.placeWith(JOB, 1, bench.exchange.ticket(), 4712, 10))
                .containsExactly(PlaceResult.OTHER_INCARNATION);
        assertThat(bench.list("")).isEmpty();
    }

    @Test
    void values_of_the_wrong_kind_are_invalid_one_by_one() {
        Duration ring = Duration.ofSeconds(30);
        PlaceAnswer answer = bench.exchange.place(new PlaceOrder(
                JOB,
                1,
                Bench.TTL_MILLIS,
                bench.exchange.ticket(),
                List.of(
                        new CallOrder(null, Bench.number(1), ring, 4711),
                        new CallOrder(Bench.id(2), null, ring, 4711),
                        new CallOrder(Bench.id(3), Bench.number(3), null, 4711),
                        new CallOrder(Bench.id(4), Bench.number(4), ring, 4711))));

        assertThat(answer.results())
                .containsExactly(PlaceResult.INVALID, PlaceResult.INVALID, PlaceResult.INVALID, PlaceResult.PLACED);
    }

    @Test
    @Requirement({"CM-4", "CM-5"})
    void after_a_crash_calls_fence_and_refusals_are_as_before_and_live_calls_are_lost() {
        bench.exchange.announce(JOB, 7);
        bench.place(JOB, 7, 10, 11);
        bench.advance(Duration.ofSeconds(2));
        bench.place(OTHER_JOB, 3, 20);

        try (Bench again = bench.crash(root.resolve("crashed"))) {
            assertThat(again.lost).isEqualTo(2);
            assertThat(again.registry.incarnation()).isEqualTo(bench.registry.incarnation());
            assertThat(again.place(JOB, 6, 30)).containsExactly(PlaceResult.STALE_EPOCH);
            assertThat(again.resolve(JOB, 7, 10).getOutcome()).isEqualTo(CallOutcome.LOST);
            assertThat(again.resolve(JOB, 7, 11).getOutcome()).isEqualTo(CallOutcome.BUSY);
            assertThat(again.resolve(OTHER_JOB, 3, 20).getPhase()).isEqualTo(CallPhase.ENDED);
            assertThat(again.list("")).extracting(RegistryEntry::getRefused).containsOnly(false);

            try (Bench third = again.crash(root.resolve("crashed again"))) {
                assertThat(third.lost).isZero();
                assertThat(third.resolve(JOB, 7, 10).getOutcome()).isEqualTo(CallOutcome.LOST);
            }
        }
    }

    @Test
    void the_registry_is_listed_by_scope_in_order() {
        bench.place(JOB, 1, 10);
        bench.place(OTHER_JOB, 2, 21);
        bench.place(JOB, 3, 11);
        bench.advance(Duration.ofSeconds(1));

        assertThat(bench.list("job/1/"))
                .extracting(RegistryEntry::getEpoch, RegistryEntry::getOutcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, CallOutcome.CALL_OUTCOME_UNSPECIFIED),
                        org.assertj.core.groups.Tuple.tuple(3L, CallOutcome.BUSY));
        assertThat(bench.list("")).hasSize(3);
    }

    @Test
    void hanging_up_ends_a_call_by_what_it_had_come_to() {
        bench.place(JOB, 1, 10, 13);
        bench.advance(Duration.ofSeconds(2));
        bench.exchange.hangUp(JOB, 1, List.of(Bench.id(10), Bench.id(99)));
        bench.advance(Duration.ofSeconds(5));
        bench.exchange.hangUp(JOB, 1, List.of(Bench.id(13)));
        bench.advance(Duration.ofSeconds(60));

        assertThat(bench.resolve(JOB, 1, 10).getOutcome()).isEqualTo(CallOutcome.RING_NO_ANSWER);
        CallState answered = bench.resolve(JOB, 1, 13);
        assertThat(answered.getOutcome()).isEqualTo(CallOutcome.ANSWER_MACHINE);
        assertThat(answered.getEndedAtEpochMillis() - answered.getDialedAtEpochMillis())
                .isEqualTo(7_000);
        assertThat(bench.resolve(JOB, 1, 99).getPhase()).isEqualTo(CallPhase.NEVER_PLACED);
    }

    @Test
    void a_draining_gateway_takes_no_calls_but_answers_and_finishes() {
        bench.place(JOB, 1, 10);
        bench.exchange.drain();

        assertThatThrownBy(() -> bench.place(JOB, 1, 13)).isInstanceOf(GatewayDraining.class);
        assertThat(bench.resolve(JOB, 1, 13).getPhase()).isEqualTo(CallPhase.NEVER_PLACED);
        bench.advance(Duration.ofSeconds(60));
        assertThat(bench.exchange.status().liveCalls()).isZero();
        assertThat(bench.exchange.status().draining()).isTrue();
    }

    @Test
    void a_full_disk_refuses_new_calls_while_live_ones_go_on() {
        AtomicBoolean full = new AtomicBoolean();
        SpaceReservation disk = (channel, from, to) -> {
            if (full.get()) {
                throw new IOException("No space left on device");
            }
            SpaceReservation.ZEROS.reserve(channel, from, to);
        };
        try (Bench small = new Bench(root.resolve("small"), disk)) {
            small.place(JOB, 1, 10);
            full.set(true);

            assertThatThrownBy(() -> {
                        for (int i = 100; ; i += Bench.CAPACITY * 100) {
                            small.place(
                                    JOB,
                                    1,
                                    IntStream.range(i, i + Bench.CAPACITY * 100).toArray());
                        }
                    })
                    .isInstanceOf(RegistryFull.class)
                    .hasMessageContaining("No space left on device");

            small.advance(Duration.ofSeconds(60));
            assertThat(small.exchange.announce(JOB, 2).accepted()).isTrue();
            assertThat(small.resolve(JOB, 2, 10).getOutcome()).isEqualTo(CallOutcome.ANSWER_MACHINE);
        }
    }
}
