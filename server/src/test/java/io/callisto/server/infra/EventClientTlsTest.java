package io.callisto.server.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callisto.certificates.Identity;
import io.callisto.certificates.KeyFiles;
import io.callisto.certificates.KeyMaterial;
import io.callisto.domain.Requirement;
import io.callisto.event.client.EventClient;
import io.callisto.event.client.EventClientBuilder;
import io.callisto.event.client.EventClientException;
import io.callisto.event.client.StartAt;
import io.callisto.event.client.tls.EventSecurity;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.JobEvent;
import io.callisto.events.topics.TopicAcls;
import io.callisto.outbox.kafka.KafkaAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event client at a broker with mutual TLS and rights per organisation: what works, and what it says else. */
@Requirement("EV-9")
class EventClientTlsTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    static Path directory;

    private static TlsFiles files;
    private static SecureBroker broker;

    private final List<JobEvent> got = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        files = new TlsFiles(directory.resolve("tls"), "authority");
        for (Map.Entry<String, Identity> holder : Map.of(
                        "kafka1", Identity.server("kafka1"),
                        "s1", Identity.service("s1"),
                        "reports-1", Identity.client("reports", 1))
                .entrySet()) {
            files.equip(holder.getKey(), holder.getValue());
            files.trust(holder.getKey(), files.certificate());
        }
        broker = new SecureBroker(directory.resolve("broker"), files);
        KafkaAddress service = new KafkaAddress(broker.address(), files.client("s1"));
        try (Admin admin = Admin.create(service.client("test"))) {
            admin.createTopics(
                            List.of(new NewTopic("POM.1.JOB", 1, (short) 1), new NewTopic("POM.2.JOB", 1, (short) 1)))
                    .all()
                    .get();
        }
        new TopicAcls(service, System::nanoTime).keep(Set.of(1, 2));
        Map<String, Object> config = service.client("producer");
        config.put("max.block.ms", "60000");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            JobEvent job = new JobEvent(
                    new UUID(1, 1),
                    1,
                    Instant.parse("2026-11-22T10:15:30Z"),
                    1,
                    17,
                    5,
                    "Spring offer",
                    "FINITE",
                    null,
                    "QUEUED",
                    null,
                    1);
            producer.send(new ProducerRecord<>("POM.1.JOB", job.key(), new EventJson().write(job)))
                    .get();
        }
    }

    @AfterAll
    static void end() {
        if (broker != null) {
            broker.close();
        }
    }

    private EventClientBuilder builder(int organisation, Map<String, String> properties) {
        EventClientBuilder builder = EventClient.builder()
                .bootstrapServers(broker.address())
                .organisation(organisation)
                .startAt(StartAt.earliest())
                .startupLimit(LIMIT)
                .on(JobEvent.class, got::add);
        properties.forEach(builder::kafkaProperty);
        return builder;
    }

    @Test
    void a_client_reads_its_organisations_events_with_key_and_certificate_in_files_of_their_own() {
        KeyMaterial own = KeyFiles.readPem(files.keyStore("reports-1"));
        KeyFiles.writeKey(directory.resolve("client.key"), own);
        KeyFiles.writeTrust(directory.resolve("client.crt"), own.chain());
        EventSecurity security = EventSecurity.pem(
                directory.resolve("client.crt"), directory.resolve("client.key"), files.trustStore("reports-1"));
        try (EventClient client =
                builder(1, Map.of()).security(security).group("POM.1.app").start()) {
            await().atMost(LIMIT).until(() -> got.size() == 1);
            await().atMost(LIMIT).until(() -> client.status().counts().commits() > 0);
            assertThat(client.status().problem()).isNull();
        }
    }

    @Test
    void the_same_with_kafkas_own_properties() {
        try (EventClient client = builder(1, files.client("reports-1")).start()) {
            await().atMost(LIMIT).until(() -> got.size() == 1);
            assertThat(client.status().healthy()).isTrue();
        }
    }

    @Test
    void another_organisations_topic_or_group_is_refused_with_what_to_do() {
        assertThatThrownBy(() -> builder(2, files.client("reports-1")).start())
                .isInstanceOf(EventClientException.class)
                .hasMessageContaining("may not read POM.2.JOB")
                .hasMessageContaining("organisation's own certificate");
        assertThatThrownBy(() ->
                        builder(1, files.client("reports-1")).group("POM.2.app").start())
                .isInstanceOf(EventClientException.class)
                .hasMessageContaining("may not use the group POM.2.app")
                .hasMessageContaining("POM.<organisation>.");
    }

    @Test
    void wrong_certificates_are_told_apart() {
        TlsFiles others = new TlsFiles(directory.resolve("others"), "authority");
        files.equip("careful", Identity.client("reports", 1));
        files.trust("careful", others.certificate());
        assertThatThrownBy(() -> builder(1, files.client("careful")).start())
                .isInstanceOf(EventClientException.class)
                .hasMessageContaining("not signed by a CA that this client trusts");

        Map<String, String> without = new HashMap<>(files.client("reports-1"));
        without.remove("ssl.keystore.location");
        without.remove("ssl.keystore.type");
        assertThatThrownBy(() -> builder(1, without).start())
                .isInstanceOf(EventClientException.class)
                .hasMessageContaining("does not accept this client's certificate");

        files.trust("stranger", files.certificate());
        KeyFiles.writePem(
                files.keyStore("stranger"),
                files.ago("authority", Duration.ofDays(10)).issue(Identity.client("reports", 1), Duration.ofDays(5)));
        assertThatThrownBy(() -> builder(1, files.client("stranger")).start())
                .isInstanceOf(EventClientException.class)
                .hasMessageContaining("does not accept this client's certificate");
    }
}
