package io.callisto.drills.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    @Test
    void are_values_that_were_seen() {
        Percentiles hundred =
                Percentiles.of(LongStream.rangeClosed(1, 100).boxed().toList());

        assertThat(hundred.p50()).hasValue(50);
        assertThat(hundred.p99()).hasValue(99);
    }

    @Test
    void the_99th_of_few_is_the_worst() {
        Percentiles twenty =
                Percentiles.of(LongStream.rangeClosed(1, 20).boxed().toList());

        assertThat(twenty.p50()).hasValue(10);
        assertThat(twenty.p99()).hasValue(20);
        assertThat(Percentiles.of(List.of(7L)).p50()).hasValue(7);
    }

    @Test
    void nothing_has_none() {
        assertThat(Percentiles.of(List.of()).p99()).isEmpty();
    }
}
