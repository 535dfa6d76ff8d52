package io.callisto.ha;

import java.util.UUID;

/**
 * One incarnation of a JVM that can own scopes; a restarted JVM is another node.
 *
 * @param value random
 */
public record NodeId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
