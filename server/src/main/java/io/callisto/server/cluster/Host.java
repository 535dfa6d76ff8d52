package io.callisto.server.cluster;

import java.util.List;

/**
 * A host that parts of a local cluster run on.
 *
 * @param name such as {@code s1}
 * @param address that its parts listen on and others reach them by
 * @param enter command prefix that starts a process on it; empty for this machine itself
 */
public record Host(String name, String address, List<String> enter) {
    public Host {
        enter = List.copyOf(enter);
    }

    /** Whether programs of this JVM see the same ports as those on the host. */
    boolean here() {
        return enter.isEmpty();
    }

    /** This machine. */
    public static Host loopback() {
        return new Host("localhost", "127.0.0.1", List.of());
    }
}
