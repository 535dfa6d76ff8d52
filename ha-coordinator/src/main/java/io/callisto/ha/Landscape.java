package io.callisto.ha;

import java.util.Map;
import java.util.Set;

/**
 * Who is there to own scopes, as the database says. It orders claims, nothing more.
 *
 * @param services of the living servers, without those that are on their way out
 * @param roles how many scopes each server owns, by {@link io.callisto.domain.ownership.ScopeAllocation#kind}
 * @param previous server of the last owner of scopes that were asked for
 * @param fresh those of {@code services} whose process has just begun: its first work takes several times as long
 */
public record Landscape(
        Map<String, Set<String>> services,
        Map<String, Map<String, Integer>> roles,
        Map<Scope, String> previous,
        Map<String, Set<String>> fresh) {
    /** Nothing is known: nobody is let go first. */
    public static final Landscape UNKNOWN = new Landscape(Map.of(), Map.of(), Map.of(), Map.of());

    public Landscape {
        services = Map.copyOf(services);
        roles = Map.copyOf(roles);
        previous = Map.copyOf(previous);
        fresh = Map.copyOf(fresh);
    }
}
