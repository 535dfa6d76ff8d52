package io.callisto.domain.ownership;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which server should take which scope that has no owner. Pure: the same arguments give the same answer, in whatever
 * order they come, so every candidate computes the same order of claims by itself.
 *
 * <p>The administrator's wish comes first, then whoever has been up for a while, then the least busy server: fewest
 * roles of the same kind, then fewest roles in all, then the one that had it last, then by name. A process that has
 * just begun is always the least busy one, and the slowest. Scopes that are owned are only counted: they never move to
 * even out the load. Several scopes that are free at once are given out one after the other, each counting as a role of
 * the server it was given to, so that they spread.
 */
public final class ScopeAllocation {
    /** Zones are given out before what exists once, so that a server that gets both has a zone's roles together. */
    private static final List<String> FIRST = List.of("agent-manager/", "director/", "director");

    private static final Comparator<Free> ORDER = Comparator.comparingInt((Free free) -> urgency(kind(free.scope())))
            .thenComparing(free -> kind(free.scope()))
            // Zone 10 after zone 9.
            .thenComparingInt(free -> free.scope().length())
            .thenComparing(Free::scope);

    private ScopeAllocation() {}

    /**
     * A living server and what it owns.
     *
     * @param server such as {@code s1}
     * @param roles how many scopes it owns, by {@link #kind}
     */
    public record Member(String server, Map<String, Integer> roles) {
        public Member {
            roles = Map.copyOf(roles);
        }
    }

    /**
     * A scope without an owner.
     *
     * @param scope such as {@code director/1}
     * @param candidates servers that can own it; those that are no members are left out
     * @param wish where the administrator wants it to be; without effect while that server is no candidate
     * @param previous server of its last owner
     * @param fresh candidates whose process has just begun
     */
    public record Free(
            String scope,
            Set<String> candidates,
            @Nullable String wish,
            @Nullable String previous,
            Set<String> fresh) {
        public Free {
            candidates = Set.copyOf(candidates);
            fresh = Set.copyOf(fresh);
        }

        /** All candidates have been up for a while. */
        public Free(String scope, Set<String> candidates, @Nullable String wish, @Nullable String previous) {
            this(scope, candidates, wish, previous, Set.of());
        }
    }

    /** What kind of role a scope is: {@code director} is one, {@code director/} of a zone another. */
    public static String kind(String scope) {
        int slash = scope.indexOf('/');
        return slash < 0 ? scope : scope.substring(0, slash + 1);
    }

    /**
     * Who should own each free scope.
     *
     * @return no entry for a scope that has no candidate
     */
    public static Map<String, String> allocate(Collection<Member> members, Collection<Free> free) {
        Map<String, String> owners = new LinkedHashMap<>();
        claimOrder(members, free).forEach((scope, order) -> {
            if (!order.isEmpty()) {
                owners.put(scope, order.get(0));
            }
        });
        return owners;
    }

    /**
     * Who should claim each free scope first, second and so on: whoever comes later gives those before it a moment.
     *
     * @param members a server that is named twice counts once, with all its roles
     */
    public static Map<String, List<String>> claimOrder(Collection<Member> members, Collection<Free> free) {
        Load load = new Load(members);
        Map<String, List<String>> orders = new LinkedHashMap<>();
        free.stream().distinct().sorted(ORDER).forEach(next -> {
            List<String> order = load.order(next);
            orders.put(next.scope(), order);
            if (!order.isEmpty()) {
                load.add(order.get(0), kind(next.scope()), 1);
            }
        });
        return orders;
    }

    private static int urgency(String kind) {
        int index = FIRST.indexOf(kind);
        return index < 0 ? FIRST.size() : index;
    }

    /** What each server has, and is about to have. */
    private static final class Load {
        private final Map<String, Map<String, Integer>> kinds = new TreeMap<>();
        private final Map<String, Integer> totals = new HashMap<>();

        Load(Collection<Member> members) {
            for (Member member : members) {
                kinds.putIfAbsent(member.server(), new HashMap<>());
                member.roles().forEach((kind, count) -> add(member.server(), kind, count));
            }
        }

        void add(String server, String kind, int count) {
            kinds.computeIfAbsent(server, name -> new HashMap<>()).merge(kind, count, Integer::sum);
            totals.merge(server, count, Integer::sum);
        }

        List<String> order(Free free) {
            String kind = kind(free.scope());
            return kinds.keySet().stream()
                    .filter(free.candidates()::contains)
                    .sorted(Comparator.comparing((String server) -> !server.equals(free.wish()))
                            .thenComparing(server -> free.fresh().contains(server))
                            .thenComparingInt(server ->
                                    Objects.requireNonNull(kinds.get(server)).getOrDefault(kind, 0))
                            .thenComparingInt(server -> totals.getOrDefault(server, 0))
                            .thenComparing(server -> !server.equals(free.previous()))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
    }
}
