package io.callisto.domain.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.JobId;
import io.callisto.domain.Requirement;
import io.callisto.domain.ZoneId;
import io.callisto.domain.job.JobAllocation.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Requirement("CM-1")
class JobAllocationTest {

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    /** A random cluster: members, open parts, what was, what is wished. */
    private record Case(
            List<Member> members, List<JobZone> open, Map<JobZone, String> previous, Map<JobZone, String> wishes) {

        static Case of(long seed) {
            Random random = new Random(seed);
            List<Member> members = new ArrayList<>();
            for (int i = 1; i <= random.nextInt(6); i++) {
                members.add(new Member("s" + (1 + random.nextInt(8)), random.nextInt(5)));
            }
            Set<JobZone> open = new HashSet<>();
            for (int i = random.nextInt(30); i > 0; i--) {
                open.add(new JobZone(new JobId(random.nextInt(12)), new ZoneId(random.nextInt(3))));
            }
            Map<JobZone, String> previous = new HashMap<>();
            Map<JobZone, String> wishes = new HashMap<>();
            for (JobZone part : open) {
                if (random.nextBoolean()) {
                    previous.put(part, "s" + (1 + random.nextInt(8)));
                }
                if (random.nextInt(5) == 0) {
                    wishes.put(part, "s" + (1 + random.nextInt(8)));
                }
            }
            return new Case(members, new ArrayList<>(open), previous, wishes);
        }

        Map<JobZone, String> allocate() {
            return JobAllocation.allocate(members, open, previous, wishes);
        }

        Set<String> servers() {
            Set<String> servers = new HashSet<>();
            members.forEach(member -> servers.add(member.server()));
            return servers;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_open_part_goes_to_exactly_one_member_or_none_where_there_is_none(long seed) {
        Case given = Case.of(seed);
        Map<JobZone, String> result = given.allocate();
        if (given.members().isEmpty()) {
            assertThat(result).isEmpty();
        } else {
            assertThat(result.keySet()).containsExactlyInAnyOrderElementsOf(given.open());
            assertThat(given.servers()).containsAll(result.values());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_wish_for_a_member_holds_else_the_previous_member_keeps_its_part(long seed) {
        Case given = Case.of(seed);
        Set<String> servers = given.servers();
        given.allocate().forEach((part, server) -> {
            String wish = given.wishes().get(part);
            String previous = given.previous().get(part);
            if (wish != null && servers.contains(wish)) {
                assertThat(server).isEqualTo(wish);
            } else if (previous != null && servers.contains(previous)) {
                assertThat(server).isEqualTo(previous);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void applying_it_again_changes_nothing(long seed) {
        Case given = Case.of(seed);
        Map<JobZone, String> once = given.allocate();
        assertThat(JobAllocation.allocate(given.members(), given.open(), once, given.wishes()))
                .isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_order_of_the_arguments_does_not_matter(long seed) {
        Case given = Case.of(seed);
        List<Member> members = new ArrayList<>(given.members());
        List<JobZone> open = new ArrayList<>(given.open());
        Collections.shuffle(members, new Random(seed));
        Collections.shuffle(open, new Random(seed + 1));
        assertThat(JobAllocation.allocate(members, open, new LinkedHashMap<>(given.previous()), Map.of()))
                .isEqualTo(JobAllocation.allocate(given.members(), given.open(), given.previous(), Map.of()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void new_parts_are_spread_no_server_gets_one_while_another_has_two_fewer(long seed) {
        Case given = Case.of(seed);
        Map<JobZone, String> result = given.allocate();
        Set<String> servers = given.servers();
        Map<String, Integer> load = new HashMap<>();
        servers.forEach(server -> load.put(server, 0));
        result.values().forEach(server -> load.merge(server, 1, Integer::sum));
        int least = load.values().stream().min(Integer::compare).orElse(0);
        result.forEach((part, server) -> {
            boolean kept = server.equals(given.wishes().get(part))
                    || server.equals(given.previous().get(part));
            if (!kept) {
                assertThat(load.get(server)).isLessThanOrEqualTo(least + 1);
            }
        });
    }

    @Test
    void of_servers_with_as_many_parts_the_one_that_does_least_besides_gets_the_next() {
        JobZone part = new JobZone(new JobId(1), new ZoneId(0));
        assertThat(JobAllocation.allocate(
                        List.of(new Member("s1", 5), new Member("s2", 1), new Member("s3", 1)),
                        List.of(part),
                        Map.of(),
                        Map.of()))
                .isEqualTo(Map.of(part, "s2"));
    }

    @Test
    @Requirement({"CM-2", "CM-4"})
    void a_server_whose_process_has_just_begun_gets_parts_after_the_others_but_not_never() {
        List<JobZone> parts = IntStream.rangeClosed(1, 6)
                .mapToObj(job -> new JobZone(new JobId(job), new ZoneId(0)))
                .toList();
        Map<JobZone, String> given = JobAllocation.allocate(
                List.of(new Member("s1", 0, true), new Member("s2", 5)), parts, Map.of(), Map.of());

        assertThat(given.values()).containsExactly("s2", "s2", "s2", "s1", "s2", "s1");
        assertThat(JobAllocation.allocate(
                        List.of(new Member("s1", 0, true), new Member("s2", 0)),
                        parts.subList(0, 1),
                        Map.of(parts.get(0), "s1"),
                        Map.of()))
                .as("what it has it keeps")
                .containsEntry(parts.get(0), "s1");
    }

    /**
     * Servers die and return, jobs come and go, wishes change: what the director does at each turn, over many turns.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    @Requirement("CM-6")
    void a_member_that_returns_gets_only_what_is_new_lost_by_another_or_wished(long seed) {
        Random random = new Random(seed);
        Map<JobZone, String> allocated = new HashMap<>();
        Map<JobZone, String> wishes = new HashMap<>();
        Set<String> alive = new HashSet<>();
        for (int turn = 0; turn < 40; turn++) {
            Set<String> before = Set.copyOf(alive);
            String server = "s" + (1 + random.nextInt(4));
            if (!alive.remove(server)) {
                alive.add(server);
            }
            JobZone touched = new JobZone(new JobId(random.nextInt(8)), new ZoneId(random.nextInt(2)));
            switch (random.nextInt(4)) {
                case 0 -> allocated.remove(touched);
                case 1 -> allocated.putIfAbsent(touched, "");
                case 2 -> wishes.put(touched, "s" + (1 + random.nextInt(4)));
                default -> wishes.remove(touched);
            }
            List<Member> members =
                    alive.stream().map(name -> new Member(name, 0)).toList();
            Map<JobZone, String> after = JobAllocation.allocate(members, allocated.keySet(), allocated, wishes);
            if (after.isEmpty()) {
                continue;
            }
            after.forEach((part, now) -> {
                String was = allocated.get(part);
                boolean returned = alive.contains(now) && !before.contains(now);
                if (returned && !now.equals(was) && !now.equals(wishes.get(part))) {
                    assertThat(alive)
                            .as("part %s left %s for %s, which has returned", part, was, now)
                            .doesNotContain(was);
                }
                if (!now.equals(was) && alive.contains(was)) {
                    assertThat(now)
                            .as("only a wish takes a part from a living server")
                            .isEqualTo(wishes.get(part));
                }
            });
            allocated.putAll(after);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void what_a_dead_member_leaves_goes_to_the_least_busy(long seed) {
        Random random = new Random(seed);
        Set<JobZone> open = new HashSet<>();
        for (int i = 1 + random.nextInt(20); i > 0; i--) {
            open.add(new JobZone(new JobId(i), new ZoneId(0)));
        }
        List<Member> three = List.of(new Member("s1", 0), new Member("s2", 0), new Member("s3", 0));
        Map<JobZone, String> first = JobAllocation.allocate(three, open, Map.of(), Map.of());
        Map<JobZone, String> second = JobAllocation.allocate(three.subList(0, 2), open, first, Map.of());
        long one = second.values().stream().filter("s1"::equals).count();
        long two = second.values().stream().filter("s2"::equals).count();
        assertThat(Math.abs(one - two)).as("s1 has %s, s2 has %s", one, two).isLessThanOrEqualTo(1);
        first.forEach((part, server) -> {
            if (!server.equals("s3")) {
                assertThat(second).containsEntry(part, server);
            }
        });
    }
}
