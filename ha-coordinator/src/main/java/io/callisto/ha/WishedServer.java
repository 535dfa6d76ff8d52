package io.callisto.ha;

import java.util.Set;

/**
 * A living server that the administrator wants to own a scope.
 *
 * @param services that it runs and that are not on their way out
 * @param aliveMillis since its youngest incarnation that runs them started
 */
public record WishedServer(Scope scope, String server, Set<String> services, long aliveMillis) {
    public WishedServer {
        services = Set.copyOf(services);
    }
}
