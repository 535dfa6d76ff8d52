package io.callisto.benchmarks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.callisto.domain.IdGenerator;
import io.callisto.event.contract.AgentEvent;
import io.callisto.event.contract.AttemptEvent;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.validation.EventValidator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventLoadTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final long TICK = Duration.ofMillis(25).toNanos();

    private final AtomicLong id = new AtomicLong();
    private final IdGenerator ids = () -> new UUID(0x7000, id.incrementAndGet());
    private final EventLoad load = new EventLoad(ids, new SplittableRandom(1));

    @Test
    void at_poms_load_every_event_keeps_the_contract_and_every_history_is_complete() {
        List<CallistoEvent> events = new ArrayList<>(load.jobsBegin(20, NOW));
        events.addAll(load.agentsLogIn(1_000, NOW));
        events.addAll(run(LoadShape.POM, Duration.ofSeconds(20)));
        events.addAll(load.backlog(50, NOW));

        EventValidator validator = new EventValidator();
        EventJson json = new EventJson();
        Map<String, Integer> sequences = new HashMap<>();
        for (CallistoEvent event : events) {
            assertThat(validator.schemaProblems(event.eventType(), json.write(event)))
                    .isEmpty();
            assertThat(sequences.merge(event.eventType() + event.subject(), 1, Integer::sum))
                    .isEqualTo(event.seq());
        }
        assertThat(events).extracting(CallistoEvent::eventId).doesNotHaveDuplicates();
        assertThat(events.stream().map(CallistoEvent::eventType).distinct())
                .containsExactlyInAnyOrder(
                        EventType.JOB,
                        EventType.JOBSTATISTICS,
                        EventType.AGENT,
                        EventType.AGENTSTATISTICS,
                        EventType.ATTEMPT);
    }

    @Test
    void as_much_happens_as_the_shape_says_and_all_of_it_comes_to_its_end() {
        load.jobsBegin(20, NOW);
        load.agentsLogIn(1_000, NOW);
        List<CallistoEvent> events = run(LoadShape.POM, Duration.ofSeconds(30));

        assertThat(of(events, EventType.JOBSTATISTICS)).isEqualTo(3 * 20);
        assertThat(of(events, EventType.AGENTSTATISTICS)).isEqualTo(3 * 1_000);
        assertThat(load.attempts()).isCloseTo(67_000 / 120, within(1L));
        assertThat(of(events, EventType.ATTEMPT)).isEqualTo(5 * load.attempts());
        assertThat(of(events, EventType.AGENT)).isEqualTo(3 * load.attempts());
        assertThat(events.stream().filter(EventLoadTest::ends).count()).isEqualTo(2 * load.attempts());
    }

    @Test
    void without_agents_nobody_tells_of_them() {
        load.jobsBegin(20, NOW);
        List<CallistoEvent> events = run(LoadShape.attempts(300), Duration.ofSeconds(2));

        assertThat(load.attempts()).isEqualTo(600);
        assertThat(of(events, EventType.ATTEMPT)).isEqualTo(3_000);
        assertThat(of(events, EventType.AGENT) + of(events, EventType.AGENTSTATISTICS))
                .isZero();
    }

    @Test
    void a_backlog_holds_whole_attempts_with_their_steps_in_order() {
        load.jobsBegin(20, NOW);
        List<CallistoEvent> events = load.backlog(40, NOW);

        assertThat(events).hasSize(200);
        assertThat(events.subList(0, 40)).allMatch(event -> event.seq() == 1);
        assertThat(events.subList(160, 200)).allMatch(EventLoadTest::ends);
    }

    private static boolean ends(CallistoEvent event) {
        return event instanceof AttemptEvent attempt
                ? attempt.completionCode() != null
                : event instanceof AgentEvent agent && agent.completionCode() != null;
    }

    private static long of(List<CallistoEvent> events, EventType type) {
        return events.stream().filter(event -> event.eventType() == type).count();
    }

    private List<CallistoEvent> run(LoadShape shape, Duration length) {
        List<CallistoEvent> events = new ArrayList<>();
        load.begin(shape);
        long now = 0;
        for (; now < length.toNanos(); now += TICK) {
            events.addAll(load.due(now, NOW.plusNanos(now)));
        }
        events.addAll(load.due(length.toNanos(), NOW.plusNanos(now)));
        load.finish();
        for (; !load.over(); now += TICK) {
            events.addAll(load.due(now, NOW.plusNanos(now)));
        }
        return events;
    }
}
