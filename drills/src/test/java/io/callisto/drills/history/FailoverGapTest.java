package io.callisto.drills.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailoverGapTest {
    private static final Instant FAULT = Instant.parse("2026-03-01T10:00:10Z");

    @Test
    void the_gap_lies_between_the_last_effect_before_and_the_first_after() {
        List<Instant> effects = new ArrayList<>(steady());
        effects.add(at(1_400));
        effects.add(at(1_450));

        assertThat(FailoverGap.of(effects, FAULT, at(1_390), at(5_000)))
                .isEqualTo(new FailoverGap(1_450, FailoverGap.Basis.EFFECTS));
    }

    @Test
    void a_longer_gap_later_in_the_takeover_counts() {
        List<Instant> effects = new ArrayList<>(steady());
        effects.addAll(List.of(at(100), at(150), at(2_650), at(2_700)));

        assertThat(FailoverGap.of(effects, FAULT, null, at(5_000)).millis()).isEqualTo(2_500);
    }

    @Test
    void what_happens_after_the_end_does_not_count() {
        List<Instant> effects = new ArrayList<>(steady());
        effects.addAll(List.of(at(300), at(9_000)));

        assertThat(FailoverGap.of(effects, FAULT, null, at(5_000)).millis()).isEqualTo(350);
    }

    @Test
    void where_effects_are_rare_the_first_work_counts_from_the_fault() {
        List<Instant> effects = List.of(at(-9_000), at(-5_000), at(-1_000), at(900));

        assertThat(FailoverGap.of(effects, FAULT, at(900), at(5_000)))
                .isEqualTo(new FailoverGap(900, FailoverGap.Basis.FIRST_WORK));
    }

    @Test
    void where_no_effect_followed_the_first_work_counts_too() {
        assertThat(FailoverGap.of(steady(), FAULT, at(700), at(5_000)))
                .isEqualTo(new FailoverGap(700, FailoverGap.Basis.FIRST_WORK));
    }

    @Test
    void nothing_known_is_no_gap() {
        assertThat(FailoverGap.of(List.of(), FAULT, null, at(5_000)))
                .isEqualTo(new FailoverGap(0, FailoverGap.Basis.NONE));
    }

    @Test
    void a_clients_gap_is_the_longest_from_its_last_success_before_the_fault() {
        assertThat(FailoverGap.plain(List.of(at(-2_000), at(1_000), at(1_500)), FAULT, at(5_000)))
                .isEqualTo(new FailoverGap(3_000, FailoverGap.Basis.EFFECTS));
        assertThat(FailoverGap.plain(List.of(at(-2_000)), FAULT, at(5_000)).basis())
                .isEqualTo(FailoverGap.Basis.NONE);
        assertThat(FailoverGap.plain(List.of(at(100)), FAULT, at(5_000)).basis())
                .isEqualTo(FailoverGap.Basis.NONE);
    }

    private static List<Instant> steady() {
        return List.of(at(-450), at(-350), at(-250), at(-150), at(-50));
    }

    private static Instant at(long millis) {
        return FAULT.plusMillis(millis);
    }
}
