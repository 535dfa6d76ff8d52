package io.callisto.drills.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallingWindowTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final CallingWindow MORNING =
            new CallingWindow(LocalTime.parse("09:00"), LocalTime.parse("10:00"), NEW_YORK);
    private static final CallingWindow NIGHT =
            new CallingWindow(LocalTime.parse("23:30"), LocalTime.parse("00:30"), NEW_YORK);

    @Test
    void a_call_inside_the_contacts_own_hours_is_fine() {
        assertThat(MORNING.check(List.of(at("2026-01-15T14:30:00Z")))).isEmpty();
        assertThat(NIGHT.check(List.of(at("2026-01-15T05:10:00Z")))).isEmpty();
    }

    @Test
    @Requirement("DEP-7")
    void a_call_outside_is_found() {
        assertThat(MORNING.check(List.of(at("2026-01-15T13:59:59Z"), at("2026-01-15T15:00:00Z"))))
                .extracting(Violation::aspect)
                .containsExactly(Aspect.WINDOW, Aspect.WINDOW);
        assertThat(NIGHT.check(List.of(at("2026-01-15T05:30:00Z")))).hasSize(1);
    }

    private static PlacedCall at(String instant) {
        return new PlacedCall("g1", 1, new UUID(0, 1), "job/1/0", 5, false, Instant.parse(instant));
    }
}
