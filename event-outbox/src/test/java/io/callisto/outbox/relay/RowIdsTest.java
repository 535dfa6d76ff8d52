package io.callisto.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowIdsTest {
    @Test
    void runs_of_ids_are_written_as_ranges() {
        assertThat(RowIds.of(LongStream.rangeClosed(17, 1016)).text()).isEqualTo("17-1016");
        assertThat(RowIds.of(LongStream.of(9, 1, 2, 3, 5, 10)).text()).isEqualTo("1-3,5,9-10");
        assertThat(RowIds.NONE.text()).isEmpty();
    }

    @Test
    void what_is_written_is_read_back() {
        Random random = new Random(42);
        for (int size = 0; size < 200; size++) {
            RowIds ids = RowIds.of(random.longs(size, 1, 300));

            assertThat(RowIds.parse(ids.text())).isEqualTo(ids);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1,", "-5", "7-3", "1-9223372036854775807", "1-200000", "1 - 3"})
    void a_foreign_text_is_refused(String text) {
        assertThatThrownBy(() -> RowIds.parse(text))
                .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class);
    }
}
