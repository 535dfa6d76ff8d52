package io.callisto.rules.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.callisto.domain.CampaignId;
import io.callisto.domain.ContactId;
import io.callisto.domain.OrganisationId;
import io.callisto.domain.strategy.CallingWindow;
import io.callisto.rules.decide.Expression.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallDecisionTest {
    /** A Monday: 13:00 in Berlin, 07:00 in New York. */
    private static final Instant NOW = Instant.parse("2027-01-04T12:00:00Z");

    private static final String BERLIN = "Europe/Berlin";

    @Test
    void a_contact_that_nothing_speaks_against_is_allowed() {
        assertThat(decide(batch(new CallingWindow("09:00", "20:00")), contact(BERLIN)))
                .isEqualTo(Ruling.ALLOWED);
        assertThat(decide(batch(null), contact("Mars/Base"))).isEqualTo(Ruling.ALLOWED);
    }

    @Test
    void a_number_on_the_do_not_call_list_is_restricted_whatever_else_holds() {
        ContactFacts facts = facts(true, 9, NOW, BERLIN);
        assertThat(decide(batch(new CallingWindow("20:00", "21:00")), facts, rule("other", Verdict.DEFER, Truth.HIT)))
                .isEqualTo(new Ruling(Verdict.RESTRICT, "Do_Not_Call", null));
    }

    @ParameterizedTest
    @CsvSource({"0, 3, ALLOW", "2, 3, ALLOW", "3, 3, RESTRICT", "4, 3, RESTRICT", "99, 0, ALLOW"})
    void a_contact_with_all_its_attempts_is_restricted(int made, int most, Verdict verdict) {
        BatchFacts batch = new BatchFacts(new OrganisationId(0), new CampaignId(1), NOW, null, most, Duration.ZERO);
        assertThat(decide(batch, facts(false, made, null, BERLIN)).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "2027-01-04T11:00:01Z, 2027-01-04T12:00:01Z", // 59 min 59 s ago
        "2027-01-04T11:00:00Z, ",
        "2027-01-04T12:00:00Z, 2027-01-04T13:00:00Z",
        "2027-01-04T12:30:00Z, 2027-01-04T13:30:00Z" // by another transaction, after the candidates were read
    })
    void a_number_called_too_recently_waits_for_its_gap(Instant last, @Nullable Instant until) {
        Ruling expected = until == null ? Ruling.ALLOWED : new Ruling(Verdict.DEFER, "Minimum_Gap", until);
        assertThat(decide(batch(null), facts(false, 1, last, BERLIN))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "09:00, 20:00, Europe/Berlin, ALLOW, ",
        "14:00, 20:00, Europe/Berlin, DEFER, 2027-01-04T13:00:00Z",
        "09:00, 13:00, Europe/Berlin, DEFER, 2027-01-05T08:00:00Z",
        "09:00, 20:00, Europe/Berlin;America/New_York, DEFER, 2027-01-04T14:00:00Z",
        "22:00, 06:00, Europe/Berlin, DEFER, 2027-01-04T21:00:00Z",
        "22:00, 14:00, Europe/Berlin, ALLOW, ",
        "09:00, 20:00, '', RESTRICT, ",
        "09:00, 20:00, Europe/Berlin;Mars/Base, RESTRICT, ",
        "09:00, 11:00, America/New_York;America/Los_Angeles, RESTRICT, "
    })
    void a_contact_is_called_while_the_window_is_open_in_all_its_zones(
            String start, String end, String zones, Verdict verdict, @Nullable Instant until) {
        String[] all = zones.isEmpty() ? new String[0] : zones.split(";", -1);
        Ruling ruling = decide(batch(new CallingWindow(start, end)), contact(all));
        assertThat(ruling).isEqualTo(new Ruling(verdict, verdict == Verdict.ALLOW ? "" : "Calling_Window", until));
    }

    @Test
    void users_rules_are_asked_in_order_and_before_gap_and_window() {
        ContactFacts recent = facts(false, 0, NOW, "Mars/Base");
        BatchFacts batch = batch(new CallingWindow("09:00", "20:00"));
        assertThat(decide(batch, recent, rule("a", Verdict.DEFER, Truth.CLEAR), rule("b", Verdict.RESTRICT, Truth.HIT)))
                .isEqualTo(new Ruling(Verdict.RESTRICT, "b", null));
        assertThat(decide(batch, recent, rule("a", Verdict.DEFER, Truth.HIT), rule("b", Verdict.RESTRICT, Truth.HIT)))
                .isEqualTo(new Ruling(Verdict.DEFER, "a", NOW.plus(Duration.ofMinutes(15))));
        assertThat(decide(batch, recent, rule("a", Verdict.DEFER, Truth.CLEAR)).rule())
                .isEqualTo("Minimum_Gap");
    }

    @Test
    void a_rule_that_fails_puts_off_and_never_allows_nor_restricts() {
        assertThat(decide(batch(null), contact(BERLIN), rule("broken", Verdict.RESTRICT, Truth.FAILED)))
                .isEqualTo(new Ruling(Verdict.DEFER, "broken", NOW.plus(Duration.ofMinutes(15))));
    }

    @Test
    void a_rule_binds_its_organisation_and_campaign_only() {
        assertThat(decide(batch(null), contact(BERLIN), bound(0, null)).verdict())
                .isEqualTo(Verdict.RESTRICT);
        assertThat(decide(batch(null), contact(BERLIN), bound(null, 1)).verdict())
                .isEqualTo(Verdict.RESTRICT);
        assertThat(decide(batch(null), contact(BERLIN), bound(1, null), bound(0, 2), bound(null, 2)))
                .isEqualTo(Ruling.ALLOWED);
    }

    @Test
    void a_rule_cannot_allow() {
        assertThatIllegalArgumentException().isThrownBy(() -> rule("a", Verdict.ALLOW, Truth.HIT));
        assertThatIllegalArgumentException().isThrownBy(() -> new Ruling(Verdict.DEFER, "a", null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Ruling(Verdict.ALLOW, "", NOW));
    }

    private static Ruling decide(BatchFacts batch, ContactFacts contact, UserRule... rules) {
        CallDecision decision = new CallDecision(batch, List.of(rules));
        Ruling ruling = decision.decide(contact);
        assertThat(decision.decide(contact)).as("the same again").isEqualTo(ruling);
        return ruling;
    }

    private static BatchFacts batch(@Nullable CallingWindow window) {
        return new BatchFacts(new OrganisationId(0), new CampaignId(1), NOW, window, 3, Duration.ofHours(1));
    }

    private static ContactFacts contact(String... zones) {
        return facts(false, 0, null, zones);
    }

    private static ContactFacts facts(boolean doNotCall, int made, @Nullable Instant last, String... zones) {
        return new ContactFacts(new ContactId(7), List.of(zones), doNotCall, made, made, last, 0, "49");
    }

    private static UserRule rule(String name, Verdict verdict, Truth truth) {
        return new UserRule(null, null, name, verdict, (batch, contact) -> truth);
    }

    private static UserRule bound(@Nullable Integer organisation, @Nullable Integer campaign) {
        return new UserRule(
                organisation == null ? null : new OrganisationId(organisation),
                campaign == null ? null : new CampaignId(campaign),
                "bound",
                Verdict.RESTRICT,
                (batch, contact) -> Truth.HIT);
    }
}
