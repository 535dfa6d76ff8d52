package io.callisto.event.client.tls;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How to get into Kafka. Certificate files are read again when they change. Anything else that Kafka knows (SASL) can
 * be set with {@code EventClientBuilder.kafkaProperty}.
 */
public final class EventSecurity {
    private final Map<String, String> properties;

    private EventSecurity(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    /** No TLS: for development only. */
    public static EventSecurity none() {
        return new EventSecurity(Map.of());
    }

    /**
     * TLS without a certificate of the client.
     *
     * @param ca PEM file with the certificates of the CAs to trust
     */
    public static EventSecurity tls(Path ca) {
        return new EventSecurity(Map.of("security.protocol", "SSL", ReloadingSslEngineFactory.CA, ca.toString()));
    }

    /**
     * Mutual TLS with PEM files.
     *
     * @param certificate the client's certificate, and those between it and the CA
     * @param key its private key (PKCS#8, not encrypted)
     * @param ca the certificates of the CAs to trust
     */
    public static EventSecurity pem(Path certificate, Path key, Path ca) {
        return new EventSecurity(Map.of(
                "security.protocol",
                "SSL",
                ReloadingSslEngineFactory.CERTIFICATE,
                certificate.toString(),
                ReloadingSslEngineFactory.KEY,
                key.toString(),
                ReloadingSslEngineFactory.CA,
                ca.toString()));
    }

    /** Mutual TLS with PKCS#12 stores. */
    public static EventSecurity pkcs12(
            Path keyStore, String keyStorePassword, Path trustStore, String trustStorePassword) {
        return new EventSecurity(Map.of(
                "security.protocol",
                "SSL",
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                keyStore.toString(),
                "ssl.keystore.password",
                keyStorePassword,
                "ssl.key.password",
                keyStorePassword,
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.location",
                trustStore.toString(),
                "ssl.truststore.password",
                trustStorePassword));
    }

    /** The same with further properties of Kafka. */
    public EventSecurity with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(more);
        return new EventSecurity(all);
    }

    /** As properties of a Kafka client. */
    public Map<String, String> properties() {
        return properties;
    }

    @Override
    public String toString() {
        return properties.getOrDefault("security.protocol", "PLAINTEXT"); // the rest may hold passwords
    }
}
