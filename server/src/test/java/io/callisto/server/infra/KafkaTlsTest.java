package io.callisto.server.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.callisto.certificates.Identity;
import io.callisto.certificates.KeyFiles;
import io.callisto.certificates.KeyMaterial;
import io.callisto.domain.Requirement;
import io.callisto.events.topics.TopicAcls;
import io.callisto.outbox.kafka.KafkaAddress;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One real broker with mutual TLS; who gets in, and what they may do. */
@Requirement("EV-9")
class KafkaTlsTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofSeconds(20);

    @TempDir
    static Path directory;

    private static TlsFiles files;
    private static SecureBroker broker;

    @BeforeAll
    static void start() throws Exception {
        files = new TlsFiles(directory.resolve("tls"), "authority");
        equip("kafka1", Identity.server("kafka1"));
        equip("s1", Identity.service("s1"));
        equip("reports-1", Identity.client("reports", 1));
        equip("reports-2", Identity.client("reports", 2));
        broker = new SecureBroker(directory.resolve("broker"), files);
        try (Admin admin = Admin.create(address("s1").client("test"))) {
            admin.createTopics(List.of(
                            topic("POM.1.JOB"), topic("POM.2.JOB"), topic("POM.Default.JOB"), topic("POM.11.JOB")))
                    .all()
                    .get();
        }
        new TopicAcls(address("s1"), System::nanoTime).keep(Set.of(0, 1, 2));
        try (KafkaProducer<String, String> producer = producer("s1")) {
            for (String topic : List.of("POM.1.JOB", "POM.2.JOB", "POM.Default.JOB")) {
                producer.send(new ProducerRecord<>(topic, "key", "event of " + topic))
                        .get();
            }
        }
    }

    @AfterAll
    static void end() {
        if (broker != null) {
            broker.close();
        }
    }

    private static void equip(String holder, Identity identity) {
        files.equip(holder, identity);
        files.trust(holder, files.certificate());
    }

    private static NewTopic topic(String name) {
        return new NewTopic(name, 1, (short) 1);
    }

    private static KafkaAddress address(String holder) {
        return new KafkaAddress(broker.address(), files.client(holder));
    }

    private static KafkaProducer<String, String> producer(String holder, String... more) {
        Map<String, Object> config = address(holder).client("producer-" + holder);
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        config.put("max.block.ms", "60000");
        return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    private static KafkaConsumer<String, String> consumer(KafkaAddress address, String group) {
        Map<String, Object> config = address.client("consumer");
        config.put("group.id", group);
        config.put("auto.offset.reset", "earliest");
        config.put("default.api.timeout.ms", "60000");
        config.put("request.timeout.ms", "30000");
        return new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    }

    /** What the first read brings, or its failure. */
    private static List<String> read(KafkaAddress address, String topic) {
        try (KafkaConsumer<String, String> consumer = consumer(address, "unused")) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return values(consumer);
        }
    }

    private static List<String> values(KafkaConsumer<String, String> consumer) {
        for (int tries = 0; tries < 10; tries++) {
            List<String> found = new ArrayList<>();
            for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                found.add(record.value());
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        throw new AssertionError("nothing to read");
    }

    @Test
    @Requirement("EV-9")
    void a_client_reads_the_topics_of_its_organisation_and_nothing_else() {
        KafkaAddress one = address("reports-1");
        assertThat(read(one, "POM.1.JOB")).containsExactly("event of POM.1.JOB");
        assertThatThrownBy(() -> read(one, "POM.2.JOB")).isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> read(one, "POM.Default.JOB")).isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> read(one, "POM.11.JOB"))
                .as("a number that begins as another one")
                .isInstanceOf(TopicAuthorizationException.class);
        assertThat(read(address("reports-2"), "POM.2.JOB")).containsExactly("event of POM.2.JOB");

        try (KafkaConsumer<String, String> consumer = consumer(one, "POM.1.reports")) {
            consumer.subscribe(List.of("POM.1.JOB"));
            assertThat(values(consumer)).containsExactly("event of POM.1.JOB");
            consumer.commitSync();
        }
        try (KafkaConsumer<String, String> consumer = consumer(one, "POM.2.reports")) {
            consumer.subscribe(List.of("POM.1.JOB"));
            assertThatThrownBy(() -> values(consumer)).isInstanceOf(GroupAuthorizationException.class);
        }
    }

    @Test
    void a_client_writes_nothing_and_administers_nothing() throws Exception {
        try (KafkaProducer<String, String> producer = producer("reports-1")) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("POM.1.JOB", "key", "forged"))
                            .get())
                    .hasRootCauseInstanceOf(ClusterAuthorizationException.class);
        }
        try (KafkaProducer<String, String> producer = producer("reports-1", "enable.idempotence", "false")) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("POM.1.JOB", "key", "forged"))
                            .get())
                    .hasRootCauseInstanceOf(TopicAuthorizationException.class);
        }
        try (Admin admin = Admin.create(address("reports-1").client("admin"))) {
            assertThatThrownBy(() -> admin.createTopics(List.of(topic("POM.1.MINE")))
                            .all()
                            .get())
                    .hasRootCauseInstanceOf(TopicAuthorizationException.class);
            assertThat(admin.listTopics().names().get()).containsExactly("POM.1.JOB");
        }
    }

    @Test
    void the_rights_go_with_the_organisation_and_an_administrators_own_stay() throws Exception {
        equip("reports-3", Identity.client("reports", 3));
        try (Admin admin = Admin.create(address("s1").client("test"))) {
            admin.createTopics(List.of(topic("POM.3.JOB"))).all().get();
            TopicAcls acls = new TopicAcls(address("s1"), System::nanoTime);
            acls.keep(Set.of(0, 1, 2, 3));
            int before = rights(admin).size();
            assertThat(rights(admin)).anyMatch(right -> right.contains("organisation-3"));
            acls.keep(Set.of(0, 1, 2));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(rights(admin))
                            .noneMatch(right -> right.contains("organisation-3"))
                            .hasSize(before - 8));
        }
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThatThrownBy(() -> read(address("reports-3"), "POM.3.JOB"))
                        .isInstanceOf(TopicAuthorizationException.class));
    }

    private static List<String> rights(Admin admin) throws ExecutionException, InterruptedException {
        return admin.describeAcls(AclBindingFilter.ANY).values().get().stream()
                .map(Object::toString)
                .toList();
    }

    private static void refused(String holder, String reason) {
        refused(address(holder), reason);
    }

    private static void refused(KafkaAddress address, String reason) {
        assertThatThrownBy(() -> {
                    try (Admin admin = Admin.create(address.client("refused"))) {
                        admin.describeCluster().nodes().get(2, TimeUnit.MINUTES);
                    }
                })
                .hasCauseInstanceOf(SslAuthenticationException.class)
                .satisfies(failure -> assertThat(chain(failure)).containsIgnoringCase(reason));
    }

    private static String chain(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
        }
        return text.toString();
    }

    @Test
    void whoever_has_no_certificate_an_expired_one_or_one_of_somebody_else_is_refused() {
        files.trust("stranger", files.certificate());
        Map<String, String> without = new HashMap<>(files.client("stranger"));
        without.remove("ssl.keystore.location");
        without.remove("ssl.keystore.type");
        refused(new KafkaAddress(broker.address(), without), "certificate");

        KeyMaterial expired =
                files.ago("authority", Duration.ofDays(10)).issue(Identity.client("reports", 1), Duration.ofDays(5));
        KeyFiles.writePem(files.keyStore("stranger"), expired);
        refused("stranger", "certificate");

        TlsFiles others = new TlsFiles(directory.resolve("others"), "authority");
        KeyFiles.writePem(files.keyStore("stranger"), others.issue(Identity.service("s1")));
        refused("stranger", "certificate");
    }

    @Test
    void a_client_refuses_a_broker_that_it_does_not_trust() {
        TlsFiles others = new TlsFiles(directory.resolve("others-2"), "authority");
        files.equip("careful", Identity.client("reports", 1));
        files.trust("careful", others.certificate());
        refused("careful", "unable to find valid certification path");
    }

    @Test
    void kafkas_own_console_consumer_reads_over_mutual_tls_with_pem_and_with_pkcs12() throws Exception {
        assertThat(consoleConsumer(new HashMap<>(files.client("reports-1")))).contains("event of POM.1.JOB");

        char[] password = "a secret".toCharArray();
        Path home = directory.resolve("pkcs12");
        KeyFiles.writePkcs12(
                home.resolve("key.p12"), "reports", KeyFiles.readPem(files.keyStore("reports-1")), password);
        KeyFiles.writeTrustPkcs12(home.resolve("trusted.p12"), List.of(files.certificate()), password);
        Map<String, String> pkcs12 = new HashMap<>();
        pkcs12.put("security.protocol", "SSL");
        pkcs12.put("ssl.enabled.protocols", "TLSv1.2");
        for (String store : List.of("keystore", "truststore")) {
            pkcs12.put("ssl." + store + ".type", "PKCS12");
            pkcs12.put("ssl." + store + ".password", new String(password));
        }
        pkcs12.put("ssl.key.password", new String(password));
        pkcs12.put("ssl.keystore.location", home.resolve("key.p12").toString());
        pkcs12.put("ssl.truststore.location", home.resolve("trusted.p12").toString());
        assertThat(consoleConsumer(pkcs12)).contains("event of POM.1.JOB");
    }

    private static String consoleConsumer(Map<String, String> properties) throws IOException, InterruptedException {
        Path config = Files.createTempFile(directory, "client", ".properties");
        StringBuilder text = new StringBuilder();
        properties.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        Files.writeString(config, text);
        return run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.apache.kafka.tools.consumer.ConsoleConsumer",
                "--bootstrap-server",
                broker.address(),
                "--topic",
                "POM.1.JOB",
                "--group",
                "POM.1.console-" + config.getFileName(),
                "--from-beginning",
                "--max-messages",
                "1",
                "--timeout-ms",
                "120000",
                "--command-config",
                config.toString()));
    }

    @Test
    void kcat_reads_over_mutual_tls() throws Exception {
        assumeTrue(
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(entry -> Files.isExecutable(Path.of(entry, "kcat"))),
                "SKIPPED: kcat is not installed");
        KeyMaterial own = KeyFiles.readPem(files.keyStore("reports-1"));
        KeyFiles.writeKey(directory.resolve("kcat.key"), own);
        KeyFiles.writeTrust(directory.resolve("kcat.crt"), own.chain());
        Function<String, String> file = name -> directory.resolve(name).toString();
        assertThat(run(List.of(
                        "kcat",
                        "-C",
                        "-e",
                        "-b",
                        broker.address(),
                        "-t",
                        "POM.1.JOB",
                        "-o",
                        "beginning",
                        "-X",
                        "security.protocol=ssl",
                        "-X",
                        "ssl.key.location=" + file.apply("kcat.key"),
                        "-X",
                        "ssl.certificate.location=" + file.apply("kcat.crt"),
                        "-X",
                        "ssl.ca.location=" + files.trustStore("reports-1"))))
                .contains("event of POM.1.JOB");
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(output).isTrue();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
