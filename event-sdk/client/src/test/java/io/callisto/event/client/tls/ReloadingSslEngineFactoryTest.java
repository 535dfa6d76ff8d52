package io.callisto.event.client.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.domain.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New certificates are used without a restart. */
class ReloadingSslEngineFactoryTest {
    private static final String PASSWORD = "secret-1";

    @TempDir
    private Path directory;

    private Path store(String name) throws Exception {
        Path file = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "client",
                        "-dname",
                        "CN=" + name,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-validity",
                        "1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor())
                .as(Files.readString(directory.resolve("keytool.log")))
                .isZero();
        return file;
    }

    private static Map<String, Object> tls() {
        Map<String, Object> config = new HashMap<>();
        config.put(SslConfigs.SSL_PROTOCOL_CONFIG, "TLSv1.3");
        config.put(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG, List.of("TLSv1.3", "TLSv1.2"));
        config.put(SslConfigs.SSL_CIPHER_SUITES_CONFIG, List.of());
        return config;
    }

    private static String subject(ReloadingSslEngineFactory factory) throws Exception {
        KeyStore keys = factory.keystore();
        String alias = keys.aliases().nextElement();
        return ((X509Certificate) keys.getCertificate(alias))
                .getSubjectX500Principal()
                .getName();
    }

    @Test
    @Requirement("EV-9")
    void a_replaced_pkcs12_store_is_used_by_the_next_connection_and_a_broken_one_is_not() throws Exception {
        Path live = store("first");
        Path next = store("second");
        Map<String, Object> config = tls();
        config.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PKCS12");
        config.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, live.toString());
        config.put(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, new Password(PASSWORD));
        config.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, new Password(PASSWORD));
        ReloadingSslEngineFactory factory = new ReloadingSslEngineFactory();
        factory.configure(config);
        assertThat(factory.createClientSslEngine("localhost", 1, "https")).isNotNull();
        assertThat(subject(factory)).isEqualTo("CN=first");

        Files.write(live, new byte[] {1, 2, 3});
        assertThat(factory.createClientSslEngine("localhost", 1, "https")).isNotNull();
        assertThat(subject(factory)).isEqualTo("CN=first");

        Files.move(next, live, StandardCopyOption.REPLACE_EXISTING);
        assertThat(factory.createClientSslEngine("localhost", 1, "https")).isNotNull();
        assertThat(subject(factory)).isEqualTo("CN=second");
        factory.close();
    }

    @Test
    @Requirement("EV-9")
    void the_same_with_pem_files() throws Exception {
        Path certificate = directory.resolve("client.crt");
        Path key = directory.resolve("client.key");
        pem(store("first"), certificate, key);
        Map<String, Object> config = tls();
        EventSecurity.pem(certificate, key, certificate).properties().forEach(config::put);
        ReloadingSslEngineFactory factory = new ReloadingSslEngineFactory();
        factory.configure(config);
        assertThat(factory.createClientSslEngine("localhost", 1, "https")).isNotNull();
        assertThat(subject(factory)).isEqualTo("CN=first");
        assertThat(factory.truststore().size()).isEqualTo(1);

        pem(store("second"), certificate, key);
        assertThat(factory.createClientSslEngine("localhost", 1, "https")).isNotNull();
        assertThat(subject(factory)).isEqualTo("CN=second");
        factory.close();
    }

    @Test
    void a_key_in_an_old_form_is_refused_with_the_way_to_convert_it() throws IOException {
        Path certificate = Files.writeString(directory.resolve("c"), "-----BEGIN CERTIFICATE-----\n");
        Path key = Files.writeString(directory.resolve("k"), "-----BEGIN EC PRIVATE KEY-----\n");
        Map<String, Object> config = tls();
        EventSecurity.pem(certificate, key, certificate).properties().forEach(config::put);
        ReloadingSslEngineFactory factory = new ReloadingSslEngineFactory();
        assertThatThrownBy(() -> factory.configure(config)).hasMessageContaining("openssl pkcs8 -topk8");
        config.remove(ReloadingSslEngineFactory.CERTIFICATE);
        assertThatThrownBy(() -> factory.configure(config)).hasMessageContaining("belong together");
        config.remove(ReloadingSslEngineFactory.KEY);
        config.put(ReloadingSslEngineFactory.CA, directory.resolve("nowhere").toString());
        assertThatThrownBy(() -> factory.configure(config)).hasMessageContaining("nowhere");
    }

    private static void pem(Path store, Path certificate, Path key) throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        String alias = keys.aliases().nextElement();
        Key secret = keys.getKey(alias, PASSWORD.toCharArray());
        Files.writeString(
                certificate, block("CERTIFICATE", keys.getCertificate(alias).getEncoded()));
        Files.writeString(key, block("PRIVATE KEY", secret.getEncoded()));
    }

    private static String block(String name, byte[] content) {
        return "-----BEGIN " + name + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + name
                + "-----\n";
    }
}
