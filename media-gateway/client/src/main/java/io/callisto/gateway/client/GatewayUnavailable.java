package io.callisto.gateway.client;

/**
 * The gateway did not answer, or does not take commands now. Whether a command had an effect is not known from this:
 * only
 * {@link GatewayClient#resolve} can say.
 */
public final class GatewayUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String gatewayId;
    private final String status;

    public GatewayUnavailable(String gatewayId, String status, String message, Throwable cause) {
        super("media gateway " + gatewayId + " is unavailable (" + status + "): " + message, cause);
        this.gatewayId = gatewayId;
        this.status = status;
    }

    public String gatewayId() {
        return gatewayId;
    }

    /** Name of the gRPC status, such as {@code UNAVAILABLE}, {@code DEADLINE_EXCEEDED}, {@code RESOURCE_EXHAUSTED}. */
    public String status() {
        return status;
    }
}
