package io.callisto.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoisonSearchTest {
    /** Publishes 100 rows, some of them poison, from the front; counts how often the log is asked. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 63, 99})
    void the_culprit_is_found_alone_and_in_order_after_few_tries(int culprit) {
        PoisonSearch search = new PoisonSearch(64);
        List<Integer> published = new ArrayList<>();
        List<Integer> quarantined = new ArrayList<>();
        int limit = 64;
        int row = 0;
        int tries = 0;
        while (row < 100) {
            int end = Math.min(100, row + limit);
            tries++;
            if (culprit < row || culprit >= end) {
                for (int i = row; i < end; i++) {
                    published.add(i);
                }
                limit = search.committed(end - row);
                row = end;
            } else if (end - row == 1) {
                quarantined.add(row);
                limit = search.found();
                row = end;
            } else {
                limit = search.refused(end - row);
            }
        }
        assertThat(quarantined).containsExactly(culprit);
        assertThat(published).hasSize(99).isSorted().doesNotContain(culprit);
        assertThat(tries).isLessThan(20);
    }

    @Test
    void a_refusal_that_does_not_come_back_ends_the_search() {
        PoisonSearch search = new PoisonSearch(64);

        assertThat(search.refused(64)).isEqualTo(32);
        assertThat(search.committed(32)).isEqualTo(32);
        assertThat(search.committed(32)).isEqualTo(64);
    }
}
