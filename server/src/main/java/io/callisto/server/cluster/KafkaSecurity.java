package io.callisto.server.cluster;

/** How one talks to the embedded Kafka. */
public enum KafkaSecurity {
    /** In the clear and without names: for a machine of one's own. */
    NONE,
    /** Mutual TLS, and access by certificate. */
    TLS
}
