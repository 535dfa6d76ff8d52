package io.callisto.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.event.contract.EventType;
import io.callisto.outbox.JdbcOutboxStore;
import io.callisto.outbox.OutboxEvent;
import io.callisto.outbox.kafka.TestKafka;
import io.callisto.outbox.relay.TestEvents;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an administrator changes while the service runs, on a real database and a real broker. */
class PublishingTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka();

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private int sequence;
    private String key = "names";

    /** No sweep could be the reason within the limit: it comes every ten minutes. */
    @Test
    @Requirement("EV-1")
    void topics_come_and_go_with_their_organisation_at_once() throws Exception {
        try (ConfigurableApplicationContext s1 = start("s1", "both");
                Admin admin = KAFKA.admin()) {
            assertThat(s1.isActive()).isTrue();
            await().atMost(LIMIT).until(() -> topics(admin).contains("Default_POM_ENRICHED_ATTEMPT_RESULT"));

            jdbc.sql("insert into organisation (organisation_id, name) values (31, 'Thirty-one')")
                    .update();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(topics(admin)).contains("POM.31.JOB", "31_POM_AGENT_STATISTICS"));
            new JdbcOutboxStore().write(jdbc, List.of(TestEvents.event(EventType.AGENT, 31, "agent", 1)));
            await().atMost(LIMIT).until(() -> waiting() == 0);
            assertThat(KAFKA.read("POM.31.AGENT", "read_committed")).hasSize(1);
            assertThat(KAFKA.read("31_POM_AGENT", "read_committed")).hasSize(1);

            jdbc.sql("delete from organisation where organisation_id = 31").update();
            await().atMost(LIMIT).untilAsserted(() -> assertThat(topics(admin)).noneMatch(name -> name.contains("31")));
        }
    }

    private static Set<String> topics(Admin admin) throws Exception {
        return admin.listTopics().names().get();
    }

    @Test
    @Requirement("EV-4")
    void new_producer_settings_are_in_force_within_seconds_and_bad_ones_never() {
        key = "settings";
        try (ConfigurableApplicationContext s1 = start("s1", "pom-4")) {
            MeterRegistry meters = s1.getBean(MeterRegistry.class);
            await().atMost(LIMIT).until(() -> sessions(meters) == 1);
            publish(5);

            jdbc.sql("update pim_config set value = 'pom' where name = 'KafkaProducerProfile'")
                    .update();
            await().atMost(LIMIT).until(() -> sessions(meters) == 2);
            publish(5);

            jdbc.sql("insert into pim_kafka_producer_config values ('pom', 'linger.ms', 'soon')")
                    .update();
            publish(5);
            assertThat(sessions(meters)).isEqualTo(2);

            jdbc.sql("update pim_kafka_producer_config set value = '1' where name = 'linger.ms' and profile = 'pom'")
                    .update();
            await().atMost(LIMIT).until(() -> sessions(meters) == 3);
            publish(5);
        } finally {
            jdbc.sql("update pim_config set value = 'safe-fast' where name = 'KafkaProducerProfile'")
                    .update();
            jdbc.sql("delete from pim_kafka_producer_config where profile = 'pom' and name = 'linger.ms'")
                    .update();
        }
    }

    private static double sessions(MeterRegistry meters) {
        return meters.get("callisto.events.log.sessions").counter().count();
    }

    /** Server by server, as documented: first both names everywhere, then the other ones. */
    @Test
    @Requirement({"EV-1", "EV-5"})
    void names_are_switched_on_a_living_cluster_without_a_gap() {
        List<String> written = new ArrayList<>();
        ConfigurableApplicationContext running = start("s1", "pom-3");
        try {
            written.addAll(publish(20));
            for (String names : List.of("both", "both", "pom-4")) {
                String other = written.size() / 20 % 2 == 0 ? "s1" : "s2";
                ConfigurableApplicationContext next = start(other, names);
                written.addAll(write(10));
                running.close();
                running = next;
                written.addAll(publish(10));
            }
        } finally {
            running.close();
        }
        List<String> old = values("Default_POM_JOB");
        List<String> now = values("POM.Default.JOB");
        assertThat(old).isEqualTo(written.subList(0, old.size())).hasSizeGreaterThanOrEqualTo(60);
        assertThat(now).isEqualTo(written.subList(written.size() - now.size(), written.size()));
        assertThat(old.size() + now.size()).as("both held the time between").isGreaterThan(written.size());
    }

    private List<String> values(String topic) {
        return KAFKA.read(topic, "read_committed").stream()
                .filter(message -> message.key().equals(key))
                .map(ConsumerRecord::value)
                .toList();
    }

    private List<String> publish(int count) {
        List<String> written = write(count);
        await().atMost(LIMIT).until(() -> waiting() == 0);
        return written;
    }

    private List<String> write(int count) {
        List<OutboxEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sequence++;
            events.add(TestEvents.event(EventType.JOB, 0, key, sequence));
        }
        new JdbcOutboxStore().write(jdbc, events);
        return events.stream().map(OutboxEvent::payload).toList();
    }

    private int waiting() {
        return jdbc.sql("select count(*) from event_outbox")
                .query(Integer.class)
                .single();
    }

    private static ConfigurableApplicationContext start(String server, String names) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("callisto.server-name", server);
        properties.put("callisto.zookeeper.connect-string", "");
        properties.put("callisto.kafka.bootstrap-servers", KAFKA.bootstrapServers());
        properties.put("callisto.events.topic-naming", names);
        properties.put("callisto.events.organisation-check", "10m");
        properties.put("spring.datasource.url", DB.jdbcUrl());
        properties.put("spring.datasource.username", DB.user());
        properties.put("spring.datasource.password", DB.password());
        properties.put("spring.flyway.enabled", false);
        properties.put("spring.main.banner-mode", "off");
        return new SpringApplicationBuilder(EventAggregatorApplication.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .initializers(context ->
                        context.getBeanFactory().registerSingleton("meterRegistry", new SimpleMeterRegistry()))
                .properties(properties)
                .run();
    }
}
