package io.callisto.event.client.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's own TLS, but key store and trust store are read again when a file of theirs has changed: a new connection
 * uses the new certificate, no restart is needed. A file that cannot be read (half written) changes nothing. Any Kafka
 * client can use it as {@code ssl.engine.factory.class}; besides Kafka's {@code ssl.keystore.location} and {@code
 * ssl.truststore.location} it understands PEM in three files: {@value #CERTIFICATE}, {@value #KEY}, {@value #CA}.
 */
public final class ReloadingSslEngineFactory implements SslEngineFactory {
    /** PEM file with the client's certificate, and those between it and the CA. */
    public static final String CERTIFICATE = "callisto.ssl.certificate";

    /** PEM file with the client's private key (PKCS#8). */
    public static final String KEY = "callisto.ssl.key";

    /** PEM file with the certificates of the CAs to trust. */
    public static final String CA = "callisto.ssl.ca";

    private static final Logger log = LoggerFactory.getLogger(ReloadingSslEngineFactory.class);

    private Map<String, Object> settings = Map.of();
    private @Nullable DefaultSslEngineFactory current;
    private List<Stamp> stamps = List.of();

    private record Stamp(Path file, FileTime modified, long size) {}

    /** For Kafka, which makes it by its name. */
    public ReloadingSslEngineFactory() {}

    @Override
    public synchronized void configure(Map<String, ?> configs) {
        Map<String, Object> given = new HashMap<>();
        configs.forEach((name, value) -> {
            if (value != null) {
                given.put(name, value);
            }
        });
        settings = given;
        stamps = stamps();
        current = load();
    }

    @Override
    public synchronized SSLEngine createClientSslEngine(String host, int port, String endpointIdentification) {
        reloadIfChanged();
        return factory().createClientSslEngine(host, port, endpointIdentification);
    }

    @Override
    public synchronized SSLEngine createServerSslEngine(String host, int port) {
        reloadIfChanged();
        return factory().createServerSslEngine(host, port);
    }

    private void reloadIfChanged() {
        List<Stamp> now = stamps();
        if (now.equals(stamps)) {
            return;
        }
        try {
            DefaultSslEngineFactory fresh = load();
            factory().close();
            current = fresh;
            stamps = now;
            log.atInfo().log("certificates changed and were read again");
        } catch (KafkaException e) {
            log.atWarn()
                    .addKeyValue("reason", reason(e))
                    .log("changed certificates cannot be read; the old ones stay in use");
        }
    }

    private static String reason(KafkaException e) {
        Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private DefaultSslEngineFactory load() {
        Map<String, Object> resolved = new HashMap<>(settings);
        String certificate = text(CERTIFICATE);
        String key = text(KEY);
        String ca = text(CA);
        if ((certificate == null) != (key == null)) {
            throw new KafkaException(CERTIFICATE + " and " + KEY + " belong together: set both or none");
        }
        if (certificate != null && key != null) {
            if (!key.contains("BEGIN PRIVATE KEY") && !key.contains("BEGIN ENCRYPTED PRIVATE KEY")) {
                throw new KafkaException("the private key in " + settings.get(KEY) + " is not in PKCS#8 form; convert"
                        + " it with: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
            }
            resolved.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, DefaultSslEngineFactory.PEM_TYPE);
            resolved.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, new Password(certificate));
            resolved.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, new Password(key));
        }
        if (ca != null) {
            resolved.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, DefaultSslEngineFactory.PEM_TYPE);
            resolved.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, new Password(ca));
        }
        DefaultSslEngineFactory fresh = new DefaultSslEngineFactory();
        fresh.configure(resolved);
        return fresh;
    }

    private @Nullable String text(String setting) {
        Object file = settings.get(setting);
        if (file == null) {
            return null;
        }
        try {
            return Files.readString(Path.of(file.toString()));
        } catch (IOException e) {
            throw new KafkaException("cannot read " + file + " (" + setting + ")", e);
        }
    }

    private List<Stamp> stamps() {
        List<Stamp> found = new ArrayList<>();
        for (String setting : List.of(
                CERTIFICATE,
                KEY,
                CA,
                SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
                SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG)) {
            Object name = settings.get(setting);
            if (name != null) {
                Path file = Path.of(name.toString());
                try {
                    found.add(new Stamp(file, Files.getLastModifiedTime(file), Files.size(file)));
                } catch (IOException e) {
                    found.add(new Stamp(file, FileTime.fromMillis(0), -1)); // being replaced; or configure() says it
                }
            }
        }
        return found;
    }

    private DefaultSslEngineFactory factory() {
        return Objects.requireNonNull(current, "not configured");
    }

    @Override
    public boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
        return factory().shouldBeRebuilt(nextConfigs);
    }

    @Override
    public Set<String> reconfigurableConfigs() {
        return SslConfigs.RECONFIGURABLE_CONFIGS;
    }

    @Override
    public synchronized KeyStore keystore() {
        return factory().keystore();
    }

    @Override
    public synchronized KeyStore truststore() {
        return factory().truststore();
    }

    @Override
    public synchronized void close() {
        if (current != null) {
            current.close();
        }
    }
}
