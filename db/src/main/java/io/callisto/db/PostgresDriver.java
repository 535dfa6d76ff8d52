package io.callisto.db;

import java.sql.Driver;
import java.util.ServiceLoader;

/**
 * PostgreSQL's driver without {@link java.sql.DriverManager}, which would load every driver of the class path; some of
 * them
 * fail in a JVM that was not prepared for them.
 */
public final class PostgresDriver {
    private PostgresDriver() {}

    /** The driver. */
    public static Driver get() {
        return ServiceLoader.load(Driver.class).stream()
                .filter(provider -> provider.type().getName().equals("org.postgresql.Driver"))
                .map(ServiceLoader.Provider::get)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("PostgreSQL's driver is not on the class path"));
    }
}
