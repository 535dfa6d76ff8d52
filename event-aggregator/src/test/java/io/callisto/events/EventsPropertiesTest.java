package io.callisto.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.domain.Requirement;
import io.callisto.event.contract.EventType;
import io.callisto.events.topics.TopicShape;
import io.callisto.outbox.relay.TopicNames;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EventsPropertiesTest {
    @Test
    void defaults_are_poms() {
        EventsProperties events = bind("callisto.events", EventsProperties.class, Map.of());

        assertThat(events.partitions()).isEqualTo(1);
        assertThat(events.retention()).isEqualTo(Duration.ofDays(7));
        assertThat(events.topicNaming()).isEqualTo(TopicNames.POM_4);
        assertThat(events.removeTopicsOfDeletedOrganisations()).isTrue();
        assertThat(events.correctRetention()).isFalse();
        assertThat(events.topics()).isEmpty();
        assertThat(events.batchRows()).isEqualTo(2_000);
        assertThat(bind("callisto.outbox", OutboxProperties.class, Map.of()).shards())
                .isEqualTo(1);
        assertThat(bind("callisto.kafka", KafkaProperties.class, Map.of()).replicationFactor())
                .isNull();
    }

    @Test
    void everything_can_be_set() {
        EventsProperties events = bind(
                "callisto.events",
                EventsProperties.class,
                Map.ofEntries(
                        Map.entry("callisto.events.partitions", "6"),
                        Map.entry("callisto.events.retention", "72h"),
                        Map.entry("callisto.events.topic-naming", "both"),
                        Map.entry("callisto.events.correct-retention", "true"),
                        Map.entry("callisto.events.remove-topics-of-deleted-organisations", "false"),
                        Map.entry("callisto.events.batch-rows", "500"),
                        Map.entry("callisto.events.gather", "0"),
                        Map.entry("callisto.events.gather-most", "50ms"),
                        Map.entry("callisto.events.gather-rows", "7"),
                        Map.entry("callisto.events.statistics-gather", "2s"),
                        Map.entry("callisto.events.idle", "1s"),
                        Map.entry("callisto.events.retry", "2s"),
                        Map.entry("callisto.events.organisation-check", "3s")));

        assertThat(events)
                .isEqualTo(new EventsProperties(
                        6,
                        Duration.ofDays(3),
                        Map.of(),
                        TopicNames.BOTH,
                        true,
                        false,
                        500,
                        Duration.ZERO,
                        Duration.ofMillis(50),
                        7,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3)));
        assertThat(bind(
                        "callisto.kafka",
                        KafkaProperties.class,
                        Map.of(
                                "callisto.kafka.bootstrap-servers", "k1:9092,k2:9092",
                                "callisto.kafka.replication-factor", "3",
                                "callisto.kafka.min-insync-replicas", "2",
                                "callisto.kafka.client[security.protocol]", "SSL")))
                .isEqualTo(new KafkaProperties("k1:9092,k2:9092", 3, 2, Map.of("security.protocol", "SSL")));
    }

    @Test
    @Requirement("EV-10")
    void every_type_can_have_a_shape_of_its_own_over_the_general_one() {
        EventsProperties events = bind(
                "callisto.events",
                EventsProperties.class,
                Map.of(
                        "callisto.events.topics.ATTEMPT.partitions", "6",
                        "callisto.events.topics.ATTEMPT.retention", "72h",
                        "callisto.events.topics.jobstatistics.replicas", "2",
                        "callisto.events.topics.jobstatistics.min-insync-replicas", "1"));
        TopicShape general = new TopicShape(1, Duration.ofDays(7), 3, 2);

        assertThat(events.shapes(general))
                .containsOnly(
                        Map.entry(EventType.ATTEMPT, new TopicShape(6, Duration.ofDays(3), 3, 2)),
                        Map.entry(EventType.JOBSTATISTICS, new TopicShape(1, Duration.ofDays(7), 2, 1)));
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> new TopicShape(1, Duration.ofDays(7), 2, 3))
                .hasMessageContaining("nothing could ever be published");
        assertThatThrownBy(() -> new TopicShape(0, Duration.ofDays(7), null, null))
                .hasMessageContaining("partitions");
        assertThatThrownBy(() -> new TopicShape(1, Duration.ZERO, null, null)).hasMessageContaining("retention");
        assertThatThrownBy(() -> bind(
                        "callisto.events",
                        EventsProperties.class,
                        Map.of("callisto.events.topics.ORDERS.partitions", "2")))
                .isInstanceOf(BindException.class);
        assertThatThrownBy(
                        () -> bind("callisto.outbox", OutboxProperties.class, Map.of("callisto.outbox.full-rows", "0")))
                .hasStackTraceContaining("callisto.outbox.full-rows");
        assertThatThrownBy(() ->
                        bind("callisto.events", EventsProperties.class, Map.of("callisto.events.partitions", "0")))
                .isInstanceOf(BindException.class)
                .hasStackTraceContaining("callisto.events.partitions");
        assertThatThrownBy(
                        () -> bind("callisto.events", EventsProperties.class, Map.of("callisto.events.gather", "1s")))
                .hasStackTraceContaining("callisto.events.gather-most");
        assertThatThrownBy(
                        () -> bind("callisto.outbox", OutboxProperties.class, Map.of("callisto.outbox.shards", "65")))
                .isInstanceOf(BindException.class)
                .hasStackTraceContaining("callisto.outbox.shards");
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }
}
