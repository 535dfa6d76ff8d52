package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimingProfileTest {
    @Test
    void the_three_profiles_are_those_of_the_design() {
        assertThat(TimingProfile.named("fast").ttl()).isEqualTo(Duration.ofMillis(1500));
        assertThat(TimingProfile.named("safe").ttl()).isEqualTo(Duration.ofSeconds(3));
        assertThat(TimingProfile.named("small").ttl()).isEqualTo(Duration.ofMillis(2500));
        assertThatThrownBy(() -> TimingProfile.named("quick")).hasMessageContaining("choose fast");
    }

    @Test
    void an_unsafe_profile_is_refused_and_the_message_says_what_to_do() {
        assertThatThrownBy(() -> profile(1500, 800, 300, 500))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is unsafe")
                .hasMessageContaining("Raise callisto.ha.ttl");
        assertThatThrownBy(() -> profile(1500, 400, 100, 500)).hasMessageContaining("Raise callisto.ha.margin");
        assertThatThrownBy(() -> profile(100, 10, 50, 10)).hasMessageContaining("must be between");
    }

    @Test
    void in_every_accepted_profile_a_renewal_that_times_out_still_leaves_time_before_the_deadline() {
        Random random = new Random(5);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            TimingProfile timing;
            try {
                timing = profile(
                        200 + random.nextInt(5000),
                        10 + random.nextInt(2000),
                        10 + random.nextInt(2000),
                        10 + random.nextInt(2000));
            } catch (IllegalArgumentException e) {
                continue;
            }
            accepted++;
            long secondRenewalFails =
                    timing.renew().plus(timing.statementTimeout()).toNanos();
            assertThat(timing.deadlineNanos(1_000)).isGreaterThan(1_000 + secondRenewalFails);
            assertThat(timing.deadlineNanos(0)).isLessThan(timing.ttl().toNanos());
        }
        assertThat(accepted).isGreaterThan(1_000);
    }

    private static TimingProfile profile(int ttl, int renew, int margin, int statementTimeout) {
        return new TimingProfile(
                "test",
                Duration.ofMillis(ttl),
                Duration.ofMillis(renew),
                Duration.ofMillis(margin),
                Duration.ofMillis(statementTimeout),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2));
    }
}
