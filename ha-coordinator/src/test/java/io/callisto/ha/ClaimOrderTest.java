package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.ha.ClaimOrder.Ask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClaimOrderTest {
    private static final Set<String> DIRECTOR = Set.of("campaign-director");
    private static final Scope ZONE = new Scope("director/1");

    @Test
    @Requirement({"DEP-4", "CD-2"})
    void two_survivors_share_what_is_free_at_once_and_the_other_comes_a_step_later() {
        Landscape landscape = new Landscape(Map.of("s3", DIRECTOR, "s4", DIRECTOR), Map.of(), Map.of(), Map.of());
        List<Ask> free = List.of(director("director"), director("director/1"), director("director/2"));
        ClaimOrder s3 = ClaimOrder.of("s3", free, landscape);
        ClaimOrder s4 = ClaimOrder.of("s4", free, landscape);
        assertThat(s3.waitMillis())
                .containsExactlyInAnyOrderEntriesOf(waits("director", 0, "director/1", 0, "director/2", 1));
        assertThat(s4.waitMillis())
                .containsExactlyInAnyOrderEntriesOf(waits("director", 1, "director/1", 1, "director/2", 0));
        assertThat(s3.sequence()).extracting(Scope::value).containsExactly("director/1", "director/2", "director");
    }

    @Test
    void the_wished_server_has_a_head_start_while_it_lives_and_nothing_else() {
        Landscape living = new Landscape(
                Map.of("s1", DIRECTOR, "s2", DIRECTOR), Map.of("s2", Map.of("director/", 9)), Map.of(), Map.of());
        assertThat(wait("s2", "s2", living)).isZero();
        assertThat(wait("s1", "s2", living)).isEqualTo(ClaimOrder.STEP_MILLIS + ClaimOrder.WISH_MILLIS);
        Landscape away = new Landscape(Map.of("s1", DIRECTOR, "s3", DIRECTOR), Map.of(), Map.of(), Map.of());
        assertThat(wait("s1", "s2", away)).isZero();
        Landscape otherService =
                new Landscape(Map.of("s1", DIRECTOR, "s2", Set.of("rule-engine")), Map.of(), Map.of(), Map.of());
        assertThat(wait("s1", "s2", otherService)).isZero();
    }

    @Test
    @Requirement("CD-2")
    void a_process_that_has_just_begun_lets_the_others_go_first_though_it_has_least_to_do() {
        Map<String, Set<String>> both = Map.of("s1", DIRECTOR, "s2", DIRECTOR);
        Map<String, Map<String, Integer>> busy = Map.of("s2", Map.of("director/", 9));
        Landscape fresh = new Landscape(both, busy, Map.of(), Map.of("s1", DIRECTOR));
        assertThat(wait("s2", null, fresh)).isZero();
        assertThat(wait("s1", null, fresh)).isEqualTo(ClaimOrder.STEP_MILLIS + ClaimOrder.FRESH_MILLIS);

        assertThat(wait("s1", "s1", fresh)).as("the administrator wants it").isZero();
        Landscape otherService = new Landscape(both, busy, Map.of(), Map.of("s1", Set.of("rule-engine")));
        assertThat(wait("s1", null, otherService)).isZero();
        Landscape start = new Landscape(both, busy, Map.of(), both);
        assertThat(wait("s1", null, start)).as("all have just begun").isZero();
        Landscape alone = new Landscape(Map.of("s1", DIRECTOR), Map.of(), Map.of(), Map.of("s1", DIRECTOR));
        assertThat(wait("s1", null, alone)).isZero();
    }

    @Test
    void a_server_without_the_service_is_no_candidate_and_this_one_always_is() {
        Landscape landscape =
                new Landscape(Map.of("s1", Set.of("rule-engine"), "s2", DIRECTOR), Map.of(), Map.of(), Map.of());
        assertThat(wait("s2", null, landscape)).isZero();
        assertThat(wait("s9", null, landscape)).isEqualTo(ClaimOrder.STEP_MILLIS);
    }

    @Test
    void nobody_waits_for_anybody_where_nothing_is_known_and_for_a_job_never() {
        assertThat(wait("s9", null, Landscape.UNKNOWN)).isZero();
        Landscape landscape = new Landscape(
                Map.of("s1", Set.of("campaign-manager"), "s2", Set.of("campaign-manager")),
                Map.of(),
                Map.of(),
                Map.of());
        Scope job = new Scope("job/17/0");
        assertThat(ClaimOrder.of("s2", List.of(new Ask(job, "campaign-manager", "s1")), landscape)
                        .waitMillis())
                .containsEntry(job, 0L);
    }

    private static long wait(String me, @Nullable String wish, Landscape landscape) {
        return ClaimOrder.of(me, List.of(new Ask(ZONE, "campaign-director", wish)), landscape)
                .waitMillis()
                .getOrDefault(ZONE, -1L);
    }

    private static Ask director(String scope) {
        return new Ask(new Scope(scope), "campaign-director", null);
    }

    private static Map<Scope, Long> waits(Object... scopesAndRanks) {
        Map<Scope, Long> waits = new HashMap<>();
        for (int i = 0; i < scopesAndRanks.length; i += 2) {
            waits.put(new Scope((String) scopesAndRanks[i]), (Integer) scopesAndRanks[i + 1] * ClaimOrder.STEP_MILLIS);
        }
        return waits;
    }
}
