package io.callisto.manager.gateway;

/** As many calls as one gateway may keep waiting are waiting for it already. Nothing was sent. */
public final class GatewayBusy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GatewayBusy(String gateway) {
        super("too many calls wait for media gateway " + gateway);
    }
}
