package io.callisto.domain.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.CompletionCode;
import io.callisto.domain.contact.ReservationDecision.Kind;
import io.callisto.domain.strategy.CallNode;
import io.callisto.domain.strategy.CallingWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReservationDecisionTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final List<String> BERLIN = List.of("Europe/Berlin");

    private static CallNode node(CallingWindow window) {
        return new CallNode(Duration.ofSeconds(20), 10, 10, 3, Duration.ofHours(1), window, List.of());
    }

    private static ReservationDecision decide(int placed, boolean doNotCall, @Nullable Instant last) {
        return ReservationDecision.decide(node(CallingWindow.ALWAYS), NOON, BERLIN, placed, doNotCall, last);
    }

    @Test
    void a_contact_that_nothing_forbids_is_reserved() {
        assertThat(decide(0, false, null).kind()).isEqualTo(Kind.RESERVE);
        assertThat(decide(2, false, NOON.minus(Duration.ofHours(1))).kind()).isEqualTo(Kind.RESERVE);
    }

    @Test
    void do_not_call_and_the_cap_end_the_contact() {
        assertThat(decide(0, true, null).restriction()).isEqualTo(CompletionCode.DO_NOT_CALL);
        assertThat(decide(3, false, null).restriction()).isEqualTo(CompletionCode.MAX_ATTEMPTS);
    }

    @Test
    void a_number_that_was_just_called_waits_for_the_gap() {
        Instant last = NOON.minus(Duration.ofMinutes(20));
        assertThat(decide(0, false, last)).isEqualTo(new ReservationDecision(Kind.DEFER, null, NOON.plusSeconds(2400)));
    }

    @Test
    void a_window_that_is_closed_in_one_of_the_zones_defers() {
        CallNode node = node(new CallingWindow("09:00", "18:00"));
        assertThat(ReservationDecision.decide(node, NOON, BERLIN, 0, false, null)
                        .kind())
                .isEqualTo(Kind.RESERVE);
        assertThat(ReservationDecision.decide(
                                node, NOON, List.of("Europe/Berlin", "America/Los_Angeles"), 0, false, null)
                        .kind())
                .isEqualTo(Kind.DEFER);
        assertThat(ReservationDecision.decide(node, NOON, List.of(), 0, false, null)
                        .kind())
                .isEqualTo(Kind.DEFER);
    }
}
