package io.callisto.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.ha.FakeCoordinator;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;

/** The cache's duty, by hand. */
final class CacheOwnership {
    private CacheOwnership() {}

    /** Takes over, keeps the generation, and lets go. */
    static void prove(FakeCoordinator coordinator, Lease lease) {
        try (RoleDuty duty = coordinator.claim(lease)) {
            duty.doWork(lease);
            assertThat(duty.firstWork()).isEqualTo("generation kept");
            assertThat(duty.firstWorkDone(0)).isTrue();
        }
    }
}
