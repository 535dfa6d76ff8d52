package io.callisto.gateway.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The media gateways of an installation, in the order of the setting {@code callisto.gateways}.
 *
 * @param addresses at least one; ids are unique
 */
public record Gateways(List<GatewayAddress> addresses) {
    private static final Pattern ENTRY = Pattern.compile("([^=]+)=(\\[[^\\]]+\\]|[^:]+):([0-9]{1,5})");

    public Gateways {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no media gateway is named; expected g1=host:port,g2=host:port");
        }
        Set<String> ids = new HashSet<>();
        for (GatewayAddress address : addresses) {
            if (!ids.add(address.id())) {
                throw new IllegalArgumentException("media gateway '" + address.id() + "' is named twice");
            }
        }
    }

    /**
     * Reads {@code g1=host:port,g2=[::1]:port}.
     *
     * @throws IllegalArgumentException where the text has another form; the message shows the entry and the form
     */
    public static Gateways parse(String text) {
        List<GatewayAddress> addresses = new ArrayList<>();
        if (!text.isBlank()) {
            for (String entry : text.split(",", -1)) {
                addresses.add(parseEntry(entry.strip()));
            }
        }
        return new Gateways(addresses);
    }

    private static GatewayAddress parseEntry(String entry) {
        Matcher matcher = ENTRY.matcher(entry);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "not a media gateway: '" + entry + "'; expected id=host:port, such as g1=127.0.0.1:7001");
        }
        String host = matcher.group(2).strip();
        return new GatewayAddress(
                matcher.group(1).strip(),
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                Integer.parseInt(matcher.group(3)));
    }

    /** The gateway of this id. */
    public Optional<GatewayAddress> find(String id) {
        return addresses.stream().filter(address -> address.id().equals(id)).findFirst();
    }

    @Override
    public String toString() {
        return addresses.stream().map(GatewayAddress::toString).collect(Collectors.joining(","));
    }
}
