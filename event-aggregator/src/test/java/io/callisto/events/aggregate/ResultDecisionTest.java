package io.callisto.events.aggregate;

import static io.callisto.events.aggregate.Story.agent;
import static io.callisto.events.aggregate.Story.at;
import static io.callisto.events.aggregate.Story.attempt;
import static io.callisto.events.aggregate.Story.id;
import static io.callisto.events.aggregate.Story.job;
import static io.callisto.events.aggregate.Story.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EnrichedAttemptResultEvent;
import io.callisto.events.aggregate.ResultDecision.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is told of an attempt, and when: pure, with the time in the test's hand. */
@Requirement("EV-6")
class ResultDecisionTest {
    private static final Limits LIMITS =
            new Limits(seconds(600), seconds(2), Duration.ofMillis(200), seconds(300), seconds(86_400));

    private final Map<UUID, Card> cards = new HashMap<>();
    private final Map<AgentKey, AgentDesk> desks = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private Instant now = at(100_000);
    private boolean othersRead = true;
    private boolean forgotten;

    private List<EnrichedAttemptResultEvent> tell(CallistoEvent... events) {
        JoinBatch batch = new JoinBatch(cards, desks, names);
        for (CallistoEvent event : events) {
            batch.hear(event, now);
        }
        return settle(batch);
    }

    /** What the clock does by itself: those that are due, and those whose name has come. */
    private List<EnrichedAttemptResultEvent> tick() {
        JoinBatch batch = new JoinBatch(cards, desks, names);
        batch.touch(cards.values().stream()
                .filter(card -> (card.dueAt() != null && !card.dueAt().isAfter(now))
                        || (card.unnamed() && names.containsKey(card.jobId())))
                .map(Card::attemptId)
                .collect(Collectors.toList()));
        return settle(batch);
    }

    private List<EnrichedAttemptResultEvent> settle(JoinBatch batch) {
        batch.decide((card, name) -> new ResultDecision.Situation(name, now, othersRead, forgotten, 42), LIMITS);
        batch.changedCards().forEach(card -> cards.put(card.attemptId(), card));
        batch.changedDesks().forEach(desk -> desks.put(AgentKey.of(desk), desk));
        batch.jobs().forEach(one -> names.put(one.jobId(), one.campaignName()));
        return new ArrayList<>(batch.results());
    }

    private Card card(String name) {
        return Objects.requireNonNull(cards.get(id(name)));
    }

    private static CallistoEvent[] answeredCall(String name) {
        return new CallistoEvent[] {
            attempt(name, 1, "RESERVED", null, 0),
            attempt(name, 2, "DIALING", null, 100),
            attempt(name, 3, "RINGING", null, 300),
            attempt(name, 4, "ANSWERED", null, 2_100),
        };
    }

    @Test
    void a_call_without_an_agent_is_told_at_its_end_with_all_its_times() {
        tell(job(Story.JOB, 1, "RUNNING", 0));
        assertThat(tell(answeredCall("a"))).isEmpty();

        List<EnrichedAttemptResultEvent> told = tell(attempt("a", 5, "COMPLETED", "Answer_Machine", 9_100));

        assertThat(told).singleElement().satisfies(result -> {
            assertThat(result.eventId()).isEqualTo(Enrichment.eventId(id("a"), 1));
            assertThat(result.seq()).isEqualTo(1);
            assertThat(result.at()).isEqualTo(at(9_100));
            assertThat(result.attemptId()).isEqualTo(id("a"));
            assertThat(result.campaignName()).isEqualTo(Story.CAMPAIGN);
            assertThat(result.completionCode()).isEqualTo("Answer_Machine");
            assertThat(result.systemCode()).isEqualTo("Answer_Machine");
            assertThat(result.reservedAt()).isEqualTo(at(0));
            assertThat(result.dialedAt()).isEqualTo(at(100));
            assertThat(result.ringingAt()).isEqualTo(at(300));
            assertThat(result.answeredAt()).isEqualTo(at(2_100));
            assertThat(result.completedAt()).isEqualTo(at(9_100));
            assertThat(result.ringMs()).isEqualTo(2_000);
            assertThat(result.talkMs()).isEqualTo(7_000);
            assertThat(result.agentId()).isNull();
            assertThat(result.epoch()).isEqualTo(42);
        });
        assertThat(card("a").dueAt()).isNull();
    }

