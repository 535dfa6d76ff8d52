package io.callisto.events.aggregate;

import static io.callisto.events.aggregate.Story.agent;
import static io.callisto.events.aggregate.Story.at;
import static io.callisto.events.aggregate.Story.attempt;
import static io.callisto.events.aggregate.Story.job;
import static io.callisto.events.aggregate.Story.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EnrichedAttemptResultEvent;
import io.callisto.events.aggregate.ResultDecision.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Topics are read in any order against one another, in batches of any size, with repeats and pauses of any length: the
 * last result of each attempt is always the same, and no result is told twice.
 */
@Requirement("EV-6")
class InterleavingTest {
    private static final Limits LIMITS =
            new Limits(seconds(600), seconds(2), Duration.ofMillis(200), seconds(300), seconds(86_400));
    private static final String[] AGENTS = {"amy", "bob", "cyd"};

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("aggregate.runs", 300));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void any_interleaving_ends_with_the_same_results(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, List<CallistoEvent>> partitions = story(random);

        Map<UUID, EnrichedAttemptResultEvent> ordered = new Reader(new SplittableRandom(1), false).read(partitions);
        for (int run = 0; run < 4; run++) {
            Map<UUID, EnrichedAttemptResultEvent> mixed =
                    new Reader(new SplittableRandom(random.nextLong()), true).read(partitions);
            assertThat(mixed.keySet()).isEqualTo(ordered.keySet());
            mixed.forEach((attempt, result) ->
                    assertThat(said(result)).isEqualTo(said(Objects.requireNonNull(ordered.get(attempt)))));
        }
    }

    /** All but what tells one result of an attempt from another. */
    private static EnrichedAttemptResultEvent said(EnrichedAttemptResultEvent r) {
        return new EnrichedAttemptResultEvent(
                r.attemptId(),
                0,
                r.completedAt(),
                r.organisationId(),
                r.zoneId(),
                r.attemptId(),
                r.attemptNo(),
                r.jobId(),
                r.campaignId(),
                r.campaignName(),
                r.contactId(),
                r.userContactId(),
                r.contactListId(),
                r.address(),
                r.addressAttribute(),
                r.channel(),
                r.gatewayId(),
                r.completionCode(),
                r.systemCode(),
                r.reservedAt(),
                r.dialedAt(),
                r.ringingAt(),
                r.answeredAt(),
                r.completedAt(),
                r.ringMs(),
                r.talkMs(),
                r.agentId(),
                r.agentSessionId(),
                r.connectedAt(),
                r.wrapUpAt(),
                r.wrapUpEndAt(),
                0);
    }

    /** Attempts one after another at each of some agents, some without any; by topic and partition. */
    private static Map<String, List<CallistoEvent>> story(SplittableRandom random) {
        Map<String, List<CallistoEvent>> partitions = new TreeMap<>();
        Map<String, Integer> agentSeq = new HashMap<>();
        long time = 0;
        for (long job = 17; job < 19; job++) {
            put(partitions, "job0", job(job, 1, "RUNNING", 0));
        }
        for (int n = 0; n < 8; n++) {
            String name = "attempt" + n;
            String where = "attempt" + random.nextInt(2);
            long jobId = 17L + random.nextInt(2);
            int seq = 0;
            for (String phase : List.of("RESERVED", "DIALING", "RINGING", "ANSWERED")) {
                if (seq == 0 || random.nextInt(5) > 0) {
                    put(partitions, where, attempt(0, jobId, name, ++seq, phase, null, time += 10));
                }
            }
            int agents = random.nextInt(3);
            for (int leg = 0; leg < agents; leg++) {
                String agent = AGENTS[(n + leg) % AGENTS.length];
                String at = "agent" + agent;
                if (random.nextBoolean()) {
                    put(partitions, at, agent(agent, next(agentSeq, agent), "CONSULT", name, null, time += 10));
                }
                put(partitions, at, agent(agent, next(agentSeq, agent), "TALKING", name, null, time += 10));
                if (random.nextBoolean()) {
                    put(partitions, at, agent(agent, next(agentSeq, agent), "WRAPUP", name, null, time += 10));
                }
                String named = random.nextBoolean() ? name : null;
                String code = random.nextBoolean() ? "Code" + leg : null;
                put(partitions, at, agent(agent, next(agentSeq, agent), "IDLE", named, code, time += 10));
            }
            put(partitions, where, attempt(0, jobId, name, ++seq, "COMPLETED", "Ended", time += 10));
        }
        return partitions;
    }

    private static int next(Map<String, Integer> seqs, String agent) {
        return seqs.merge(agent, 1, Integer::sum);
    }

    private static void put(Map<String, List<CallistoEvent>> partitions, String where, CallistoEvent event) {
        partitions.computeIfAbsent(where, key -> new ArrayList<>()).add(event);
    }

    /** Reads partitions to their ends as the aggregator would, with time and order in the test's hand. */
    private static final class Reader {
        private final SplittableRandom random;
        private final boolean mixed;
        private final Map<UUID, Card> cards = new HashMap<>();
        private final Map<AgentKey, AgentDesk> desks = new HashMap<>();
        private final Map<Long, String> names = new HashMap<>();
        private final Map<UUID, EnrichedAttemptResultEvent> last = new LinkedHashMap<>();
        private final Set<UUID> ids = new HashSet<>();
        private Instant now = at(1_000_000);

        Reader(SplittableRandom random, boolean mixed) {
            this.random = random;
            this.mixed = mixed;
        }

        Map<UUID, EnrichedAttemptResultEvent> read(Map<String, List<CallistoEvent>> partitions) {
            List<Deque<CallistoEvent>> left = new ArrayList<>();
            partitions.values().forEach(events -> left.add(new ArrayDeque<>(events)));
            List<CallistoEvent> heard = new ArrayList<>();
            while (!left.isEmpty()) {
                List<CallistoEvent> batch = new ArrayList<>();
                int size = mixed ? 1 + random.nextInt(5) : 1;
                for (int i = 0; i < size && !left.isEmpty(); i++) {
                    Deque<CallistoEvent> from = mixed ? left.get(random.nextInt(left.size())) : earliest(left);
                    batch.add(from.remove());
                    left.removeIf(Deque::isEmpty);
                }
                if (mixed && random.nextInt(4) == 0 && !heard.isEmpty()) {
                    batch.add(repeat(heard));
                }
                heard.addAll(batch);
                tell(batch, left.isEmpty() || !mixed || random.nextBoolean());
                now = now.plusMillis(mixed ? random.nextInt(200_000) : 10);
                tick();
            }
            for (int i = 0; i < 3; i++) {
                now = now.plus(LIMITS.agent());
                tick();
            }
            return last;
        }

        private static Deque<CallistoEvent> earliest(List<Deque<CallistoEvent>> left) {
            Deque<CallistoEvent> first = left.get(0);
            for (Deque<CallistoEvent> events : left) {
                first = events.element().at().isBefore(first.element().at()) ? events : first;
            }
            return first;
        }

        /** Something that was read before, of an attempt or a job: agents' events are not read twice out of order. */
        private CallistoEvent repeat(List<CallistoEvent> heard) {
            return heard.get(random.nextInt(heard.size()));
        }

        private void tell(List<CallistoEvent> events, boolean othersRead) {
            JoinBatch batch = new JoinBatch(cards, desks, names);
            events.stream()
                    .map(event -> new Heard(event, now))
                    .sorted(Comparator.comparingInt(Heard::rank))
                    .forEach(heard -> batch.hear(heard.event(), now));
            settle(batch, othersRead);
        }

        private void tick() {
            JoinBatch batch = new JoinBatch(cards, desks, names);
            batch.touch(cards.values().stream()
                    .filter(card -> (card.dueAt() != null && !card.dueAt().isAfter(now))
                            || (card.unnamed() && names.containsKey(card.jobId())))
                    .map(Card::attemptId)
                    .toList());
            settle(batch, true);
        }

        private void settle(JoinBatch batch, boolean othersRead) {
            batch.decide((card, name) -> new ResultDecision.Situation(name, now, othersRead, false, 1), LIMITS);
            batch.changedCards().forEach(card -> cards.put(card.attemptId(), card));
            batch.changedDesks().forEach(desk -> desks.put(AgentKey.of(desk), desk));
            batch.jobs().forEach(one -> names.put(one.jobId(), one.campaignName()));
            for (EnrichedAttemptResultEvent result : batch.results()) {
                assertThat(ids.add(result.eventId())).as("told once").isTrue();
                EnrichedAttemptResultEvent before = last.put(result.attemptId(), result);
                assertThat(result.seq()).isEqualTo(before == null ? 1 : before.seq() + 1);
            }
        }
    }
}
