package io.callisto.server.cluster;

import org.jspecify.annotations.Nullable;

/**
 * Parts that run elsewhere and take the place of embedded ones; null: embedded.
 *
 * @param databaseUrl JDBC address of a PostgreSQL database
 * @param databaseUser its user
 * @param databasePassword the user's password
 * @param zookeeper connect string
 * @param kafka bootstrap servers
 * @param brokerUrl JMS address of the Artemis brokers
 */
public record ExternalParts(
        @Nullable String databaseUrl,
        @Nullable String databaseUser,
        @Nullable String databasePassword,
        @Nullable String zookeeper,
        @Nullable String kafka,
        @Nullable String brokerUrl) {

    /** Everything embedded. */
    public static ExternalParts none() {
        return new ExternalParts(null, null, null, null, null, null);
    }
}
