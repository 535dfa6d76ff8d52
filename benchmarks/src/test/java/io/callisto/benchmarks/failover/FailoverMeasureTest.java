package io.callisto.benchmarks.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FailoverMeasureTest {
    private static final long FAULT = 1_000_000;

    @Test
    void the_gap_reaches_from_the_victims_last_effect_to_the_successors_first() {
        FailoverMeasure measure = measure(effect("a", 975), effect("a", 990), effect("b", 3_240), effect("b", 3_265));
        assertThat(measure.gapMillis()).hasValue(2_250);
        assertThat(measure.rivals()).isZero();
        assertThat(measure.late()).isZero();
    }

    @Test
    void a_pause_before_the_fault_is_not_part_of_it() {
        assertThat(measure(effect("a", 100), effect("a", 990), effect("b", 1_400))
                        .gapMillis())
                .hasValue(410);
    }

    @Test
    void an_effect_that_was_under_way_when_the_fault_came_is_the_last_one() {
        assertThat(measure(effect("a", 990), effect("a", 1_002), effect("b", 1_402))
                        .gapMillis())
                .hasValue(400);
    }

    @Test
    void a_successor_that_stumbles_counts_with_its_longest_pause() {
        assertThat(measure(effect("a", 990), effect("b", 1_100), effect("b", 1_900))
                        .gapMillis())
                .hasValue(800);
    }

    @Test
    void nobody_took_over() {
        assertThat(measure(effect("a", 990), effect("a", 1_010)).gapMillis()).isEmpty();
    }

    @Test
    void effects_of_a_frozen_owner_after_its_successors_first_are_late_and_those_before_are_not() {
        FailoverMeasure measure = measure(
                effect("a", 990), effect("a", 1_001), effect("b", 3_000), effect("a", 4_000), effect("a", 4_025));
        assertThat(measure.late()).isEqualTo(2);
    }

    @Test
    void a_second_owner_before_the_fault_is_told() {
        assertThat(measure(effect("a", 950), effect("b", 960), effect("a", 990), effect("b", 1_100))
                        .rivals())
                .isEqualTo(1);
    }

    @Test
    void a_series_tells_median_and_ends_and_counts_who_never_came() {
        Series series = new Series();
        for (long millis : new long[] {3_990, 1_990, 2_990, 9_990}) {
            series.add(measure(effect("a", 990), effect("b", millis)));
        }
        assertThat(series.median()).isEqualTo(2_500);
        assertThat(series.min()).isEqualTo(1_000);
        assertThat(series.max()).isEqualTo(9_000);
        series.add(measure(effect("a", 990)));
        assertThat(series.unfinished()).isEqualTo(1);
        assertThat(series.runs()).isEqualTo(5);
    }

    private static FailoverMeasure measure(Effect... effects) {
        return FailoverMeasure.of(List.of(effects), "a", FAULT);
    }

    private static Effect effect(String worker, long millis) {
        return new Effect(worker, millis * 1_000);
    }
}
