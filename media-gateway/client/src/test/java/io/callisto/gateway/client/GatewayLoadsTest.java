package io.callisto.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.gateway.v1.LegLoad;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GatewayLoadsTest {
    private final AtomicLong now = new AtomicLong();
    private final GatewayLoads loads =
            new GatewayLoads(Gateways.parse("g1=127.0.0.1:1,g2=127.0.0.1:2,g3=127.0.0.1:3"), now::get);

    @Test
    void legs_are_spread_by_free_room_in_proportion_to_size() {
        loads.heard("g1", load(0, 100, false));
        loads.heard("g2", load(0, 300, false));
        Map<String, Integer> chosen = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            chosen.merge(loads.choose().orElseThrow(), 1, Integer::sum);
        }
        assertThat(chosen.get("g1")).isBetween(49, 51);
        assertThat(chosen.get("g2")).isBetween(149, 151);
    }

    @Test
    @Requirement({"FS-4", "FS-5"})
    void one_that_drains_is_full_silent_or_lost_takes_nothing() {
        assertThat(loads.choose()).isEmpty();
        loads.heard("g1", load(0, 100, true));
        loads.heard("g2", load(100, 100, false));
        assertThat(loads.choose()).isEmpty();
        loads.heard("g3", load(99, 100, false));
        assertThat(loads.choose()).contains("g3");
        assertThat(loads.choose()).isEmpty();
        loads.heard("g3", load(50, 100, false));
        assertThat(loads.choose(Set.of("g3"))).isEmpty();
        now.addAndGet(GatewayLoads.SILENCE.toNanos());
        assertThat(loads.alive("g3")).isTrue();
        now.incrementAndGet();
        assertThat(loads.alive("g3")).isFalse();
        assertThat(loads.choose()).isEmpty();
        loads.heard("g3", load(50, 100, false));
        assertThat(loads.choose()).contains("g3");
        loads.lost("g3");
        assertThat(loads.choose()).isEmpty();
    }

    private static LegLoad load(int live, int capacity, boolean draining) {
        return LegLoad.newBuilder()
                .setLiveLegs(live)
                .setLegCapacity(capacity)
                .setDraining(draining)
                .build();
    }
}
