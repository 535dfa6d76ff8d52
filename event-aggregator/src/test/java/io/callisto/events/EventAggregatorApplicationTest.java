package io.callisto.events;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole service on a real database and a real broker; coordinator without ZooKeeper. */
class EventAggregatorApplicationTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka();

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());

    /** Two servers share two shards; one of them leaves in the midst of it. */
    @Test
    @Requirement({"EV-1", "EV-5"})
    void events_are_published_once_while_servers_come_and_go() throws Exception {
        List<OutboxEvent> first = TestEvents.attempts(20, 30);
        JdbcOutboxStore outbox = new JdbcOutboxStore(2);
        ConfigurableApplicationContext s1 = start("s1");
        ConfigurableApplicationContext s2 = start("s2");
        try {
            outbox.write(jdbc, first);
            awaitEmptyOutbox();

            List<OutboxEvent> more = new ArrayList<>();
            for (int seq = 31; seq <= 60; seq++) {
                for (int key = 0; key < 20; key++) {
                    more.add(TestEvents.event(EventType.ATTEMPT, 0, "k" + key, seq));
                }
                outbox.write(jdbc, more.subList(more.size() - 20, more.size()));
                if (seq == 45) {
                    s1.close();
                }
            }
            awaitEmptyOutbox();
            assertEachKeyInOrder(60);

            newOrganisationGetsItsTopics();

            MeterRegistry meters = s2.getBean(MeterRegistry.class);
            assertThat(meters.get("callisto.events.published").counters()).hasSize(2);
            assertThat(meters.get("callisto.events.delay").timers()).hasSize(2);
            assertThat(meters.get("callisto.outbox.rows").gauges()).hasSize(1);
            assertThat(meters.get("callisto.outbox.late").gauge().value()).isZero();
        } finally {
            s1.close();
            s2.close();
        }
    }

    private void newOrganisationGetsItsTopics() throws Exception {
        jdbc.sql("insert into organisation (organisation_id, name) values (21, 'Twenty-one')")
                .update();
        try (Admin admin = KAFKA.admin()) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> admin.listTopics().names().get().contains("POM.21.ATTEMPT"));
        }
        new JdbcOutboxStore(2).write(jdbc, List.of(TestEvents.event(EventType.JOB, 21, "1", 1)));
        awaitEmptyOutbox();
        assertThat(KAFKA.read("POM.21.JOB", "read_committed")).hasSize(1);
    }

    private void assertEachKeyInOrder(int perKey) {
        List<ConsumerRecord<String, String>> all = KAFKA.read("POM.Default.ATTEMPT", "read_committed");
        assertThat(all).hasSize(20 * perKey);
        for (int key = 0; key < 20; key++) {
            String name = "k" + key;
            List<String> expected = new ArrayList<>();
            for (int seq = 1; seq <= perKey; seq++) {
                expected.add(Integer.toString(seq));
            }
            assertThat(all.stream()
                            .filter(record -> record.key().equals(name))
                            .map(record -> new String(
                                    record.headers().lastHeader("callisto_seq").value(), UTF_8)))
                    .as(name)
                    .isEqualTo(expected);
        }
    }

    private void awaitEmptyOutbox() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jdbc.sql("select count(*) from event_outbox")
                                .query(Integer.class)
                                .single()
                        == 0);
    }

    private static ConfigurableApplicationContext start(String server) {
        return new SpringApplicationBuilder(EventAggregatorApplication.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .initializers(context ->
                        context.getBeanFactory().registerSingleton("meterRegistry", new SimpleMeterRegistry()))
                .properties(Map.of(
                        "callisto.server-name",
                        server,
                        "callisto.outbox.shards",
                        2,
                        "callisto.zookeeper.connect-string",
                        "",
                        "callisto.kafka.bootstrap-servers",
                        KAFKA.bootstrapServers(),
                        "spring.datasource.url",
                        DB.jdbcUrl(),
                        "spring.datasource.username",
                        DB.user(),
                        "spring.datasource.password",
                        DB.password(),
                        "spring.flyway.enabled",
                        false,
                        "spring.main.banner-mode",
                        "off"))
                .run();
    }
}
