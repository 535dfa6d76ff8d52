package io.callisto.gateway.server;

/** The gateway cannot start; the operator is told what to do. */
public final class GatewayStartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    public GatewayStartFailure(String message, String remedy, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
