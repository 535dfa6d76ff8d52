package io.callisto.server.kafkaha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.callisto.domain.Requirement;
import io.callisto.event.contract.EventType;
import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SizingTest {
    private static SizingInput input(double attempts, int replication, int brokers, Duration retention) {
        return new SizingInput(
                attempts,
                5,
                1_000,
                250,
                20,
                20,
                Duration.ofSeconds(10),
                retention,
                replication,
                brokers,
                5,
                Duration.ofMillis(50),
                0.4);
    }

    @Test
    @Requirement("EV-10")
    void poms_own_run_stands_beside_ours_as_printed() {
        Sizing.Result result = Sizing.of(input(PublishedSizes.ATTEMPTS_PER_HOUR, 3, 3, Duration.ofDays(7)));
        assertThat(result.topics())
                .hasSize(6)
                .allSatisfy(
                        topic -> assertThat(topic.pomScaled()).isCloseTo(topic.pomPublished(), Offset.offset(1e-6)));
        assertThat(result.pomMegabytesPerHour()).isCloseTo(707, Offset.offset(1e-6));
        assertThat(result.megabytesPerHour())
                .isEqualTo(
                        result.topics().stream()
                                .mapToDouble(Sizing.Topic::megabytesPerHour)
                                .sum(),
                        Offset.offset(1e-9));
        assertThat(result.retainedGigabytes()).isCloseTo(result.megabytesPerHour() * 168 / 1_000, Offset.offset(1e-6));
    }

    @Test
    @Requirement("EV-10")
    void disk_and_network_follow_from_the_load() {
        Sizing.Result one = Sizing.of(input(60_000, 3, 3, Duration.ofDays(3)));
        Sizing.Result longer = Sizing.of(input(60_000, 3, 3, Duration.ofDays(6)));
        assertThat(longer.retainedGigabytes()).isCloseTo(2 * one.retainedGigabytes(), Offset.offset(1e-6));
        Sizing.Result spread = Sizing.of(input(60_000, 3, 6, Duration.ofDays(3)));
        assertThat(spread.diskPerBrokerGigabytes()).isCloseTo(one.diskPerBrokerGigabytes() / 2, Offset.offset(1e-6));
        Sizing.Result single = Sizing.of(input(60_000, 1, 3, Duration.ofDays(3)));
        assertThat(one.megabytesPerHour()).isCloseTo(3 * single.megabytesPerHour(), Offset.offset(1e-6));
        assertThat(one.diskPerBrokerGigabytes() * 0.6 * 3).isGreaterThan(one.retainedGigabytes());
    }

    @Test
    void an_event_costs_less_where_a_transaction_has_many() {
        double rare = Sizing.storedPerHour(EventType.ATTEMPT, 3_600, Duration.ofMillis(50)) / 3_600;
        double often = Sizing.storedPerHour(EventType.ATTEMPT, 3_600_000, Duration.ofMillis(50)) / 3_600_000;
        EventSizes size = EventSizes.of(EventType.ATTEMPT);
        assertThat(rare)
                .isCloseTo(size.batchBytes() + EventSizes.MARKER_BYTES + size.eventBytes(), Offset.offset(20.0));
        assertThat(often).isLessThan(rare / 3);
    }

    @Test
    void impossible_loads_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> input(1, 3, 2, Duration.ofHours(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> input(-1, 1, 1, Duration.ofHours(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> input(1, 1, 1, Duration.ZERO));
    }
}
