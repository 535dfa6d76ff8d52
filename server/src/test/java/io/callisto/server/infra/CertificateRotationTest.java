package io.callisto.server.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callisto.certificates.Identity;
import io.callisto.certificates.KeyFiles;
import io.callisto.certificates.KeyMaterial;
import io.callisto.domain.Requirement;
import io.callisto.events.topics.TopicAcls;
import io.callisto.outbox.kafka.KafkaAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything is replaced while a producer and a consumer go on: the authority, the broker's certificate, theirs. Nobody
 * is restarted and nothing is lost; what was issued before is refused in the end.
 */
@Requirement("EV-9")
class CertificateRotationTest {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String TOPIC = "POM.1.JOB";

    @TempDir
    Path directory;

    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private final List<String> read = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final AtomicBoolean producing = new AtomicBoolean(true);
    private final AtomicBoolean consuming = new AtomicBoolean(true);
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        producing.set(false);
        consuming.set(false);
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(60));
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void authority_broker_and_clients_change_their_certificates_and_nothing_is_lost() throws Exception {
        TlsFiles before = new TlsFiles(directory.resolve("tls"), "before");
        TlsFiles after = new TlsFiles(directory.resolve("tls"), "after");
        Map<String, Identity> holders = Map.of(
                "kafka1", Identity.server("kafka1"),
                "s1", Identity.service("s1"),
                "reports", Identity.client("reports", 1));
        holders.forEach((holder, identity) -> {
            before.equip(holder, identity);
            before.trust(holder, before.certificate());
        });
        try (SecureBroker broker = new SecureBroker(directory.resolve("broker"), before)) {
            KafkaAddress service = new KafkaAddress(broker.address(), before.client("s1"));
            KafkaAddress client = new KafkaAddress(broker.address(), before.client("reports"));
            prepare(service);
            run("producer", () -> produce(service));
            run("consumer", () -> consume(client));
            goesOn("with the first certificates");

            holders.keySet().forEach(holder -> before.trust(holder, before.certificate(), after.certificate()));
            KeyMaterial old = KeyFiles.readPem(before.keyStore("reports"));
            holders.forEach(after::equip);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(shownBy(broker)).isEqualTo(certificateOf(after, "kafka1")));
            describe(client);
            goesOn("while both authorities are trusted");

            holders.keySet().forEach(holder -> after.trust(holder, after.certificate()));
            KeyFiles.writePem(before.keyStore("left-behind"), old);
            before.trust("left-behind", after.certificate());
            KafkaAddress leftBehind = new KafkaAddress(broker.address(), before.client("left-behind"));
            assertThatThrownBy(() -> describe(leftBehind)).hasCauseInstanceOf(SslAuthenticationException.class);
            describe(client);
            describe(service);
            goesOn("when the first authority is gone");

            // Nobody had to connect again so far. Now everybody must, and nothing but the new files is accepted.
            broker.kill();
            broker.start();
            goesOn("after all connections were cut");
            producing.set(false);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(read).hasSameSizeAs(acknowledged));
            end();
        }
        assertThat(failures).isEmpty();
        assertThat(read).as("each once and in order").isEqualTo(acknowledged);
        assertThat(read)
                .isEqualTo(IntStream.range(0, read.size())
                        .mapToObj(Integer::toString)
                        .toList());
    }

    private static void prepare(KafkaAddress service) throws Exception {
        try (Admin admin = Admin.create(service.client("prepare"))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        new TopicAcls(service, System::nanoTime).keep(Set.of(1));
    }

    private static void describe(KafkaAddress address) throws Exception {
        try (Admin admin = Admin.create(address.client("describe"))) {
            admin.describeCluster().nodes().get(2, TimeUnit.MINUTES);
        }
    }

    private static X509Certificate certificateOf(TlsFiles files, String holder) {
        return KeyFiles.readPem(files.keyStore(holder)).certificate();
    }

    /** The certificate that the broker shows to whoever connects now. */
    private X509Certificate shownBy(SecureBroker broker) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Curious()}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", broker.port())) {
            socket.setSoTimeout(20_000);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** Looks at a certificate, whoever it is of. */
    private static final class Curious implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** More is written and all of it is read. */
    private void goesOn(String when) {
        int written = acknowledged.size() + 20;
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(acknowledged.size()).as(when).isGreaterThan(written));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(read.size()).as(when).isGreaterThanOrEqualTo(written));
        assertThat(failures).as(when).isEmpty();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private void run(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Exception | AssertionError e) {
                        failures.add(e);
                    }
                },
                name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void produce(KafkaAddress address) throws Exception {
        Map<String, Object> config = address.client("producer");
        config.put("acks", "all");
        // The pace: each waits for its acknowledgement.
        config.put("linger.ms", "20");
        config.put("delivery.timeout.ms", Integer.toString(Math.toIntExact(LIMIT.toMillis())));
        config.put("max.block.ms", Long.toString(LIMIT.toMillis()));
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            for (int number = 0; producing.get(); number++) {
                String value = Integer.toString(number);
                producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
                acknowledged.add(value);
            }
        }
    }

    private void consume(KafkaAddress address) {
        Map<String, Object> config = address.client("consumer");
        config.put("group.id", "POM.1.rotation");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (consuming.get()) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    read.add(record.value());
                }
            }
        }
    }
}
