package io.callisto.db.embedded;

/** PostgreSQL could not be unpacked, initialised, started or stopped. The message says what is wrong and what to do. */
public final class EmbeddedPostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong and what to do */
    public EmbeddedPostgresException(String message) {
        super(message);
    }

    /** @param message what is wrong and what to do */
    public EmbeddedPostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
