package io.callisto.gateway.calls;

/** The gateway is being stopped and takes no new calls; nothing was recorded. */
public final class GatewayDraining extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GatewayDraining() {
        super("the gateway is being stopped and takes no new calls");
    }
}
