package io.callisto.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.event.contract.TopicNaming;
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
        assertThat(events.topicNaming()).isEqualTo(TopicNaming.POM_4);
        assertThat(events.removeTopicsOfDeletedOrganisations()).isFalse();
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
                Map.of(
                        "callisto.events.partitions", "6",
                        "callisto.events.retention", "72h",
                        "callisto.events.topic-naming", "pom-3",
                        "callisto.events.remove-topics-of-deleted-organisations", "true",
                        "callisto.events.batch-rows", "500",
                        "callisto.events.gather", "0",
                        "callisto.events.idle", "1s",
                        "callisto.events.retry", "2s",
                        "callisto.events.organisation-check", "3s"));

        assertThat(events)
                .isEqualTo(new EventsProperties(
                        6,
                        Duration.ofDays(3),
                        TopicNaming.POM_3,
                        true,
                        500,
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3)));
        assertThat(bind(
                        "callisto.kafka",
                        KafkaProperties.class,
                        Map.of(
                                "callisto.kafka.bootstrap-servers", "k1:9092,k2:9092",
                                "callisto.kafka.replication-factor", "3",
                                "callisto.kafka.client[security.protocol]", "SSL")))
                .isEqualTo(new KafkaProperties("k1:9092,k2:9092", 3, Map.of("security.protocol", "SSL")));
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThatThrownBy(() ->
                        bind("callisto.events", EventsProperties.class, Map.of("callisto.events.partitions", "0")))
                .isInstanceOf(BindException.class)
                .hasStackTraceContaining("callisto.events.partitions");
        assertThatThrownBy(
                        () -> bind("callisto.outbox", OutboxProperties.class, Map.of("callisto.outbox.shards", "65")))
                .isInstanceOf(BindException.class)
                .hasStackTraceContaining("callisto.outbox.shards");
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }
}
