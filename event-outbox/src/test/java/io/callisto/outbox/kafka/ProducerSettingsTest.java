package io.callisto.outbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class ProducerSettingsTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final Map<String, Object> CLIENT = Map.of("bootstrap.servers", "k:9092");

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private final JdbcProducerSettingsStore store = new JdbcProducerSettingsStore(DB.dataSource());

    @Test
    void the_default_profile_is_taken_as_it_is() {
        useProfile("safe-fast");

        ProducerSettings.Effective effective = store.load().effective(CLIENT, "t");

        assertThat(effective.overridden()).isEmpty();
        assertThat(effective.config())
                .containsEntry("compression.type", "zstd")
                .containsEntry("request.timeout.ms", "4000")
                .containsEntry("transactional.id", "t")
                .containsEntry("transaction.timeout.ms", "5000")
                .containsEntry("bootstrap.servers", "k:9092");
    }

    @Test
    void poms_own_profile_can_be_chosen_at_run_time() {
        useProfile("pom");

        ProducerSettings settings = store.load();

        assertThat(settings.profile()).isEqualTo("pom");
        assertThat(settings.effective(CLIENT, "t").config())
                .containsEntry("retries", "2")
                .containsEntry("request.timeout.ms", "120000")
                .containsEntry("max.block.ms", "50000")
                .containsEntry("retry.backoff.ms", "10000")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true");
    }

    @Test
    void a_profile_that_does_not_exist_leaves_kafkas_defaults() {
        useProfile("nobody");

        assertThat(store.load().values()).isEmpty();
    }

    @Test
    void what_the_protocol_needs_wins_and_is_told() {
        ProducerSettings unsafe = new ProducerSettings(
                "unsafe",
                Map.of(
                        "acks", "1",
                        "enable.idempotence", "false",
                        "transactional.id", "mine",
                        "transaction.timeout.ms", "900000",
                        "max.in.flight.requests.per.connection", "20",
                        "retries", "0",
                        "bootstrap.servers", "elsewhere:9092",
                        "key.serializer", "x",
                        "no.such.setting", "1",
                        "linger.ms", "7"));

        ProducerSettings.Effective effective = unsafe.effective(CLIENT, "t");

        assertThat(effective.config())
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true")
                .containsEntry("transactional.id", "t")
                .containsEntry("transaction.timeout.ms", "5000")
                .containsEntry("max.in.flight.requests.per.connection", "5")
                .containsEntry("retries", "1")
                .containsEntry("bootstrap.servers", "k:9092")
                .containsEntry("linger.ms", "7")
                .doesNotContainKey("no.such.setting");
        assertThat(effective.overridden()).hasSize(9).doesNotContainKey("linger.ms");
    }

    @Test
    void acks_of_minus_one_is_all() {
        assertThat(new ProducerSettings("x", Map.of("acks", "-1"))
                        .effective(CLIENT, "t")
                        .overridden())
                .isEmpty();
    }

    private void useProfile(String name) {
        jdbc.sql("update pim_config set value = :name where name = 'KafkaProducerProfile'")
                .param("name", name)
                .update();
    }
}
