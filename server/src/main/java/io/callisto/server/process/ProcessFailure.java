package io.callisto.server.process;

/** A process could not be started or ended early. The message says what is wrong and what to do. */
public final class ProcessFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong and what to do */
    public ProcessFailure(String message) {
        super(message);
    }

    /** @param message what is wrong and what to do */
    public ProcessFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
