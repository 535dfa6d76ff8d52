package io.callisto.outbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.certificates.CertificateAuthority;
import io.callisto.certificates.CertificateWish;
import io.callisto.certificates.Identity;
import io.callisto.certificates.KeyFiles;
import io.callisto.certificates.KeyMaterial;
import io.callisto.domain.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Requirement("EV-9")
class ReloadingSslEngineFactoryTest {
    @TempDir
    Path directory;

    private final ReloadingSslEngineFactory factory = new ReloadingSslEngineFactory();
    private final Map<String, Object> config = new HashMap<>();
    private CertificateAuthority authority;
    private Path own;
    private Path trusted;

    @BeforeEach
    void equip() {
        authority = CertificateAuthority.create(directory.resolve("authority"), Clock.systemUTC(), new SecureRandom());
        own = directory.resolve("key.pem");
        trusted = directory.resolve("trusted.pem");
        KeyFiles.writeTrust(trusted, List.of(authority.certificate()));
        config.put("ssl.protocol", "TLSv1.3");
        config.put("ssl.enabled.protocols", List.of("TLSv1.3", "TLSv1.2"));
        config.put("ssl.cipher.suites", List.of());
        config.put("ssl.client.auth", "required");
        config.put("ssl.keystore.type", "PEM");
        config.put("ssl.keystore.location", own.toString());
        config.put("ssl.truststore.type", "PEM");
        config.put("ssl.truststore.location", trusted.toString());
    }

    private Certificate issue(String name) {
        KeyMaterial material = authority.issue(
                new CertificateWish(Identity.service(name), List.of(), CertificateWish.DEFAULT_VALIDITY));
        KeyFiles.writePem(own, material);
        return material.certificate();
    }

    /** What the next connection shows. */
    private Certificate shown() throws Exception {
        assertThat(factory.createServerSslEngine("127.0.0.1", 1).getNeedClientAuth())
                .isTrue();
        KeyStore store = Objects.requireNonNull(factory.keystore());
        return store.getCertificate(store.aliases().nextElement());
    }

    @Test
    void the_next_connection_uses_the_newest_files_that_can_be_used() throws Exception {
        Certificate first = issue("first");
        factory.configure(config);
        assertThat(shown()).isEqualTo(first);

        Certificate second = issue("second");
        assertThat(shown()).isEqualTo(second);

        Files.writeString(own, "half a file");
        assertThat(shown()).as("as before").isEqualTo(second);
        Files.delete(own);
        assertThat(shown()).as("as before").isEqualTo(second);

        Certificate third = issue("third");
        assertThat(shown()).isEqualTo(third);
    }

    @Test
    void a_trust_store_that_is_replaced_is_used_for_clients_too() throws Exception {
        issue("first");
        factory.configure(config);
        factory.createClientSslEngine("127.0.0.1", 1, "https");
        CertificateAuthority other =
                CertificateAuthority.create(directory.resolve("other"), Clock.systemUTC(), new SecureRandom());
        KeyFiles.writeTrust(trusted, List.of(authority.certificate(), other.certificate()));
        factory.createClientSslEngine("127.0.0.1", 1, "https");
        assertThat(Objects.requireNonNull(factory.truststore()).size()).isEqualTo(2);
    }

    @Test
    void files_that_cannot_be_used_at_the_start_are_an_error() {
        assertThatThrownBy(() -> factory.configure(config))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("key.pem");
    }

    @Test
    void clients_with_tls_take_it_and_those_without_do_not() {
        String name = "ssl.engine.factory.class";
        assertThat(new KafkaAddress("k:1", Map.of("security.protocol", "SSL")).client("c"))
                .containsEntry(name, ReloadingSslEngineFactory.class.getName());
        assertThat(new KafkaAddress("k:1", Map.of("security.protocol", "SASL_SSL", name, "other")).client("c"))
                .containsEntry(name, "other");
        assertThat(new KafkaAddress("k:1").client("c")).doesNotContainKey(name);
        assertThat(new KafkaAddress("k:1", Map.of("security.protocol", "SASL_PLAINTEXT")).client("c"))
                .doesNotContainKey(name);
    }
}