    @Test
    void a_call_with_an_agent_is_told_when_its_wrap_up_ends() {
        tell(job(Story.JOB, 1, "RUNNING", 0));
        tell(answeredCall("a"));
        tell(agent("amy", 1, "TALKING", "a", null, 2_200));
        assertThat(tell(
                        attempt("a", 5, "COMPLETED", "Call_Disconnected", 60_000),
                        agent("amy", 2, "WRAPUP", "a", null, 60_000)))
                .isEmpty();

        // The event that ends it need not name the call.
        List<EnrichedAttemptResultEvent> told = tell(agent("amy", 3, "IDLE", null, "Sold", 75_000));

        assertThat(told).singleElement().satisfies(result -> {
            assertThat(result.seq()).isEqualTo(1);
            assertThat(result.completionCode()).isEqualTo("Sold");
            assertThat(result.systemCode()).isEqualTo("Call_Disconnected");
            assertThat(result.agentId()).isEqualTo("amy");
            assertThat(result.agentSessionId()).isEqualTo(id("session of amy"));
            assertThat(result.connectedAt()).isEqualTo(at(2_200));
            assertThat(result.wrapUpAt()).isEqualTo(at(60_000));
            assertThat(result.wrapUpEndAt()).isEqualTo(at(75_000));
        });
    }

