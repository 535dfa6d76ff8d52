package io.callisto.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.gateway.registry.CallTimes;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CallTableTest {
    @Test
    void a_million_calls_are_found_again() {
        CallTable table = new CallTable();
        SplittableRandom ids = new SplittableRandom(1);
        int calls = 1_000_000;
        for (int i = 0; i < calls; i++) {
            table.add(1000 + i / 100, ids.nextLong(), i % 7, CallPhase.DIALING, i);
        }

        SplittableRandom again = new SplittableRandom(1);
        for (int i = 0; i < calls; i++) {
            long low = again.nextLong();
            if (table.find(1000 + i / 100, low) != i || table.find(999 - i, low) != -1) {
                throw new AssertionError("entry " + i);
            }
        }
        assertThat(table.size()).isEqualTo(calls);
    }

    @Test
    void a_state_comes_back_as_it_was_set() {
        CallTable table = new CallTable();
        int entry = table.add(1, 2, 3, CallPhase.DIALING, 1_700_000_000_000L);
        CallTimes times = new CallTimes(1_700_000_000_000L, 1_700_000_000_000L, 0, 1_700_000_100_000L);

        table.set(entry, CallPhase.ENDED, CallOutcome.LOST, times);

        assertThat(table.phase(entry)).isEqualTo(CallPhase.ENDED);
        assertThat(table.outcome(entry)).isEqualTo(CallOutcome.LOST);
        assertThat(table.times(entry)).isEqualTo(times);
        assertThat(table.term(entry)).isEqualTo(3);
    }
}
