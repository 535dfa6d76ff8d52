package io.callisto.server.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callisto.certificates.CertificateFailure;
import io.callisto.certificates.Identity;
import io.callisto.domain.Requirement;
import io.callisto.outbox.kafka.KafkaAddress;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.DynamicVoters;
import org.apache.kafka.server.common.MetadataVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker as others run it, without our class. */
@Requirement("EV-9")
class BrokerCertificatesTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void a_broker_without_our_class_reads_its_files_again_when_it_is_told() throws Exception {
        TlsFiles before = new TlsFiles(directory.resolve("tls"), "before");
        TlsFiles after = new TlsFiles(directory.resolve("tls"), "after");
        for (String holder : new String[] {"kafka1", "s1"}) {
            before.trust(holder, before.certificate());
        }
        before.equip("kafka1", Identity.server("kafka1"));
        before.equip("s1", Identity.service("s1"));
        int port = SecureBroker.freePort();
        KafkaRaftServer server = start(port, before);
        try {
            KafkaAddress old = new KafkaAddress("127.0.0.1:" + port, before.client("s1"));
            nodes(old);
            before.trust("kafka1", before.certificate(), after.certificate());
            KafkaAddress newcomer = new KafkaAddress("127.0.0.1:" + port, after.client("new"));
            after.equip("new", Identity.service("s1"));
            before.trust("new", before.certificate(), after.certificate());
            assertThatThrownBy(() -> nodes(newcomer)).hasCauseInstanceOf(SslAuthenticationException.class);
            try (BrokerCertificates brokers = new BrokerCertificates(old.client("reload"))) {
                assertThat(brokers.reload("SSL")).containsExactly(1);
                await().atMost(LIMIT)
                        .untilAsserted(
                                () -> assertThatCode(() -> nodes(newcomer)).doesNotThrowAnyException());
                after.equip("kafka1", Identity.server("kafka1"));
                assertThat(brokers.reload("SSL")).containsExactly(1);
                assertThatThrownBy(() -> brokers.reload("NONE")).isInstanceOf(CertificateFailure.class);
            }
            // It shows the new certificate, which this client does not trust yet.
            await().atMost(LIMIT)
                    .untilAsserted(() ->
                            assertThatThrownBy(() -> nodes(old)).hasCauseInstanceOf(SslAuthenticationException.class));
            nodes(newcomer);
        } finally {
            server.shutdown();
            server.awaitShutdown();
        }
    }

    private static void nodes(KafkaAddress address) throws Exception {
        try (Admin admin = Admin.create(address.client("nodes"))) {
            admin.describeCluster().nodes().get(2, TimeUnit.MINUTES);
        }
    }

    private KafkaRaftServer start(int port, TlsFiles files) throws Exception {
        String controller = "127.0.0.1:" + SecureBroker.freePort();
        String data = directory.resolve("data").toString();
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .addDirectory(data)
                .setMetadataLogDirectory(data)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setHasDynamicQuorum(true)
                .setInitialControllers(DynamicVoters.parse("1@" + controller + ":" + Uuid.randomUuid()))
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
        KafkaTls tls = new KafkaTls(
                files.keyStore("kafka1").toString(), files.trustStore("kafka1").toString());
        Map<String, String> settings = new KafkaSettings(
                        1,
                        "127.0.0.1",
                        port,
                        Integer.parseInt(controller.replaceFirst(".*:", "")),
                        controller,
                        1,
                        data,
                        false,
                        tls)
                .properties();
        settings.remove("ssl.engine.factory.class");
        Properties properties = new Properties();
        properties.putAll(settings);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        server.startup();
        return server;
    }
}
