package io.callisto.event.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callisto.domain.Requirement;
import io.callisto.event.client.CommitMode;
import io.callisto.event.client.DuplicateStore;
import io.callisto.event.client.ErrorHandler;
import io.callisto.event.client.EventClient;
import io.callisto.event.client.EventClientBuilder;
import io.callisto.event.client.EventClientException;
import io.callisto.event.client.EventClientStatus.State;
import io.callisto.event.client.EventContext;
import io.callisto.event.client.PoisonRecord;
import io.callisto.event.client.RetryPolicy;
import io.callisto.event.client.StartAt;
import io.callisto.event.client.Startup;
import io.callisto.event.contract.AgentEvent;
import io.callisto.event.contract.AgentStatisticsEvent;
import io.callisto.event.contract.AttemptEvent;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EnrichedAttemptResultEvent;
import io.callisto.event.contract.EventHeaders;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.JobEvent;
import io.callisto.event.contract.JobStatisticsEvent;
import io.callisto.event.contract.TopicNaming;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the client promises, over the stand-in. The same promises over real brokers: {@code KafkaEventClientTest}. */
class EventClientTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final RetryPolicy QUICK = new RetryPolicy(2, Duration.ofMillis(5), 2, Duration.ofMillis(20));

    private final InMemoryEvents events = new InMemoryEvents();
    private final SampleEvents samples = new SampleEvents();
    private final List<CallistoEvent> got = new CopyOnWriteArrayList<>();

    private EventClientBuilder builder() {
        return EventClient.builder()
                .site("test", events)
                .group("app")
                .retry(QUICK)
                .startAt(StartAt.lastPositionOr(StartAt.earliest()));
    }

    @Test
    @Requirement("EV-13")
    void events_of_all_types_come_typed_and_in_order() {
        List<CallistoEvent> all = samples.oneOfEach();
        try (EventClient client = builder()
                .on(JobEvent.class, got::add)
                .on(JobStatisticsEvent.class, got::add)
                .on(AgentEvent.class, got::add)
                .on(AgentStatisticsEvent.class, got::add)
                .on(AttemptEvent.class, got::add)
                .on(EnrichedAttemptResultEvent.class, got::add)
                .start()) {
            events.publish(all);
            events.publish(samples.wholeAttempt(1002));
            events.awaitHandled("app", LIMIT);
            assertThat(got).containsAll(all).hasSize(11);
            assertThat(got.stream().filter(AttemptEvent.class::isInstance).map(event -> ((AttemptEvent) event).phase()))
                    .containsExactly("COMPLETED", "RESERVED", "DIALING", "RINGING", "ANSWERED", "COMPLETED");
            assertThat(client.status().counts().handled()).isEqualTo(11);
            assertThat(client.status().state()).isEqualTo(State.RUNNING);
            assertThat(client.status().healthy()).isTrue();
        }
    }

    @Test
    @Requirement("EV-13")
    void a_restarted_client_goes_on_behind_the_last_event_it_has_dealt_with() {
        try (EventClient first = builder().on(AttemptEvent.class, got::add).start()) {
            events.publish(samples.wholeAttempt(1));
            events.awaitHandled("app", LIMIT);
            assertThat(first.status().counts().duplicates()).isZero();
        }
        assertThat(events.members("app")).isZero();
        events.publish(samples.wholeAttempt(2));
        try (EventClient second = builder().on(AttemptEvent.class, got::add).start()) {
            events.awaitHandled("app", LIMIT);
            assertThat(second.status().counts().handled()).isEqualTo(5);
        }
        assertThat(got).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void a_new_group_begins_with_new_events_unless_told_otherwise_and_then_misses_none_while_it_is_down() {
        events.publish(samples.wholeAttempt(1));
        EventClientBuilder plain = EventClient.builder().site("test", events).group("late");
        try (EventClient client = plain.on(AttemptEvent.class, got::add).start()) {
            assertThat(client.status().site()).isEqualTo("test");
        }
        assertThat(got).isEmpty();
        AttemptEvent whileDown = samples.attempt(2, "RESERVED");
        events.publish(whileDown);
        try (EventClient client = EventClient.builder()
                .site("test", events)
                .group("late")
                .on(AttemptEvent.class, got::add)
                .start()) {
            events.awaitHandled("late", LIMIT);
            assertThat(client.status().counts().handled()).isEqualTo(1);
        }
        assertThat(got).containsExactly(whileDown);
    }

    @Test
    @Requirement("EV-13")
    void an_event_that_comes_twice_is_handled_once() {
        try (EventClient client = builder().on(AttemptEvent.class, got::add).start()) {
            events.publishTwice(samples.attempt(1, "RESERVED"));
            events.awaitHandled("app", LIMIT);
            assertThat(got).hasSize(1);
            assertThat(client.status().counts().duplicates()).isEqualTo(1);
        }
    }

    @Test
    @Requirement("EV-13")
    void repeats_after_a_crash_are_dropped_where_the_store_has_survived_it(@TempDir Path directory) {
        Path file = directory.resolve("seen");
        try (EventClient client = builder()
                .duplicates(DuplicateStore.inFile(file, 100))
                .on(AttemptEvent.class, got::add)
                .start()) {
            events.publish(samples.wholeAttempt(1));
            events.awaitHandled("app", LIMIT);
            assertThat(client.status().counts().handled()).isEqualTo(5);
        }
        events.rewind("app", 4);
        try (EventClient client = builder()
                .duplicates(DuplicateStore.inFile(file, 100))
                .on(AttemptEvent.class, got::add)
                .start()) {
            events.awaitHandled("app", LIMIT);
            assertThat(client.status().counts().duplicates()).isEqualTo(4);
        }
        assertThat(got).hasSize(5);
        events.rewind("app", 4);
        try (EventClient forgetful = builder().on(AttemptEvent.class, got::add).start()) {
            events.awaitHandled("app", LIMIT);
            assertThat(forgetful.status().counts().handled()).isEqualTo(4);
        }
    }

    @Test
    void nothing_is_committed_before_its_handler_is_done() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        events.publish(samples.attempt(1, "RESERVED"));
        try (EventClient client = builder()
                .on(AttemptEvent.class, event -> {
                    inside.countDown();
                    assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
                })
                .start()) {
            assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(events.positions("app").getOrDefault("POM.Default.ATTEMPT-0", 0L))
                    .isZero();
            go.countDown();
            events.awaitHandled("app", LIMIT);
            assertThat(client.status().counts().handled()).isEqualTo(1);
        }
    }

    @Test
    @Requirement("EV-13")
    void a_handler_that_throws_is_tried_again_and_later_events_wait_for_it() {
        AtomicInteger calls = new AtomicInteger();
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        events.publish(samples.wholeAttempt(1));
        try (EventClient client = builder()
                .handle(AttemptEvent.class, (event, context) -> {
                    attempts.add(context.attempt());
                    if (calls.incrementAndGet() <= 2) {
                        throw new IllegalStateException("the database is down");
                    }
                    got.add(event);
                })
                .start()) {
            events.awaitHandled("app", LIMIT);
            assertThat(client.status().counts().failures()).isEqualTo(2);
        }
        assertThat(attempts).containsExactly(1, 2, 3, 1, 1, 1, 1);
        assertThat(got).extracting(CallistoEvent::seq).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    @Requirement("EV-13")
    void after_all_tries_the_error_handler_decides_to_skip() {
        List<ErrorHandler.Failure> failures = new CopyOnWriteArrayList<>();
        events.publish(samples.wholeAttempt(1));
        try (EventClient client = builder()
                .on(AttemptEvent.class, event -> {
                    if (event.phase().equals("RINGING")) {
                        throw new IllegalStateException("never");
                    }
                    got.add(event);
                })
                .onError(failure -> {
                    failures.add(failure);
                    return ErrorHandler.Decision.SKIP;
                })
                .start()) {
            events.awaitHandled("app", LIMIT);
            assertThat(client.status().counts().skipped()).isEqualTo(1);
            assertThat(got).hasSize(4);
            assertThat(failures).hasSize(1);
            assertThat(failures.get(0).failures()).isEqualTo(3);
            assertThat(failures.get(0).event()).isInstanceOf(AttemptEvent.class);
        }
    }

    @Test
    void or_to_stop_and_then_the_event_is_the_first_one_after_a_restart() {
        events.publish(samples.wholeAttempt(1));
        EventClient client = builder()
                .on(AttemptEvent.class, event -> {
                    if (event.phase().equals("RINGING")) {
                        throw new IllegalStateException("never");
                    }
                })
                .onError(ErrorHandler.stop())
                .start();
        assertThatThrownBy(client::awaitStopped)
                .isInstanceOf(EventClientException.class)
                .hasMessageContaining("error handler stopped")
                .hasRootCauseMessage("never");
        assertThat(client.status().state()).isEqualTo(State.FAILED);
        client.close();
        assertThat(events.positions("app")).containsEntry("POM.Default.ATTEMPT-0", 2L);
        try (EventClient next = builder().on(AttemptEvent.class, got::add).start()) {
            events.awaitHandled("app", LIMIT);
            assertThat(next.status().counts().handled()).isEqualTo(3);
        }
        assertThat(got.get(0)).extracting("phase").isEqualTo("RINGING");
    }

    @Test
    void or_to_try_for_ever_which_the_status_tells() {
        AtomicBoolean works = new AtomicBoolean();
        events.publish(samples.attempt(1, "RESERVED"));
        try (EventClient client = builder()
                .on(AttemptEvent.class, event -> {
                    if (!works.get()) {
                        throw new IllegalStateException("the database is down");
                    }
                    got.add(event);
                })
                .start()) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(client.status().problem()).contains("the database is down"));
            assertThat(client.status().healthy()).isFalse();
            works.set(true);
            events.awaitHandled("app", LIMIT);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(client.status().healthy()).isTrue());
        }
        assertThat(got).hasSize(1);
    }

    @Test
    @Requirement("EV-13")
    void poison_goes_to_its_handler_and_the_events_behind_it_come() {
        List<PoisonRecord> poison = new CopyOnWriteArrayList<>();
        events.publishPoison(EventType.ATTEMPT, 0);
        events.publishRaw(EventType.ATTEMPT, 0, null, Map.of());
        events.publishRaw(EventType.ATTEMPT, 0, "{\"seq\":1}", Map.of());
        events.publishRaw(EventType.ATTEMPT, 0, "null", Map.of());
        events.publishRaw(EventType.ATTEMPT, 0, "{}", Map.of(EventHeaders.TYPE, EventHeaders.type(EventType.JOB)));
        events.publishRaw(EventType.ATTEMPT, 0, "{}", Map.of(EventHeaders.TYPE, "com.example.Order"));
        events.publishRaw(
                EventType.ATTEMPT, 0, "{}", Map.of(EventHeaders.DATA_SCHEMA, "urn:callisto:schema:event:attempt:2"));
        events.publishRaw(
                EventType.ATTEMPT, 0, "{}", Map.of(EventHeaders.DATA_SCHEMA, "urn:callisto:schema:event:attempt:0"));
        events.publishRaw(
                EventType.ATTEMPT, 0, "{}", Map.of(EventHeaders.DATA_SCHEMA, "urn:callisto:schema:event:job:1"));
        events.publish(samples.attempt(1, "RESERVED"));
        try (EventClient client =
                builder().on(AttemptEvent.class, got::add).onPoison(poison::add).start()) {
            events.awaitHandled("app", LIMIT);
            assertThat(client.status().counts().poison()).isEqualTo(9);
        }
        assertThat(poison)
                .extracting(PoisonRecord::reason)
                .containsExactly(
                        PoisonRecord.Reason.NOT_JSON,
                        PoisonRecord.Reason.EMPTY,
                        PoisonRecord.Reason.NOT_AN_EVENT,
                        PoisonRecord.Reason.NOT_AN_EVENT,
                        PoisonRecord.Reason.WRONG_TYPE,
                        PoisonRecord.Reason.WRONG_TYPE,
                        PoisonRecord.Reason.NEWER_SCHEMA,
                        PoisonRecord.Reason.OLDER_SCHEMA,
                        PoisonRecord.Reason.WRONG_TYPE);
        assertThat(got).hasSize(1);
    }

    @Test
    void unknown_fields_and_unknown_types_do_no_harm() {
        AttemptEvent event = samples.attempt(1, "RESERVED");
        String json = new EventJson().write(event);
        String more = json.substring(0, json.length() - 1) + ",\"moodOfTheDay\":{\"a\":[1]}}";
        events.publishRaw(EventType.ATTEMPT, 0, more, Map.of());
        events.publishRaw(EventType.ATTEMPT, 0, "{}", Map.of(EventHeaders.TYPE, "io.callisto.event.CALLBACK"));
        try (EventClient client = builder().on(AttemptEvent.class, got::add).start()) {
            events.awaitHandled("app", LIMIT);
            assertThat(got).containsExactly(event);
            assertThat(client.status().counts().ignored()).isEqualTo(1);
            assertThat(client.status().counts().poison()).isZero();
        }
    }

    @Test
    void an_event_in_the_topic_of_another_organisation_is_poison() {
        List<PoisonRecord> poison = new CopyOnWriteArrayList<>();
        AttemptEvent event = samples.attempt(1, "RESERVED");
        events.publishRaw(EventType.ATTEMPT, 7, new EventJson().write(event), Map.of());
        try (EventClient client = builder()
                .organisation(7)
                .on(AttemptEvent.class, got::add)
                .onPoison(poison::add)
                .start()) {
            events.awaitHandled("app", LIMIT);
            assertThat(client.status().counts().handled()).isZero();
        }
        assertThat(poison).extracting(PoisonRecord::reason).containsExactly(PoisonRecord.Reason.WRONG_ORGANISATION);
    }

    @Test
    void several_organisations_come_together_and_others_do_not() {
        SampleEvents seven = new SampleEvents(7, Instant.parse("2026-01-01T10:00:00Z"));
        SampleEvents eight = new SampleEvents(8, Instant.parse("2026-01-01T10:00:00Z"));
        events.publish(samples.attempt(1, "RESERVED"), seven.attempt(1, "RESERVED"), eight.attempt(1, "RESERVED"));
        try (EventClient client = builder()
                .organisation(0)
                .organisation(7)
                .on(AttemptEvent.class, got::add)
                .start()) {
            events.awaitHandled("app", LIMIT);
            assertThat(client.status().partitions()).isEqualTo(2);
        }
        assertThat(got).extracting(CallistoEvent::organisationId).containsExactlyInAnyOrder(0, 7);
    }

    @Test
    void a_client_without_a_group_gets_everything_and_keeps_nothing() {
        events.publish(samples.wholeAttempt(1));
        for (int run = 1; run <= 2; run++) {
            try (EventClient client = EventClient.builder()
                    .site("test", events)
                    .startAt(StartAt.earliest())
                    .on(AttemptEvent.class, got::add)
                    .start()) {
                int expected = run * 5;
                await().atMost(LIMIT).untilAsserted(() -> assertThat(got).hasSize(expected));
                assertThat(client.status().counts().commits()).isZero();
            }
        }
    }

    @Test
    void a_client_can_start_at_a_time() {
        List<AttemptEvent> all = samples.wholeAttempt(1);
        events.publish(all);
        try (EventClient client = builder()
                .startAt(StartAt.time(all.get(3).at()))
                .on(AttemptEvent.class, got::add)
                .start()) {
            events.awaitHandled("app", LIMIT);
            assertThat(client.status().counts().handled()).isEqualTo(2);
        }
        assertThat(got).isEqualTo(all.subList(3, 5));
    }

    @Test
    void seek_reads_again_what_was_handled_before() {
        events.publish(samples.wholeAttempt(1));
        try (EventClient client = builder().on(AttemptEvent.class, got::add).start()) {
            events.awaitHandled("app", LIMIT);
            client.seek(StartAt.earliest());
            events.awaitHandled("app", LIMIT);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(got).hasSize(10));
            client.seek(StartAt.latest());
            events.publish(samples.attempt(2, "RESERVED"));
            await().atMost(LIMIT).untilAsserted(() -> assertThat(got).hasSize(11));
        }
    }

    @Test
    void a_handler_may_seek_and_close() {
        events.publish(samples.wholeAttempt(1));
        List<EventClient> self = new CopyOnWriteArrayList<>();
        AtomicBoolean sought = new AtomicBoolean();
        EventClient client = builder()
                .startAt(StartAt.lastPositionOr(StartAt.latest()))
                .on(AttemptEvent.class, event -> {
                    got.add(event);
                    if (sought.compareAndSet(false, true)) {
                        self.get(0).seek(StartAt.earliest());
                    } else if (got.size() == 7) {
                        self.get(0).close();
                    }
                })
                .start();
        self.add(client);
        events.publish(samples.attempt(2, "RESERVED"));
        await().atMost(LIMIT).until(() -> client.status().state() == State.STOPPED);
        assertThat(got).hasSize(7);
    }

    @Test
    void a_paused_client_gets_nothing_until_it_is_resumed() {
        try (EventClient client = builder().on(AttemptEvent.class, got::add).start()) {
            client.pause();
            await().atMost(LIMIT).until(() -> client.status().state() == State.PAUSED);
            events.publish(samples.wholeAttempt(1));
            await().during(Duration.ofMillis(400)).atMost(LIMIT).until(got::isEmpty);
            assertThat(client.status().totalLag()).isEqualTo(5);
            client.resume();
            events.awaitHandled("app", LIMIT);
            assertThat(got).hasSize(5);
        }
    }

    @Test
    void acknowledged_out_of_order_the_position_waits_for_the_first_that_is_not() {
        List<EventContext> given = new CopyOnWriteArrayList<>();
        events.publish(samples.wholeAttempt(1));
        try (EventClient client = builder()
                .commit(CommitMode.MANUAL)
                .handle(AttemptEvent.class, (event, context) -> given.add(context))
                .start()) {
            await().atMost(LIMIT).until(() -> given.size() == 5);
            given.get(1).acknowledge();
            given.get(2).acknowledge();
            await().during(Duration.ofMillis(400))
                    .atMost(LIMIT)
                    .until(() -> events.positions("app").getOrDefault("POM.Default.ATTEMPT-0", 0L) == 0);
            given.get(0).acknowledge();
            await().atMost(LIMIT).until(() -> events.positions("app").getOrDefault("POM.Default.ATTEMPT-0", 0L) == 3);
            assertThat(client.status().state()).isEqualTo(State.RUNNING);
        }
        try (EventClient next = builder()
                .commit(CommitMode.MANUAL)
                .handle(AttemptEvent.class, (event, context) -> {
                    got.add(event);
                    context.acknowledge();
                })
                .start()) {
            events.awaitHandled("app", LIMIT);
            assertThat(next.status().counts().handled()).isEqualTo(2);
        }
        assertThat(got).extracting(CallistoEvent::seq).containsExactly(4, 5);
    }

    @Test
    void not_more_than_the_limit_is_given_out_without_acknowledgement() {
        List<EventContext> given = new CopyOnWriteArrayList<>();
        events.publish(samples.wholeAttempt(1));
        try (EventClient client = builder()
                .commit(CommitMode.MANUAL)
                .mostUnacknowledged(2)
                .handle(AttemptEvent.class, (event, context) -> given.add(context))
                .start()) {
            await().atMost(LIMIT).until(() -> given.size() == 2);
            await().during(Duration.ofMillis(300)).atMost(LIMIT).until(() -> given.size() == 2);
            given.get(0).acknowledge();
            await().atMost(LIMIT).until(() -> given.size() == 3);
            assertThat(client.status().counts().handled()).isEqualTo(3);
        }
    }

    @Test
    void members_of_a_group_share_the_partitions_and_none_is_handled_twice_when_one_leaves() {
        InMemoryEvents wide = new InMemoryEvents(TopicNaming.POM_3, 4);
        List<CallistoEvent> second = new CopyOnWriteArrayList<>();
        EventClient one = member(wide, got);
        EventClient two = member(wide, second);
        await().atMost(LIMIT)
                .until(() -> one.status().partitions() == 2 && two.status().partitions() == 2);
        for (int contact = 1; contact <= 20; contact++) {
            wide.publish(samples.wholeAttempt(contact));
        }
        wide.awaitHandled("app", LIMIT);
        assertThat(second).isNotEmpty();
        two.close();
        await().atMost(LIMIT).until(() -> one.status().partitions() == 4);
        for (int contact = 21; contact <= 40; contact++) {
            wide.publish(samples.wholeAttempt(contact));
        }
        wide.awaitHandled("app", LIMIT);
        one.close();
        List<CallistoEvent> all = new ArrayList<>(got);
        all.addAll(second);
        assertThat(all).hasSize(200).doesNotHaveDuplicates();
    }

    private static EventClient member(InMemoryEvents wide, List<CallistoEvent> into) {
        return EventClient.builder()
                .site("test", wide)
                .group("app")
                .topicNaming(TopicNaming.POM_3)
                .startAt(StartAt.lastPositionOr(StartAt.earliest()))
                .on(AttemptEvent.class, into::add)
                .start();
    }

    @Test
    void a_site_that_is_lost_and_comes_back_costs_no_event() {
        try (EventClient client = builder().on(AttemptEvent.class, got::add).start()) {
            events.publish(samples.wholeAttempt(1));
            events.awaitHandled("app", LIMIT);
            events.lose();
            await().atMost(LIMIT).until(() -> client.status().state() == State.WAITING);
            assertThat(client.status().problem()).contains("site test").contains("lost");
            events.publish(samples.wholeAttempt(2));
            events.restore();
            events.awaitHandled("app", LIMIT);
            assertThat(got).hasSize(10).doesNotHaveDuplicates();
            await().atMost(LIMIT).until(() -> client.status().healthy());
        }
    }

    @Test
    void positions_that_cannot_be_kept_are_kept_later() {
        events.failCommits();
        try (EventClient client = builder().on(AttemptEvent.class, got::add).start()) {
            events.publish(samples.wholeAttempt(1));
            await().atMost(LIMIT).until(() -> client.status().counts().commitFailures() > 0 && got.size() == 5);
            events.allowCommits();
            events.awaitHandled("app", LIMIT);
        }
        assertThat(got).hasSize(5);
    }

    @Test
    void a_start_that_fails_says_why_and_what_to_do() {
        events.removeTopic(EventType.ATTEMPT, 0);
        assertThatThrownBy(() -> builder().on(AttemptEvent.class, got::add).start())
                .isInstanceOf(EventClientException.class)
                .hasMessageContaining("POM.Default.ATTEMPT does not exist")
                .hasMessageContaining("organisation's id")
                .hasMessageContaining("Startup.WAIT");
        events.createTopic(EventType.ATTEMPT, 0);
        events.forbid(EventType.ATTEMPT, 0);
        assertThatThrownBy(() -> builder().on(AttemptEvent.class, got::add).start())
                .isInstanceOf(EventClientException.class)
                .hasMessageContaining("may not read")
                .hasMessageContaining("POM.Default.ATTEMPT");
        events.lose();
        assertThatThrownBy(() -> builder()
                        .on(AttemptEvent.class, got::add)
                        .startupLimit(Duration.ofMillis(300))
                        .start())
                .isInstanceOf(EventClientException.class)
                .hasMessageContaining("site test");
        assertThat(events.members("app")).isZero();
    }

    @Test
    void a_client_that_waits_reads_a_topic_as_soon_as_it_is_there() {
        events.removeTopic(EventType.ATTEMPT, 0);
        try (EventClient client =
                builder().startup(Startup.WAIT).on(AttemptEvent.class, got::add).start()) {
            await().atMost(LIMIT).until(() -> client.status().problem() != null);
            assertThat(client.status().problem()).contains("POM.Default.ATTEMPT does not exist");
            events.createTopic(EventType.ATTEMPT, 0);
            events.publish(samples.wholeAttempt(1));
            events.awaitHandled("app", LIMIT);
            assertThat(got).hasSize(5);
            await().atMost(LIMIT).until(() -> client.status().healthy());
        }
    }

    @Test
    void settings_that_cannot_work_are_refused_with_what_to_do() {
        assertThatThrownBy(
                        () -> EventClient.builder().on(JobEvent.class, got::add).start())
                .hasMessageContaining("bootstrapServers(");
        assertThatThrownBy(() -> EventClient.builder().site("test", events).start())
                .hasMessageContaining("on(AttemptEvent.class");
        assertThatThrownBy(() -> builder().on(JobEvent.class, got::add).on(JobEvent.class, got::add))
                .hasMessageContaining("two handlers for JobEvent");
        assertThatThrownBy(() -> EventClient.builder()
                        .site("test", events)
                        .commit(CommitMode.MANUAL)
                        .on(JobEvent.class, got::add)
                        .start())
                .hasMessageContaining("group");
        assertThatThrownBy(() -> EventClient.builder()
                        .bootstrapServers("localhost:9092")
                        .kafkaProperty("isolation.level", "read_uncommitted")
                        .on(JobEvent.class, got::add)
                        .start())
                .hasMessageContaining("isolation.level cannot be set");
        assertThatThrownBy(() -> builder().site("test", events)).hasMessageContaining("two sites");
    }

    @Test
    void a_handler_that_does_not_end_is_interrupted_when_the_client_is_closed() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        events.publish(samples.attempt(1, "RESERVED"));
        EventClient client = builder()
                .on(AttemptEvent.class, event -> {
                    inside.countDown();
                    assertThat(new CountDownLatch(1).await(60, TimeUnit.SECONDS))
                            .isFalse();
                })
                .start();
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        client.close(Duration.ofMillis(100));
        assertThat(client.status().state()).isEqualTo(State.STOPPED);
        assertThat(events.positions("app").getOrDefault("POM.Default.ATTEMPT-0", 0L))
                .isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("callisto-events-app"));
    }
}
