package io.callisto.outbox.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Kafka's own TLS, but a key store or trust store whose file is replaced is used from the next connection on: so
 * certificates change while brokers and clients go on, and no client has to be made anew. Kafka itself can do this for
 * a broker's listeners only, when told to through its admin client, and not at all for controllers and clients. What
 * connects again after a change is judged by the new files, since sessions of the old ones cannot be resumed;
 * connections that exist stay. New files that cannot be used change nothing. Made by Kafka ({@code
 * ssl.engine.factory.class}). Thread-safe.
 */
public final class ReloadingSslEngineFactory implements SslEngineFactory {
    private static final Logger log = LoggerFactory.getLogger(ReloadingSslEngineFactory.class);
    private static final List<String> LOCATIONS =
            List.of(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);

    private Map<String, ?> config = Map.of();
    private List<Path> files = List.of();
    private List<Stamp> stamps = List.of();
    private DefaultSslEngineFactory current = new DefaultSslEngineFactory();

    /** What tells one content of a file from the next; a file that is replaced has another key. */
    private record Stamp(long millis, long size, @Nullable Object key) {
        static final Stamp NONE = new Stamp(0, -1, null);

        static Stamp of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(attributes.lastModifiedTime().toMillis(), attributes.size(), attributes.fileKey());
            } catch (IOException e) {
                return NONE;
            }
        }
    }

    @Override
    public synchronized void configure(Map<String, ?> configs) {
        config = Collections.unmodifiableMap(new HashMap<>(configs));
        files = LOCATIONS.stream()
                .flatMap(name -> config.get(name) instanceof String location ? Stream.of(location) : Stream.empty())
                .map(Path::of)
                .toList();
        // Taken before the files are read: what is replaced meanwhile is read again.
        stamps = now();
        current.configure(config);
        // Every client begins with this.
        tell(current, Level.DEBUG, "certificates loaded");
    }

    private List<Stamp> now() {
        return files.stream().map(Stamp::of).toList();
    }

    @Override
    public synchronized SSLEngine createClientSslEngine(String peerHost, int peerPort, String endpointIdentification) {
        return newest().createClientSslEngine(peerHost, peerPort, endpointIdentification);
    }

    @Override
    public synchronized SSLEngine createServerSslEngine(String peerHost, int peerPort) {
        return newest().createServerSslEngine(peerHost, peerPort);
    }

    private DefaultSslEngineFactory newest() {
        List<Stamp> found = now();
        if (found.equals(stamps)) {
            return current;
        }
        DefaultSslEngineFactory fresh = new DefaultSslEngineFactory();
        try {
            fresh.configure(config);
            current.close();
            current = fresh;
            tell(fresh, Level.INFO, "certificates replaced");
        } catch (KafkaException e) {
            fresh.close();
            log.atError()
                    .setCause(e)
                    .addKeyValue("files", files)
                    .log("replaced certificates cannot be used; the former ones stay in use");
        }
        // Also where they are unusable: they are looked at again when they change again.
        stamps = found;
        return current;
    }

    private void tell(DefaultSslEngineFactory loaded, Level level, String what) {
        KeyStore own = loaded.keystore();
        if (own == null) {
            log.atLevel(level).addKeyValue("files", files).log(what);
            return;
        }
        try {
            for (String alias : Collections.list(own.aliases())) {
                if (own.getCertificate(alias) instanceof X509Certificate certificate) {
                    tell(certificate, level, what);
                }
            }
        } catch (KeyStoreException e) {
            throw new KafkaException("a loaded key store cannot be read", e);
        }
    }

    private static void tell(X509Certificate certificate, Level level, String what) {
        try {
            certificate.checkValidity();
            log.atLevel(level)
                    .addKeyValue("subject", certificate.getSubjectX500Principal())
                    .addKeyValue("expires", certificate.getNotAfter().toInstant())
                    .log(what);
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            log.atError()
                    .addKeyValue("subject", certificate.getSubjectX500Principal())
                    .addKeyValue("from", certificate.getNotBefore().toInstant())
                    .addKeyValue("until", certificate.getNotAfter().toInstant())
                    .log("our own certificate is not valid now: Kafka will refuse it; issue another one");
        }
    }

    @Override
    public synchronized boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
        return current.shouldBeRebuilt(nextConfigs);
    }

    @Override
    public synchronized Set<String> reconfigurableConfigs() {
        return current.reconfigurableConfigs();
    }

    @Override
    public synchronized @Nullable KeyStore keystore() {
        return current.keystore();
    }

    @Override
    public synchronized @Nullable KeyStore truststore() {
        return current.truststore();
    }

    @Override
    public synchronized void close() {
        current.close();
    }
}
