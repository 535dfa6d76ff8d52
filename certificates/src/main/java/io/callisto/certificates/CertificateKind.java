package io.callisto.certificates;

/** What a certificate is for. */
public enum CertificateKind {
    /** A Kafka broker, which other brokers and all clients talk to. */
    SERVER("server"),
    /** A service of Callisto, which may do everything in Kafka. */
    SERVICE("service"),
    /** An organisation's client, which may read that organisation's events. */
    CLIENT("organisation-");

    private final String unit;

    CertificateKind(String unit) {
        this.unit = unit;
    }

    /** The subject's organisational unit, or the beginning of it. */
    String unit() {
        return unit;
    }
}
