package io.callisto.rules.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.CampaignId;
import io.callisto.domain.ContactId;
import io.callisto.domain.OrganisationId;
import io.callisto.rules.decide.BatchFacts;
import io.callisto.rules.decide.ContactFacts;
import io.callisto.rules.decide.Expression;
import io.callisto.rules.decide.Expression.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RuleCompilerTest {
    /** Monday, 13:30 in Berlin and 07:30 in New York. */
    private static final Instant NOW = Instant.parse("2027-01-04T12:30:00Z");

    private static final BatchFacts BATCH =
            new BatchFacts(new OrganisationId(3), new CampaignId(4), NOW, null, 0, Duration.ZERO);
    private static final ContactFacts CONTACT = new ContactFacts(
            new ContactId(7),
            List.of("Europe/Berlin", "America/New_York"),
            false,
            2,
            5,
            NOW.minus(Duration.ofMinutes(90)),
            4,
            "49");

    private final RuleCompiler compiler = new RuleCompiler();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "organisation_id == 3 && campaign_id == 4 | HIT",
                "attempts_made >= 3 | CLEAR",
                "number_attempts == 5 | HIT",
                "do_not_call | CLEAR",
                "last_completion_code in [3, 4] | HIT",
                "country == '49' | HIT",
                "country.matches('^4[4-8]$') | CLEAR",
                "zones.exists(z, z.startsWith('America/')) | HIT",
                "local_hour == [13, 7] | HIT",
                "local_hour.exists(h, h < 8) | HIT",
                "local_hour.all(h, h < 8) | CLEAR",
                "local_minute[0] == 13 * 60 + 30 | HIT",
                "local_weekday.all(d, d == 1) | HIT",
                "minutes_since_last_attempt == 90 | HIT",
                "minutes_since_last_attempt < 60 | CLEAR"
            })
    void an_expression_sees_the_facts(String text, Truth truth) {
        assertThat(judge(text)).isEqualTo(truth);
    }

    @Test
    void a_number_never_called_was_called_long_ago() {
        ContactFacts never = new ContactFacts(new ContactId(7), List.of(), false, 0, 0, null, 0, "49");
        assertThat(compiler.compile("r", "minutes_since_last_attempt < 525600").judge(BATCH, never))
                .isEqualTo(Truth.CLEAR);
    }

    static Stream<String> broken() {
        return Stream.of(
                "",
                "attempts_made >",
                "no_such_fact == 1",
                "attempts_made + 1",
                "country == 49",
                "attempts_made.exists(x, true)",
                "no_such_function(1)",
                "country == '" + "x".repeat(5_000) + "'",
                "(".repeat(200) + "true" + ")".repeat(200),
                String.join(" && ", Collections.nCopies(300, "do_not_call")));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void what_does_not_compile_fails_for_everyone(String text) {
        assertThat(judge(text)).isEqualTo(Truth.FAILED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 / (attempts_made - 2) > 0",
                "local_hour[5] == 1",
                "country.matches('(')",
                "int('x') == 1",
                "9223372036854775807 + attempts_made > 0"
            })
    void what_cannot_be_evaluated_fails_for_this_contact(String text) {
        assertThat(judge(text)).isEqualTo(Truth.FAILED);
    }

    @Test
    void the_local_time_of_an_unknown_place_fails() {
        Expression rule = compiler.compile("r", "local_hour.exists(h, h < 8)");
        for (List<String> zones : List.of(List.<String>of(), List.of("Mars/Base"), List.of("Europe/Berlin", ""))) {
            ContactFacts lost = new ContactFacts(new ContactId(7), zones, false, 0, 0, null, 0, "49");
            assertThat(rule.judge(BATCH, lost)).isEqualTo(Truth.FAILED);
        }
        assertThat(rule.judge(BATCH, CONTACT)).isEqualTo(Truth.HIT);
    }

    @Test
    void a_runaway_expression_is_cut_off() {
        String many = "[" + String.join(",", Collections.nCopies(30, "1")) + "]";
        Expression runaway =
                compiler.compile("r", many + ".all(a, " + many + ".all(b, " + many + ".all(c, a + b + c > 0)))");
        long from = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertThat(runaway.judge(BATCH, CONTACT)).isEqualTo(Truth.FAILED);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(10));
    }

    private Truth judge(String text) {
        return compiler.compile("r", text).judge(BATCH, CONTACT);
    }
}
