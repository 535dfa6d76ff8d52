package io.callisto.server.cluster;

/** The cluster cannot be brought up or down. The message says what is wrong and what to do. */
public final class ClusterFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong and what to do */
    public ClusterFailure(String message) {
        super(message);
    }

    /** @param message what is wrong and what to do */
    public ClusterFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
