package io.callisto.director.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.director.statistics.JobFigures.Before;
import io.callisto.event.contract.JobStatisticsEvent.Attempts;
import io.callisto.event.contract.JobStatisticsEvent.Rates;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobRatesTest {
    @Test
    void rates_are_those_of_the_time_in_between() {
        Before before = new Before(4, 10.0004, 100, 60, 10);

        Rates rates = JobRates.between(before, attempts(150, 88, 12));

        assertThat(rates.seconds()).isEqualTo(10.0);
        assertThat(rates.attemptsPerHour()).isEqualTo(17_999.3);
        assertThat(rates.hitPercent()).as("30 of 50").isEqualTo(60.0);
        assertThat(rates.nuisancePercent()).as("2 of 30").isEqualTo(6.67);
    }

    @Test
    void nothing_happened_is_nothing_and_no_time_is_no_rate() {
        assertThat(JobRates.between(new Before(1, 10, 7, 3, 1), attempts(7, 3, 1)))
                .isEqualTo(new Rates(10, 0, 0, 0));
        assertThat(JobRates.between(new Before(1, 0, 0, 0, 0), attempts(7, 7, 0)))
                .isEqualTo(new Rates(0, 0, 100, 0));
    }

    @Test
    void a_disposition_that_changed_a_count_backwards_makes_no_negative_rate() {
        assertThat(JobRates.between(new Before(1, 1, 10, 5, 2), attempts(10, 4, 1)))
                .isEqualTo(new Rates(1, 0, 0, 0));
        assertThat(JobRates.between(new Before(1, 1, 10, 5, 0), attempts(11, 8, 0))
                        .hitPercent())
                .as("never more than all")
                .isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.05S", "PT2H", "-PT1S"})
    void a_cadence_out_of_range_is_refused_by_name(String cadence) {
        assertThatThrownBy(() -> new StatisticsProperties(Duration.parse(cadence)))
                .hasMessageContaining("callisto.director.statistics-every");
    }

    private static Attempts attempts(long made, long live, long nuisance) {
        return new Attempts(made, live, made - live - nuisance, 0, 0, 0, 0, 0, nuisance, 0);
    }
}
