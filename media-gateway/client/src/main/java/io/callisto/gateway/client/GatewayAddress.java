package io.callisto.gateway.client;

/**
 * Where a media gateway listens.
 *
 * @param id the gateway's name, such as {@code g1}; it is written into every reservation
 * @param host name or address; an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record GatewayAddress(String id, String host, int port) {
    public GatewayAddress {
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")) {
            throw new IllegalArgumentException("not a gateway id: '" + id + "'");
        }
        if (host.isBlank()) {
            throw new IllegalArgumentException("gateway " + id + " has no host");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("gateway " + id + ": port must lie between 1 and 65535: " + port);
        }
    }

    /** The form that {@link Gateways#parse} reads. */
    @Override
    public String toString() {
        return id + "=" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
