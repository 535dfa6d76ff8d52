package io.callisto.drills.api;

/** The REST API refused or did not answer; the message has its answer. */
public final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ApiFailure(String message) {
        super(message);
    }

    public ApiFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
