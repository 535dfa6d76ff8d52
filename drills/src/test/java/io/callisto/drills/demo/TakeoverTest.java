package io.callisto.drills.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.drills.history.Owner;
import io.callisto.drills.history.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TakeoverTest {
    private static final Instant LOSS = Instant.parse("2026-11-22T05:00:00Z");
    private static final UUID LOST = UUID.randomUUID();
    private static final UUID NEXT = UUID.randomUUID();

    @Test
    void a_role_without_a_new_master_leaves_the_takeover_open() {
        Takeover takeover = takeover(step("director", NEXT, 400, 600, 900));
        assertThat(takeover.complete()).isFalse();
        assertThat(takeover.missing()).containsExactly("rule-engine");
    }

    @Test
    void a_role_that_was_claimed_and_not_taken_over_is_not_there_yet() {
        assertThat(takeover(step("director", NEXT, 400, 600, 900), step("rule-engine", NEXT, 400, null, null))
                        .complete())
                .isFalse();
    }

    @Test
    void the_lost_server_is_no_successor_of_itself() {
        assertThat(takeover(step("director", NEXT, 400, 600, 900), step("rule-engine", LOST, 400, 500, 600))
                        .missing())
                .containsExactly("rule-engine");
    }

    @Test
    void seconds_count_to_the_first_work_or_to_the_takeover_where_there_was_none_to_do() {
        Takeover takeover =
                takeover(step("director", NEXT, 400, 600, 900), step("rule-engine", NEXT, 1_400, 1_500, null));
        assertThat(takeover.complete()).isTrue();
        assertThat(takeover.seconds()).isEqualTo(Map.of("director", 0.9, "rule-engine", 1.5));
        assertThat(takeover.lines()).anyMatch(line -> line.contains("rule-engine") && line.contains("none to do yet"));
    }

    private static Takeover takeover(Transition... transitions) {
        return new Takeover(
                "s1",
                LOSS,
                List.of(
                        new Owner("director", 1, LOST, "s1", "server", true),
                        new Owner("rule-engine", 1, LOST, "s1", "server", true)),
                List.of(transitions),
                Map.of(LOST, "s1", NEXT, "s2"));
    }

    private static Transition step(String scope, UUID to, long at, @Nullable Integer ready, @Nullable Integer work) {
        return new Transition(
                scope,
                2,
                LOST,
                to,
                "EXPIRED",
                LOSS.plusMillis(at),
                LOSS.plusMillis(at),
                ready == null ? null : LOSS.plusMillis(ready),
                work == null ? null : LOSS.plusMillis(work),
                "work");
    }
}
