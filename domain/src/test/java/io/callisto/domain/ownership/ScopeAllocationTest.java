package io.callisto.domain.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.domain.ownership.ScopeAllocation.Free;
import io.callisto.domain.ownership.ScopeAllocation.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScopeAllocationTest {
    private static final Set<String> ALL = Set.of("s1", "s2", "s3", "s4");

    @Test
    @Requirement({"DEP-4", "CD-2"})
    void after_two_of_four_servers_are_lost_the_survivors_share_directors_and_zones() {
        List<Member> survivors = List.of(idle("s4"), idle("s3"));
        List<Free> free = List.of(
                free("director"),
                free("director/2"),
                free("agent-manager/1"),
                free("director/1"),
                free("agent-manager/2"));
        assertThat(ScopeAllocation.allocate(survivors, free))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "director", "s3",
                        "director/1", "s3",
                        "director/2", "s4",
                        "agent-manager/1", "s3",
                        "agent-manager/2", "s4"));
    }

    @Test
    void the_directors_alone_are_shared_in_the_same_way() {
        List<Free> free = List.of(free("director"), free("director/1"), free("director/2"));
        assertThat(ScopeAllocation.allocate(List.of(idle("s3"), idle("s4")), free))
                .containsExactlyInAnyOrderEntriesOf(Map.of("director", "s3", "director/1", "s3", "director/2", "s4"));
    }

    @Test
    void a_wish_comes_first_and_has_no_effect_while_its_server_is_away() {
        List<Member> members = List.of(new Member("s1", Map.of("director/", 5)), idle("s2"), idle("s3"));
        assertThat(order(members, new Free("director/1", ALL, "s1", null))).containsExactly("s1", "s2", "s3");
        assertThat(order(members, new Free("director/1", ALL, "s4", null))).containsExactly("s2", "s3", "s1");
        assertThat(order(members, new Free("director/1", Set.of("s2", "s3"), "s1", null)))
                .containsExactly("s2", "s3");
    }

    @Test
    void the_least_busy_server_is_the_one_with_fewest_roles_of_the_kind_then_in_all_then_the_last_owner() {
        List<Member> members = List.of(
                new Member("s1", Map.of("agent-manager/", 1)),
                new Member("s2", Map.of("job/", 7)),
                new Member("s3", Map.of("job/", 6, "director", 1)),
                new Member("s4", Map.of("director", 1)));
        assertThat(order(members, new Free("agent-manager/3", ALL, null, "s3")))
                .containsExactly("s4", "s3", "s2", "s1");
        assertThat(order(members, new Free("agent-manager/3", ALL, null, "s2")))
                .containsExactly("s4", "s2", "s3", "s1");
    }

    @Test
    void a_process_that_has_just_begun_comes_last_unless_it_is_wished_for() {
        List<Member> members = List.of(new Member("s1", Map.of("director/", 5)), idle("s2"), idle("s3"));
        assertThat(order(members, new Free("director/1", ALL, null, "s2", Set.of("s2", "s3"))))
                .containsExactly("s1", "s2", "s3");
        assertThat(order(members, new Free("director/1", ALL, "s3", null, Set.of("s2", "s3"))))
                .containsExactly("s3", "s1", "s2");
    }

    @Test
    void nobody_is_named_for_a_scope_without_candidates() {
        assertThat(ScopeAllocation.allocate(List.of(idle("s1")), List.of(new Free("cache", Set.of(), null, null))))
                .isEmpty();
        assertThat(ScopeAllocation.allocate(List.of(), List.of(free("cache")))).isEmpty();
    }

    @Test
    void whatever_is_free_every_candidate_computes_the_same_total_and_spread_order() {
        Random random = new Random(20261122);
        for (int round = 0; round < 3_000; round++) {
            List<Member> members = new ArrayList<>();
            for (String server : List.of("s1", "s2", "s3", "s4").subList(0, 1 + random.nextInt(4))) {
                members.add(new Member(
                        server, Map.of("director/", random.nextInt(3), "job/", random.nextInt(4), "cache", 0)));
            }
            List<Free> free = new ArrayList<>();
            for (int zone = 0; zone < random.nextInt(9); zone++) {
                free.add(new Free("director/" + zone, ALL, anyServer(random), anyServer(random)));
                free.add(new Free("agent-manager/" + zone, ALL, null, anyServer(random)));
            }
            Map<String, List<String>> orders = ScopeAllocation.claimOrder(members, free);
            // Total: everybody is named once for every scope.
            assertThat(orders).hasSize(free.size());
            assertThat(orders.values())
                    .allSatisfy(order -> assertThat(order)
                            .containsExactlyInAnyOrderElementsOf(
                                    members.stream().map(Member::server).toList()));
            // The same in whatever order the arguments come.
            List<Member> shuffledMembers = new ArrayList<>(members);
            List<Free> shuffledFree = new ArrayList<>(free);
            Collections.shuffle(shuffledMembers, random);
            Collections.shuffle(shuffledFree, random);
            assertThat(ScopeAllocation.claimOrder(shuffledMembers, shuffledFree))
                    .isEqualTo(orders);
            requireSpread(members, orders);
            requireStable(members, free, random);
        }
    }

    /** Nobody was wished for agent managers: they differ by at most one between any two servers. */
    private static void requireSpread(List<Member> members, Map<String, List<String>> orders) {
        Map<String, Integer> zones = new TreeMap<>();
        members.forEach(member -> zones.put(member.server(), 0));
        orders.forEach((scope, order) -> {
            if (scope.startsWith("agent-manager/")) {
                zones.merge(order.get(0), 1, Integer::sum);
            }
        });
        assertThat(Collections.max(zones.values()) - Collections.min(zones.values()))
                .isLessThanOrEqualTo(1);
    }

    /** Once some of the scopes are taken as allocated, the others are still allocated to the same servers. */
    private static void requireStable(List<Member> members, List<Free> free, Random random) {
        Map<String, String> owners = ScopeAllocation.allocate(members, free);
        // Claims happen in the order of the allocation: each server has claimed a part of what comes first.
        List<String> claimed = new ArrayList<>(owners.keySet()).subList(0, random.nextInt(owners.size() + 1));
        Map<String, Map<String, Integer>> roles = new HashMap<>();
        members.forEach(member -> roles.put(member.server(), new HashMap<>(member.roles())));
        claimed.forEach(scope -> rolesOf(roles, owners.get(scope)).merge(ScopeAllocation.kind(scope), 1, Integer::sum));
        List<Member> later = members.stream()
                .map(member -> new Member(member.server(), rolesOf(roles, member.server())))
                .toList();
        List<Free> left =
                free.stream().filter(part -> !claimed.contains(part.scope())).toList();
        Map<String, String> expected = new HashMap<>(owners);
        expected.keySet().removeAll(claimed);
        assertThat(ScopeAllocation.allocate(later, left)).isEqualTo(expected);
    }

    private static Map<String, Integer> rolesOf(Map<String, Map<String, Integer>> roles, @Nullable String server) {
        return Objects.requireNonNull(roles.get(Objects.requireNonNull(server)));
    }

    private static @Nullable String anyServer(Random random) {
        int index = random.nextInt(8);
        return index == 0 || index > 4 ? null : "s" + index;
    }

    private static List<String> order(List<Member> members, Free free) {
        return ScopeAllocation.claimOrder(members, List.of(free)).getOrDefault(free.scope(), List.of());
    }

    private static Member idle(String server) {
        return new Member(server, Map.of());
    }

    private static Free free(String scope) {
        return new Free(scope, ALL, null, null);
    }
}
