package io.callisto.server.kafkaha;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a broker will be: {@code host:controllerPort} or {@code host:controllerPort:brokerPort}; IPv6 addresses stand
 * in brackets.
 *
 * @param host name or address, without brackets
 * @param controllerPort of the controller
 * @param brokerPort for clients and other brokers; null: the cluster's default
 */
public record Endpoint(
        String host, int controllerPort, @Nullable Integer brokerPort) {
    private static final Pattern FORM =
            Pattern.compile("(?:\\[(?<six>[0-9A-Fa-f:.%a-z]+)]|(?<host>[A-Za-z0-9._-]+)):(?<port>\\d{1,5})"
                    + "(?::(?<broker>\\d{1,5}))?");

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what is wrong and how it should look
     */
    public static Endpoint parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no address of a broker; write host:controllerPort, "
                    + "for example 10.0.0.11:9094 or [fd00::11]:9094");
        }
        String six = form.group("six");
        String host = six == null ? form.group("host") : six;
        String broker = form.group("broker");
        return new Endpoint(host, port(text, form.group("port")), broker == null ? null : port(text, broker));
    }

    private static int port(String text, String digits) {
        int port = Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("'" + text + "': a port is 1 to 65535, not " + digits);
        }
        return port;
    }

    /** The host as it stands before a colon. */
    static String bracketed(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    @Override
    public String toString() {
        return bracketed(host) + ":" + controllerPort + (brokerPort == null ? "" : ":" + brokerPort);
    }
}
