package io.callisto.ha;

import io.callisto.domain.ownership.ScopeAllocation;
import io.callisto.domain.ownership.ScopeAllocation.Free;
import io.callisto.domain.ownership.ScopeAllocation.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * In which order one candidate claims what is free, and how long it lets others go first. Every candidate computes it
 * by itself from what it reads; where they read different things, or the first is not there, somebody claims a moment
 * later, or two claim at once and the rows decide. Courtesy, not safety.
 *
 * @param sequence what to claim, in this order
 * @param waitMillis since the scope was first seen free
 */
record ClaimOrder(List<Scope> sequence, Map<Scope, Long> waitMillis) {
    /** How much longer each candidate waits than the one before it. */
    static final long STEP_MILLIS = 100;

    /** How much longer the others wait where the administrator's server is alive. */
    static final long WISH_MILLIS = 300;

    /** How much longer a process waits that has just begun, where there is one that has not. */
    static final long FRESH_MILLIS = 300;

    /** Whoever is very far behind does not wait for ever. */
    private static final int LAST_RANK = 6;

    /**
     * A free scope that this candidate stands for.
     *
     * @param service that stands for it; empty where it is not told
     * @param wish server that the administrator wants
     */
    record Ask(Scope scope, String service, @Nullable String wish) {
        boolean ordered() {
            return !service.isEmpty() && !job();
        }

        /** Who stands for a job was chosen by the director. */
        private boolean job() {
            return scope.value().startsWith("job/");
        }
    }

    static ClaimOrder of(String me, Collection<Ask> asks, Landscape landscape) {
        List<Free> free = new ArrayList<>();
        Map<Scope, Long> waits = new HashMap<>();
        List<Scope> sequence = new ArrayList<>();
        Set<String> late = new HashSet<>();
        for (Ask ask : asks) {
            if (ask.ordered() && !landscape.services().isEmpty()) {
                Set<String> candidates = candidates(me, ask, landscape);
                Set<String> fresh = fresh(candidates, ask, landscape);
                free.add(new Free(
                        ask.scope().value(),
                        candidates,
                        ask.wish(),
                        landscape.previous().get(ask.scope()),
                        fresh));
                if (fresh.contains(me) && !me.equals(ask.wish()) && fresh.size() < candidates.size()) {
                    late.add(ask.scope().value());
                }
            } else {
                sequence.add(ask.scope());
                waits.put(ask.scope(), !ask.job() && wished(ask.wish(), me, landscape) ? WISH_MILLIS : 0L);
            }
        }
        Map<String, String> wishes = new TreeMap<>();
        free.forEach(next -> {
            if (next.wish() != null && next.candidates().contains(next.wish())) {
                wishes.put(next.scope(), next.wish());
            }
        });
        ScopeAllocation.claimOrder(members(me, landscape), free).forEach((scope, order) -> {
            int rank = Math.min(LAST_RANK, order.indexOf(me));
            String wish = wishes.get(scope);
            sequence.add(new Scope(scope));
            waits.put(
                    new Scope(scope),
                    rank * STEP_MILLIS
                            + (wish != null && !wish.equals(me) ? WISH_MILLIS : 0)
                            + (late.contains(scope) ? FRESH_MILLIS : 0));
        });
        return new ClaimOrder(List.copyOf(sequence), Map.copyOf(waits));
    }

    /** Whether somebody else is wished for, as far as is known alive. */
    private static boolean wished(@Nullable String wish, String me, Landscape landscape) {
        return wish != null
                && !wish.equals(me)
                && (landscape.services().isEmpty() || landscape.services().containsKey(wish));
    }

    private static Set<String> candidates(String me, Ask ask, Landscape landscape) {
        // This node is one even where its own row does not say so yet.
        Set<String> candidates = new HashSet<>(Set.of(me));
        landscape.services().forEach((server, services) -> {
            if (services.contains(ask.service())) {
                candidates.add(server);
            }
        });
        return candidates;
    }

    private static Set<String> fresh(Set<String> candidates, Ask ask, Landscape landscape) {
        Set<String> fresh = new HashSet<>(candidates);
        fresh.removeIf(
                server -> !landscape.fresh().getOrDefault(server, Set.of()).contains(ask.service()));
        return fresh;
    }

    private static List<Member> members(String me, Landscape landscape) {
        Set<String> servers = new TreeSet<>(landscape.services().keySet());
        servers.add(me);
        return servers.stream()
                .map(server -> new Member(server, landscape.roles().getOrDefault(server, Map.of())))
                .toList();
    }
}
