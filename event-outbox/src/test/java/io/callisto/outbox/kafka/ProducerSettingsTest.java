package io.callisto.outbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
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
        assertThat(effective.overridden())
                .extracting(ProducerSettings.Overridden::name)
                .containsExactlyInAnyOrder(
                        "acks",
                        "enable.idempotence",
                        "transactional.id",
                        "transaction.timeout.ms",
                        "max.in.flight.requests.per.connection",
                        "retries",
                        "bootstrap.servers",
                        "key.serializer",
                        "no.such.setting");
        assertThat(effective.overridden())
                .contains(new ProducerSettings.Overridden("acks", "1", "all", "fewer acknowledgements lose events"))
                .allSatisfy(override -> assertThat(override.reason()).isNotBlank());
    }

    @Test
    @Requirement("EV-4")
    void the_profiles_that_are_delivered_have_no_problem_and_the_built_in_one_is_the_tables() {
        useProfile("pom");
        assertThat(store.load().problems()).isEmpty();
        assertThat(store.load().preview().overridden()).isEmpty();
        useProfile("safe-fast");
        assertThat(store.load()).isEqualTo(ProducerSettings.SAFE_FAST);
        assertThat(ProducerSettings.SAFE_FAST.problems()).isEmpty();
        assertThat(ProducerSettings.SAFE_FAST.preview().values())
                .containsEntry("transactional.id", "callisto-outbox-{shard}");
    }

    @Test
    @Requirement("EV-4")
    void what_kafka_would_not_take_or_is_not_the_administrators_is_a_problem_each_with_its_reason() {
        ProducerSettings bad = new ProducerSettings(
                "bad",
                Map.of(
                        "linger.sm", "5",
                        "linger.ms", "soon",
                        "retries", "-1",
                        "compression.type", "zip",
                        "max.block.ms", "5",
                        "bootstrap.servers", "elsewhere:9092",
                        "sasl.jaas.config", "x",
                        "interceptor.classes", "y"));

        assertThat(bad.problems())
                .extracting(SettingProblem::name)
                .containsExactly(
                        "bootstrap.servers",
                        "compression.type",
                        "interceptor.classes",
                        "linger.ms",
                        "linger.sm",
                        "max.block.ms",
                        "retries",
                        "sasl.jaas.config");
        assertThat(bad.problems())
                .extracting(SettingProblem::reason)
                .anyMatch(reason -> reason.contains("no such setting"))
                .anyMatch(reason -> reason.contains("callisto.kafka"))
                .anyMatch(reason -> reason.contains("at least 1000"))
                .noneMatch(reason -> reason.contains("elsewhere"));
        assertThat(new ProducerSettings("x", Map.of("delivery.timeout.ms", "5000")).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("linger.ms + request.timeout.ms = 30005"));
        assertThat(new ProducerSettings("none", Map.of()).problems()).hasSize(1);
    }

    @Test
    @Requirement("EV-4")
    void settings_that_are_of_no_use_leave_those_before_in_force() {
        AtomicReference<ProducerSettings> written = new AtomicReference<>(ProducerSettings.SAFE_FAST);
        SettingsInForce inForce = new SettingsInForce(() -> Objects.requireNonNull(written.get()));
        ProducerSettings good = new ProducerSettings("good", Map.of("linger.ms", "7"));
        ProducerSettings bad = new ProducerSettings("good", Map.of("linger.ms", "7", "no.such", "1"));

        written.set(bad);
        assertThat(inForce.choose().values())
                .as("nothing before: what is good of it")
                .isEqualTo(good.values());
        written.set(ProducerSettings.SAFE_FAST);
        assertThat(inForce.choose()).isEqualTo(ProducerSettings.SAFE_FAST);
        written.set(good);
        assertThat(inForce.choose()).isEqualTo(good);
        inForce.proved(good);
        written.set(bad);
        assertThat(inForce.choose()).isEqualTo(good);
        written.set(new ProducerSettings("missing", Map.of()));
        assertThat(inForce.choose()).isEqualTo(good);
    }

    @Test
    @Requirement("EV-4")
    void settings_with_which_no_producer_can_be_opened_are_given_up_after_three_attempts() {
        AtomicReference<ProducerSettings> written = new AtomicReference<>(ProducerSettings.SAFE_FAST);
        SettingsInForce inForce = new SettingsInForce(() -> Objects.requireNonNull(written.get()));
        inForce.proved(inForce.choose());
        assertThat(inForce.failed(ProducerSettings.SAFE_FAST))
                .as("Kafka is away")
                .isEmpty();
        ProducerSettings unusable = new ProducerSettings("unusable", Map.of("linger.ms", "7"));
        written.set(unusable);

        assertThat(inForce.failed(inForce.choose())).isEmpty();
        assertThat(inForce.failed(inForce.choose())).isEmpty();
        assertThat(inForce.failed(inForce.choose())).contains(ProducerSettings.SAFE_FAST);

        inForce.refuse(unusable, "timed out");
        assertThat(inForce.choose()).isEqualTo(ProducerSettings.SAFE_FAST);
        written.set(new ProducerSettings("other", Map.of("linger.ms", "8")));
        assertThat(inForce.choose().profile()).isEqualTo("other");
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
