package io.callisto.manager.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.JobId;
import io.callisto.domain.Requirement;
import io.callisto.domain.ZoneId;
import io.callisto.domain.job.JobAllocation.Member;
import io.callisto.domain.job.JobZone;
import io.callisto.manager.allocation.Sight.Director;
import io.callisto.manager.allocation.Sight.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Requirement("CD-15")
class StandDecisionTest {
    private static final JobZone PART = new JobZone(new JobId(7), new ZoneId(0));
    private static final List<Member> ALIVE = List.of(new Member("s2", 0), new Member("s3", 0));

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    private static Sight sight(Director director, @Nullable String allocatedTo, @Nullable String holder) {
        return new Sight(director, List.of(new Part(PART, allocatedTo, holder, null)));
    }

    private static Map<JobZone, String> decide(String here, Sight sight, Map<JobZone, String> taken) {
        return StandDecision.decide(here, sight, ALIVE, taken);
    }

    @ParameterizedTest
    @EnumSource(Director.class)
    void what_is_allocated_here_is_stood_for_however_the_director_is(Director director) {
        assertThat(decide("s2", sight(director, "s2", "s3"), Map.of())).containsEntry(PART, "s2");
    }

    @ParameterizedTest
    @EnumSource(value = Director.class, names = "AWAY", mode = EnumSource.Mode.EXCLUDE)
    void nobody_helps_himself_unless_the_director_has_been_away_for_long(Director director) {
        assertThat(decide("s2", sight(director, "s1", null), Map.of())).isEmpty();
        assertThat(decide("s3", sight(director, "s1", null), Map.of())).isEmpty();
    }

    @Test
    void what_nobody_dials_is_stood_for_by_exactly_one_when_the_director_is_away() {
        Sight sight = sight(Director.AWAY, "s1", null);
        assertThat(decide("s2", sight, Map.of())).isEqualTo(Map.of(PART, "s1"));
        assertThat(decide("s3", sight, Map.of())).isEmpty();
    }

    @Test
    void what_somebody_dials_is_left_to_him() {
        assertThat(decide("s2", sight(Director.AWAY, "s1", "s3"), Map.of())).isEmpty();
        assertThat(decide("s2", sight(Director.AWAY, "s3", null), Map.of()))
                .as("it is allocated to a manager that lives")
                .isEmpty();
    }

    @Test
    void what_was_taken_is_kept_until_the_next_director_has_spoken() {
        Map<JobZone, String> taken = Map.of(PART, "s1");
        for (Director director : List.of(Director.AWAY, Director.MISSING, Director.NEW)) {
            assertThat(decide("s2", sight(director, "s1", "s2"), taken))
                    .as("%s", director)
                    .containsEntry(PART, "s1");
        }
        assertThat(decide("s2", sight(Director.NEW, "s3", "s2"), taken))
                .as("it has spoken")
                .isEmpty();
        assertThat(decide("s2", sight(Director.NEW, "s2", "s2"), taken)).containsEntry(PART, "s2");
        assertThat(decide("s2", sight(Director.SETTLED, "s1", "s2"), taken))
                .as("it has looked at it and left it as it was")
                .isEmpty();
        assertThat(decide("s2", sight(Director.NEW, "s1", "s3"), taken))
                .as("another one was faster")
                .isEmpty();
    }

    @Test
    void the_administrators_wish_counts() {
        Sight sight = new Sight(Director.AWAY, List.of(new Part(PART, "s1", null, "s3")));
        assertThat(decide("s2", sight, Map.of())).isEmpty();
        assertThat(decide("s3", sight, Map.of())).containsKey(PART);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void managers_that_see_the_same_share_the_orphans_without_gap_or_overlap(long seed) {
        Random random = new Random(seed);
        List<String> names = List.of("s1", "s2", "s3", "s4");
        List<Member> alive = names.stream()
                .filter(name -> random.nextBoolean())
                .map(name -> new Member(name, random.nextInt(3)))
                .toList();
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < random.nextInt(20); i++) {
            String allocated = random.nextInt(6) == 0 ? null : names.get(random.nextInt(4));
            boolean lives = alive.stream().anyMatch(member -> member.server().equals(allocated));
            String holder = lives && random.nextBoolean() ? allocated : null;
            parts.add(new Part(new JobZone(new JobId(i), new ZoneId(0)), allocated, holder, null));
        }
        Sight sight = new Sight(Director.AWAY, parts);
        for (Part part : parts) {
            long standing = alive.stream()
                    .filter(member -> StandDecision.decide(member.server(), sight, alive, Map.of())
                            .containsKey(part.part()))
                    .count();
            assertThat(standing).as("%s of %s", part, alive).isEqualTo(alive.isEmpty() ? 0 : 1);
        }
    }
}