    @Test
    void an_agent_who_takes_too_long_is_not_waited_for_and_the_disposition_replaces_the_result() {
        tell(job(Story.JOB, 1, "RUNNING", 0));
        tell(answeredCall("a"));
        tell(agent("amy", 1, "TALKING", "a", null, 2_200), agent("amy", 2, "WRAPUP", "a", null, 60_000));
        assertThat(tell(attempt("a", 5, "COMPLETED", "Call_Disconnected", 60_000)))
                .isEmpty();
        now = now.plus(LIMITS.agent()).minusMillis(1);
        assertThat(tick()).isEmpty();
        now = now.plusMillis(1);

        assertThat(tick()).singleElement().satisfies(result -> {
            assertThat(result.seq()).isEqualTo(1);
            assertThat(result.completionCode()).isEqualTo("Call_Disconnected");
            assertThat(result.agentId()).isEqualTo("amy");
            assertThat(result.wrapUpEndAt()).isNull();
        });
        assertThat(tick()).as("told once").isEmpty();

        assertThat(tell(agent("amy", 3, "IDLE", null, "Sold", 900_000)))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.seq()).isEqualTo(2);
                    assertThat(result.eventId()).isEqualTo(Enrichment.eventId(id("a"), 2));
                    assertThat(result.at()).isEqualTo(at(900_000));
                    assertThat(result.completionCode()).isEqualTo("Sold");
                    assertThat(result.wrapUpEndAt()).isEqualTo(at(900_000));
                });
    }

    @Test
    void after_a_transfer_the_agent_who_had_the_call_last_counts() {
        tell(job(Story.JOB, 1, "RUNNING", 0));
        tell(answeredCall("a"));
        tell(agent("amy", 1, "TALKING", "a", null, 2_200), agent("bob", 1, "CONSULT", "a", null, 10_000));
        tell(agent("bob", 2, "TALKING", "a", null, 20_000), agent("amy", 2, "WRAPUP", "a", null, 20_000));
        tell(agent("amy", 3, "IDLE", "a", "Transferred", 25_000));
        tell(attempt("a", 5, "COMPLETED", "Call_Disconnected", 60_000));

        List<EnrichedAttemptResultEvent> told =
                tell(agent("bob", 3, "WRAPUP", "a", null, 60_000), agent("bob", 4, "IDLE", "a", "Sold", 61_000));

        assertThat(told).singleElement().satisfies(result -> {
            assertThat(result.agentId()).isEqualTo("bob");
            assertThat(result.completionCode()).isEqualTo("Sold");
            assertThat(result.connectedAt()).isEqualTo(at(2_200));
        });
    }

    @Test
    void one_who_was_only_asked_for_advice_is_not_the_calls_agent() {
        tell(job(Story.JOB, 1, "RUNNING", 0));
        tell(answeredCall("a"));
        tell(agent("amy", 1, "TALKING", "a", null, 2_200), agent("zoe", 1, "CONSULT", "a", null, 10_000));
        tell(agent("zoe", 2, "IDLE", null, null, 12_000), agent("amy", 2, "WRAPUP", "a", null, 20_000));
        tell(attempt("a", 5, "COMPLETED", "Call_Disconnected", 20_000));

        assertThat(tell(agent("amy", 3, "IDLE", "a", "Sold", 25_000)))
                .singleElement()
                .satisfies(result -> assertThat(result.agentId()).isEqualTo("amy"));
    }

    @Test
    void the_next_call_of_an_agent_ends_the_part_in_the_last_one() {
        tell(job(Story.JOB, 1, "RUNNING", 0));
        tell(answeredCall("a"));
        tell(agent("amy", 1, "TALKING", "a", null, 2_200));
        tell(attempt("a", 5, "COMPLETED", "Call_Disconnected", 60_000));

        assertThat(tell(agent("amy", 2, "TALKING", "b", null, 61_000)))
                .singleElement()
                .satisfies(result -> assertThat(result.attemptId()).isEqualTo(id("a")));
    }

    @Test
    void an_agent_who_is_heard_of_too_late_makes_a_replacement() {
        tell(job(Story.JOB, 1, "RUNNING", 0));
        tell(answeredCall("a"));
        assertThat(tell(attempt("a", 5, "COMPLETED", "Call_Disconnected", 60_000)))
                .hasSize(1);

        assertThat(tell(agent("amy", 1, "TALKING", "a", null, 2_200)))
                .as("still talking")
                .isEmpty();
        assertThat(tell(agent("amy", 2, "WRAPUP", "a", null, 60_000), agent("amy", 3, "IDLE", null, "Sold", 70_000)))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.seq()).isEqualTo(2);
                    assertThat(result.agentId()).isEqualTo("amy");
                });
    }

    @Test
    void a_result_is_held_until_the_other_topics_are_read_as_far() {
        tell(job(Story.JOB, 1, "RUNNING", 0));
        tell(answeredCall("a"));
        othersRead = false;
        assertThat(tell(attempt("a", 5, "COMPLETED", "Call_Disconnected", 60_000)))
                .isEmpty();
        now = now.plus(LIMITS.hold());
        assertThat(tick()).isEmpty();
        tell(agent("amy", 1, "TALKING", "a", null, 2_200));
        tell(agent("amy", 2, "IDLE", null, "Sold", 61_000));
        othersRead = true;
        now = now.plus(LIMITS.hold());

        assertThat(tick()).singleElement().satisfies(result -> {
            assertThat(result.seq()).isEqualTo(1);
            assertThat(result.completionCode()).isEqualTo("Sold");
        });
    }

    @Test
    void a_topic_that_is_never_read_holds_a_result_up_to_the_limit_only() {
        othersRead = false;
        tell(answeredCall("a"));
        tell(attempt("a", 5, "COMPLETED", "Call_Disconnected", 60_000));
        now = now.plus(LIMITS.agent());

        assertThat(tick())
                .singleElement()
                .satisfies(result -> assertThat(result.campaignName()).isNull());
    }

    @Test
    void without_the_jobs_event_a_result_waits_a_little_and_is_replaced_when_it_comes() {
        tell(answeredCall("a"));
        assertThat(tell(attempt("a", 5, "COMPLETED", "Busy", 60_000))).isEmpty();
        now = now.plus(LIMITS.job());
        assertThat(tick())
                .singleElement()
                .satisfies(result -> assertThat(result.campaignName()).isNull());

        tell(job(Story.JOB, 1, "RUNNING", 0));

        assertThat(tick()).singleElement().satisfies(result -> {
            assertThat(result.seq()).isEqualTo(2);
            assertThat(result.campaignName()).isEqualTo(Story.CAMPAIGN);
        });
        assertThat(tick()).isEmpty();
    }

    @Test
    void an_attempt_whose_beginning_is_deleted_from_the_log_is_told_with_what_is_left() {
        tell(job(Story.JOB, 4, "RUNNING", 0));

        assertThat(tell(attempt("a", 5, "COMPLETED", "Call_Disconnected", 60_000)))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.reservedAt()).isNull();
                    assertThat(result.dialedAt()).isNull();
                    assertThat(result.ringMs()).isNull();
                    assertThat(result.talkMs()).isNull();
                    assertThat(result.contactId()).isPositive();
                });
    }

    @Test
    void what_is_said_again_changes_nothing() {
        tell(job(Story.JOB, 1, "RUNNING", 0));
        tell(answeredCall("a"));
        CallistoEvent end = attempt("a", 5, "COMPLETED", "Busy", 60_000);
        assertThat(tell(end)).hasSize(1);
        Map<UUID, Card> before = Map.copyOf(cards);

        assertThat(tell(end)).isEmpty();
        assertThat(tell(answeredCall("a"))).isEmpty();
        tell(agent("amy", 1, "IDLE", null, null, 1));

        assertThat(cards).isEqualTo(before);
    }

    @Test
    void an_attempt_whose_result_retention_has_deleted_is_not_told_again() {
        forgotten = true;
        tell(job(Story.JOB, 1, "RUNNING", 0));
        tell(answeredCall("a"));

        assertThat(tell(attempt("a", 5, "COMPLETED", "Busy", 60_000))).isEmpty();
        assertThat(card("a").issuedSeq()).isEqualTo(1);
    }

    @Test
    void a_result_that_exists_is_replaced_by_one_that_knows_more_and_never_by_one_that_knows_less() {
        tell(job(Story.JOB, 1, "RUNNING", 0));
        tell(answeredCall("a"));
        EnrichedAttemptResultEvent whole =
                tell(attempt("a", 5, "COMPLETED", "Busy", 60_000)).get(0);
        // As after a rebuild: only that the result exists is known.
        cards.clear();
        cards.put(id("a"), Card.of(id("a"), 0).issued(1, Issued.of(whole)));

        assertThat(tell(attempt("a", 5, "COMPLETED", "Busy", 60_000)))
                .as("the beginning is deleted")
                .isEmpty();
        assertThat(tell(answeredCall("a"))).as("it says the same").isEmpty();
        assertThat(tell(agent("amy", 1, "TALKING", "a", null, 2_200), agent("amy", 2, "IDLE", null, "Sold", 61_000)))
                .singleElement()
                .satisfies(result -> assertThat(result.seq()).isEqualTo(2));
    }

    @Test
    void clocks_that_disagree_make_no_negative_durations() {
        tell(job(Story.JOB, 1, "RUNNING", 0));
        tell(attempt("a", 2, "DIALING", null, 5_000), attempt("a", 4, "ANSWERED", null, 4_900));

        assertThat(tell(attempt("a", 5, "COMPLETED", "Busy", 4_800)))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.ringMs()).isZero();
                    assertThat(result.talkMs()).isZero();
                });
    }
}
