package io.callisto.event.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which site is followed. */
class SiteChoiceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final SiteRules RULES = SiteRules.standard();

    private static SiteView up(String name, long since, @Nullable Long grewAt) {
        return new SiteView(name, true, true, since, 0, grewAt, Set.of(), Set.of(), null, false);
    }

    private static SiteView down(String name, long since) {
        return new SiteView(name, true, false, since, 0, null, Set.of(), Set.of(), "gone", false);
    }

    private static Optional<String> decide(@Nullable String current, SiteRules rules, long now, SiteView... views) {
        return SiteChoice.decide(List.of(views), current, Optional.empty(), rules, now);
    }

    @Test
    @Requirement("EV-12")
    void the_first_one_that_answers_is_taken() {
        assertThat(decide(null, RULES, 0, down("a", 0), up("b", 0, null), up("c", 0, null)))
                .contains("b");
        assertThat(decide(null, RULES, 0, down("a", 0), SiteView.unseen("b", 0)))
                .isEmpty();
    }

    @Test
    @Requirement("EV-12")
    void a_lost_site_is_left_only_after_its_time_and_only_for_one_that_answers() {
        assertThat(decide("a", RULES, 9 * SECOND, down("a", 0), up("b", 0, null)))
                .contains("a");
        assertThat(decide("a", RULES, 10 * SECOND, down("a", 0), up("b", 0, null)))
                .contains("b");
        assertThat(decide("a", RULES, 60 * SECOND, down("a", 0), down("b", 0))).contains("a");
    }

    @Test
    void without_a_rule_for_it_nobody_goes_back() {
        assertThat(decide("b", RULES, 3600 * SECOND, up("a", 0, null), up("b", 0, null)))
                .contains("b");
        SiteRules back = RULES.withGoBackAfter(Duration.ofSeconds(60));
        assertThat(decide("b", back, 59 * SECOND, up("a", 0, null), up("b", 0, null)))
                .contains("b");
        assertThat(decide("b", back, 60 * SECOND, up("a", 0, null), up("b", 0, null)))
                .contains("a");
        assertThat(decide("a", back, 60 * SECOND, up("a", 0, null), up("b", 0, null)))
                .contains("a");
    }

    @Test
    @Requirement("EV-12")
    void a_quiet_site_is_left_for_one_with_newer_events_and_never_when_all_are_quiet() {
        SiteRules quiet = RULES.withQuietAfter(Duration.ofSeconds(30));
        long now = 100 * SECOND;
        assertThat(decide("a", quiet, now, up("a", 0, 60 * SECOND), up("b", 0, 99 * SECOND)))
                .contains("b");
        assertThat(decide("a", quiet, now, up("a", 0, 80 * SECOND), up("b", 0, 99 * SECOND)))
                .contains("a");
        assertThat(decide("a", quiet, now, up("a", 0, null), up("b", 0, null))).contains("a");
        assertThat(decide("a", quiet, now, up("a", 0, 60 * SECOND), up("b", 0, 50 * SECOND)))
                .contains("a");
        assertThat(decide("a", RULES, now, up("a", 0, null), up("b", 0, 99 * SECOND)))
                .as("only where that rule is set")
                .contains("a");
    }

    @Test
    void going_back_and_leaving_a_quiet_site_do_not_fight() {
        SiteRules both = RULES.withQuietAfter(Duration.ofSeconds(30)).withGoBackAfter(Duration.ofSeconds(10));
        long now = 100 * SECOND;
        assertThat(decide("b", both, now, up("a", 0, 10 * SECOND), up("b", 0, 99 * SECOND)))
                .contains("b");
        assertThat(decide("b", both, now, up("a", 0, 98 * SECOND), up("b", 0, 99 * SECOND)))
                .contains("a");
    }

    @Test
    @Requirement("EV-12")
    void a_marker_rules_as_long_as_it_names_a_site() {
        List<SiteView> views = List.of(up("a", 0, null), down("b", 0));
        assertThat(SiteChoice.decide(views, "a", Optional.of("b"), RULES, SECOND))
                .contains("b");
        assertThat(SiteChoice.decide(views, "a", Optional.of("x"), RULES, SECOND))
                .contains("a");
    }

    @Test
    void growth_is_seen_from_the_second_look_on() {
        SiteView first = SiteView.unseen("a", 0).answered(Set.of(), Set.of(), 100, SECOND);
        assertThat(first.grewAt()).isNull();
        SiteView second = first.answered(Set.of(), Set.of(), 101, 2 * SECOND);
        assertThat(second.grewAt()).isEqualTo(2 * SECOND);
        assertThat(second.since()).isEqualTo(SECOND);
        SiteView lost = second.silent("gone", false, 3 * SECOND);
        assertThat(lost.silent("gone", false, 4 * SECOND).since()).isEqualTo(3 * SECOND);
    }
}
