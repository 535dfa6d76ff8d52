package io.callisto.server.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Gives every purpose a port and keeps it. Ports come from below the range that the system uses for outgoing
 * connections, so
 * that a stopped part finds its port again; clusters in different directories begin at different places.
 */
final class PortBook {
    private static final int FIRST = 20_000;
    private static final int LAST = 31_900;
    private static final int REST = 8080;

    private final Function<String, Host> hosts;
    private final Map<String, Integer> ports;
    private final Set<Integer> used;
    private int next;

    PortBook(Path home, Function<String, Host> hosts, Map<String, Integer> known) {
        this.hosts = hosts;
        this.ports = new TreeMap<>(known);
        this.used = new HashSet<>(known.values());
        this.next = FIRST + Math.floorMod(home.toString().hashCode(), (LAST - FIRST) / 100) * 100;
    }

    /** The ports so far. */
    Map<String, Integer> ports() {
        return ports;
    }

    void need(List<String> purposes) {
        purposes.forEach(purpose -> ports.computeIfAbsent(purpose, this::pick));
    }

    /** REST ports count from 8080, so that a newcomer's first URL is the usual one. */
    void needRest(String purpose, int index) {
        ports.computeIfAbsent(purpose, p -> {
            int port = REST + index;
            while (used.contains(port) || !free(hosts.apply(purpose), port)) {
                port++;
            }
            used.add(port);
            return port;
        });
    }

    private int pick(String purpose) {
        for (int i = FIRST; i < LAST; i++) {
            int port = next;
            next = next + 1 >= LAST ? FIRST : next + 1;
            if (!used.contains(port) && free(hosts.apply(purpose), port)) {
                used.add(port);
                return port;
            }
        }
        throw new ClusterFailure("no free port between " + FIRST + " and " + LAST);
    }

    /** Nobody else uses the ports of a host that was made for the cluster. */
    static boolean free(Host host, int port) {
        return !host.here() || free(host.address(), port);
    }

    static boolean free(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
