package io.callisto.gateway.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.callisto.domain.AttemptId;
import io.callisto.gateway.v1.LegEnd;
import io.callisto.gateway.v1.LegKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PhoneSimulatorTest {
    private static final Duration RING_TIMEOUT = Duration.ofSeconds(20);

    @Test
    void the_same_seed_and_leg_repeat_and_another_seed_does_not() {
        PhoneSimulator one = new PhoneSimulator(mix(5, 2, 2, 1, 0.5), 11);
        PhoneSimulator two = new PhoneSimulator(mix(5, 2, 2, 1, 0.5), 11);
        PhoneSimulator other = new PhoneSimulator(mix(5, 2, 2, 1, 0.5), 12);
        int differences = 0;
        for (int i = 0; i < 1_000; i++) {
            PhoneScript script = one.script(id(i), LegKind.AGENT_PHONE, "100", RING_TIMEOUT);
            assertThat(two.script(id(i), LegKind.AGENT_PHONE, "100", RING_TIMEOUT))
                    .isEqualTo(script);
            assertThat(two.talkMillis(new AttemptId(id(i)), 1)).isEqualTo(one.talkMillis(new AttemptId(id(i)), 1));
            differences += other.script(id(i), LegKind.AGENT_PHONE, "100", RING_TIMEOUT)
                            .equals(script)
                    ? 0
                    : 1;
        }
        assertThat(differences).isGreaterThan(800);
    }

    @Test
    void ends_come_about_as_often_as_their_weights_say() {
        PhoneSimulator phones = new PhoneSimulator(mix(5, 2, 2, 1, 0.5), 3);
        Map<LegEnd, Integer> counts = new EnumMap<>(LegEnd.class);
        int legs = 50_000;
        for (int i = 0; i < legs; i++) {
            counts.merge(
                    phones.script(id(i), LegKind.AGENT_PHONE, "100", RING_TIMEOUT)
                            .end(),
                    1,
                    Integer::sum);
        }
        assertThat(counts.getOrDefault(LegEnd.LEG_END_UNSPECIFIED, 0) / (double) legs)
                .isCloseTo(0.25, within(0.01));
        assertThat(counts.getOrDefault(LegEnd.PHONE_HUNG_UP, 0) / (double) legs).isCloseTo(0.25, within(0.01));
        assertThat(counts.getOrDefault(LegEnd.PHONE_BUSY, 0) / (double) legs).isCloseTo(0.2, within(0.01));
        assertThat(counts.getOrDefault(LegEnd.PHONE_NO_ANSWER, 0) / (double) legs)
                .isCloseTo(0.2, within(0.01));
        assertThat(counts.getOrDefault(LegEnd.PHONE_FAILED, 0) / (double) legs).isCloseTo(0.1, within(0.01));
    }

    @Test
    void customers_talk_and_wait_as_long_as_the_settings_say() {
        PhoneSimulator phones = new PhoneSimulator(mix(1, 0, 0, 0, 0), 3);
        double talk = 0;
        int calls = 20_000;
        for (int i = 0; i < calls; i++) {
            long millis = phones.talkMillis(new AttemptId(id(i)), 1);
            assertThat(millis).isBetween(5_000L, 900_000L);
            talk += millis;
            assertThat(phones.patienceMillis(new AttemptId(id(i)), 2)).isBetween(10_000L, 30_000L);
        }
        assertThat(talk / calls).isCloseTo(90_000, within(3_000.0));
    }

    @Test
    void a_number_can_fix_the_end_and_a_trunk_is_always_up() {
        PhoneSimulator phones = new PhoneSimulator(mix(0, 1, 0, 0, 0), 3);
        assertThat(phones.script(id(1), LegKind.AGENT_PHONE, "1009", RING_TIMEOUT)
                        .answered())
                .isTrue();
        assertThat(phones.script(id(1), LegKind.AGENT_PHONE, "1008", RING_TIMEOUT)
                        .end())
                .isEqualTo(LegEnd.PHONE_BUSY);
        assertThat(phones.script(id(1), LegKind.TRUNK, "g2", RING_TIMEOUT))
                .isEqualTo(new PhoneScript(LegEnd.LEG_END_UNSPECIFIED, 80, 0));
        assertThat(phones.script(id(1), LegKind.EXTERNAL_PARTY, "+4930009", RING_TIMEOUT)
                        .hangsUp())
                .isTrue();
    }

    @Test
    void nobody_answers_after_the_ring_timeout() {
        PhoneSimulator phones = new PhoneSimulator(mix(1, 0, 0, 0, 0), 3);
        PhoneScript script = phones.script(id(1), LegKind.AGENT_PHONE, "100", Duration.ofMillis(100));
        assertThat(script).isEqualTo(new PhoneScript(LegEnd.PHONE_NO_ANSWER, 100, 0));
    }

    @Test
    void impossible_behaviour_is_refused() {
        assertThatThrownBy(() -> mix(0, 0, 0, 0, 0)).hasMessageContaining("all weights");
        assertThatThrownBy(() -> mix(-1, 1, 0, 0, 0)).hasMessageContaining("weight");
        assertThatThrownBy(() -> mix(1, 0, 0, 0, 1.5)).hasMessageContaining("drop");
    }

    private static PhoneProperties mix(double answer, double busy, double noAnswer, double failure, double drop) {
        return new PhoneProperties(
                answer,
                busy,
                noAnswer,
                failure,
                Duration.ofMillis(500),
                Duration.ofSeconds(3),
                drop,
                Duration.ofMinutes(30),
                Duration.ofMillis(80),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(90),
                Duration.ofMinutes(15),
                Duration.ofSeconds(6),
                Map.of("9", "answer"));
    }

    private static UUID id(int number) {
        return new UUID(0x0190_0000_0000_7000L + number, 0x8000_0000_0000_0000L);
    }
}
