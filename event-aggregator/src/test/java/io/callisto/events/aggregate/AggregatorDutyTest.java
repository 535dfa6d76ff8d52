package io.callisto.events.aggregate;

import static io.callisto.events.aggregate.Story.agent;
import static io.callisto.events.aggregate.Story.at;
import static io.callisto.events.aggregate.Story.attempt;
import static io.callisto.events.aggregate.Story.id;
import static io.callisto.events.aggregate.Story.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.event.contract.EnrichedAttemptResultEvent;
import io.callisto.event.contract.EventType;
import io.callisto.ha.Fenced;
import io.callisto.ha.Lease;
import io.callisto.outbox.JdbcOutboxStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The aggregator on a real database and a log in memory. */
@Requirement("EV-6")
class AggregatorDutyTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final Logger log = LoggerFactory.getLogger(AggregatorDutyTest.class);
    private static final InputPartition ATTEMPTS = InMemoryLog.partition(EventType.ATTEMPT, 0, 0);

    private InMemoryLog events = new InMemoryLog(7);
    private final AggregatorRig rig = new AggregatorRig(DB.dataSource(), shard -> events.source());

    @BeforeEach
    void nothing() {
        rig.forgetAll();
        rig.jdbc.sql("delete from organisation where organisation_id > 0").update();
        events.create(0);
    }

    private void call(String name, long millis, String code) {
        events.append(attempt(name, 1, "RESERVED", null, millis));
        events.append(attempt(name, 2, "DIALING", null, millis + 10));
        events.append(attempt(name, 3, "RINGING", null, millis + 20));
        events.append(attempt(name, 4, "COMPLETED", code, millis + 30));
    }

    @Test
    void attempts_are_joined_with_their_job_and_agents() {
        events.append(job(Story.JOB, 1, "RUNNING", 0));
        call("a", 100, "Busy");
        events.append(attempt("b", 1, "RESERVED", null, 200));
        events.append(attempt("b", 2, "ANSWERED", null, 210));
        events.append(agent("amy", 1, "TALKING", "b", null, 215));
        events.append(agent("amy", 2, "WRAPUP", "b", null, 230));
        events.append(attempt("b", 3, "COMPLETED", "Call_Disconnected", 230));
        events.append(agent("amy", 3, "IDLE", null, "Sold", 300));

        rig.work();

        assertThat(rig.codes()).containsExactly("Busy", "Sold");
        assertThat(rig.results()).allSatisfy(result -> {
            assertThat(result.campaignName()).isEqualTo(Story.CAMPAIGN);
            assertThat(result.seq()).isEqualTo(1);
        });
        assertThat(rig.jdbc
                        .sql("select aggregate_id || '/' || aggregate_seq || '/' || record_key from event_outbox")
                        .query(String.class)
                        .list())
                .contains(id("a") + "/1/" + Math.abs((long) "a".hashCode()));
        assertThat(rig.meters.get("callisto.aggregator.joined").counter().count())
                .isEqualTo(2);
    }

    @Test
    void a_successor_goes_on_where_the_books_stand() {
        events.append(job(Story.JOB, 1, "RUNNING", 0));
        for (int i = 0; i < 30; i++) {
            call("a" + i, 100 + i * 100, "Busy");
            if (i % 7 == 0) {
                rig.work();
            }
        }
        rig.work();

        assertThat(rig.results()).hasSize(30);
        assertThat(rig.attempts()).hasSize(30);
    }

    /** Cut after every step that a crash can cut: the log of results is the same as without any. */
    @Test
    void a_crash_between_any_two_steps_leaves_the_same_results() {
        story(new SplittableRandom(7));
        rig.work();
        List<EnrichedAttemptResultEvent> whole = rig.results();
        assertThat(whole).hasSizeGreaterThan(20);

        int crashes = 0;
        for (Cut cut : Cut.values()) {
            rig.forgetAll();
            crashes += workWithCrashes(cut);
            assertThat(rig.results().stream()
                            .map(AggregatorDutyTest::withoutEpoch)
                            .collect(Collectors.toSet()))
                    .as(cut.name())
                    .isEqualTo(
                            whole.stream().map(AggregatorDutyTest::withoutEpoch).collect(Collectors.toSet()));
            assertThat(rig.results()).as(cut.name()).hasSameSizeAs(whole);
        }
        assertThat(crashes).isGreaterThan(30);
        assertThat(events.open).as("sources left open").isZero();
    }

    /** Where an owner dies. */
    private enum Cut {
        AFTER_TAKEOVER,
        AFTER_POLL,
        IN_TRANSACTION,
        AFTER_COMMIT
    }

    private int workWithCrashes(Cut cut) {
        SplittableRandom random = new SplittableRandom(3);
        JdbcOutboxStore real = new JdbcOutboxStore();
        int crashes = 0;
        while (!allRead() && crashes < 500) {
            try (AggregatorDuty duty = rig.duty(0)) {
                Lease lease = rig.lease(0);
                rig.outbox = (jdbc, written) -> {
                    real.write(jdbc, written);
                    if (cut == Cut.IN_TRANSACTION && random.nextInt(3) > 0) {
                        throw new Killed();
                    }
                };
                duty.takeOver(lease);
                if (cut == Cut.AFTER_TAKEOVER && crashes < 10) {
                    throw new Killed();
                }
                int steps = 1 + random.nextInt(3);
                for (int i = 0; i < steps; i++) {
                    duty.doWork(lease);
                }
                if (cut == Cut.AFTER_POLL) {
                    // Reads on, and is fenced before it can book.
                    rig.lease(0);
                    duty.doWork(lease);
                }
                throw new Killed();
            } catch (Killed | Fenced e) {
                crashes++;
            } finally {
                rig.outbox = real;
            }
        }
        rig.work();
        return crashes;
    }

    private boolean allRead() {
        return rig.jdbc
                .sql("select coalesce(sum(next_offset), 0) from aggregator_position")
                .query(Long.class)
                .single()
                .equals(events.size(EventType.JOB) + events.size(EventType.AGENT) + events.size(EventType.ATTEMPT));
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static String withoutEpoch(EnrichedAttemptResultEvent result) {
        return result.toString().replaceAll("epoch=\\d+", "");
    }

    private void story(SplittableRandom random) {
        events.append(job(Story.JOB, 1, "RUNNING", 0));
        long time = 100;
        int seq = 0;
        for (int i = 0; i < 30; i++) {
            String name = "story" + i;
            events.append(attempt(name, 1, "RESERVED", null, time += 10));
            events.append(attempt(name, 2, "DIALING", null, time += 10));
            if (random.nextBoolean()) {
                events.append(attempt(name, 3, "ANSWERED", null, time += 10));
                events.append(agent("amy", ++seq, "TALKING", name, null, time += 1));
                events.append(attempt(name, 4, "COMPLETED", "Call_Disconnected", time += 10));
                events.append(agent("amy", ++seq, "WRAPUP", name, null, time += 1));
                events.append(agent("amy", ++seq, "IDLE", null, "Code" + i, time += 10));
            } else {
                events.append(attempt(name, 3, "COMPLETED", "Busy", time += 10));
            }
        }
    }

    @Test
    void a_former_owner_that_comes_back_is_refused_and_changes_nothing() {
        events.append(job(Story.JOB, 1, "RUNNING", 0));
        call("a", 100, "Busy");
        try (AggregatorDuty zombie = rig.duty(0);
                AggregatorDuty successor = rig.duty(0)) {
            Lease old = rig.lease(0);
            zombie.takeOver(old);
            rig.workUntil(zombie, old, AggregatorRig::quiet);
            call("b", 200, "Busy");
            Lease young = rig.lease(0);
            successor.takeOver(young);

            assertThatThrownBy(() -> rig.workUntil(zombie, old, AggregatorRig::quiet))
                    .isInstanceOf(Fenced.class);
            assertThat(rig.results()).hasSize(1);

            rig.workUntil(successor, young, AggregatorRig::quiet);
            assertThat(rig.results()).hasSize(2);
        }
    }

    @Test
    void records_that_are_no_events_are_put_aside_and_reading_goes_on() {
        events.append(job(Story.JOB, 1, "RUNNING", 0));
        events.append(ATTEMPTS, "no json \0", at(50));
        call("a", 100, "Busy");
        events.append(ATTEMPTS, "{\"seq\":1}", at(300));

        rig.work();

        assertThat(rig.results()).hasSize(1);
        assertThat(rig.jdbc
                        .sql("select topic || '-' || partition || '@' || record_offset || ' ' || reason"
                                + " from aggregator_quarantine order by 1")
                        .query(String.class)
                        .list())
                .containsExactly("POM.Default.ATTEMPT-0@0 NO_EVENT", "POM.Default.ATTEMPT-0@5 NO_EVENT");
        assertThat(rig.meters
                        .get("callisto.aggregator.quarantined")
                        .tag("reason", "NO_EVENT")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void what_retention_deleted_before_it_was_read_is_counted_and_reading_goes_on() {
        events.append(job(Story.JOB, 1, "RUNNING", 0));
        call("a", 100, "Busy");
        rig.work();
        call("b", 200, "Busy");
        call("c", 300, "Busy");
        // a: 0 to 3, b: 4 to 7
        events.deleteBefore(ATTEMPTS, 6);

        rig.work();

        assertThat(rig.attempts()).containsExactlyInAnyOrder(id("a"), id("b"), id("c"));
        assertThat(rig.last(id("b")).reservedAt()).isNull();
        assertThat(rig.meters.get("callisto.aggregator.missed").counter().count())
                .isEqualTo(2);
    }

    @Test
    void an_organisation_is_read_as_soon_as_it_has_topics_and_forgotten_when_it_is_deleted() {
        rig.work();
        rig.jdbc
                .sql("insert into organisation (organisation_id, name) values (7, 'Seven')")
                .update();
        events.create(7);
        events.append(job(7, 77, 1, "RUNNING", 0));
        events.append(attempt(7, 77, "x", 1, "RESERVED", null, 10));
        try (AggregatorDuty duty = rig.duty(0)) {
            Lease lease = rig.lease(0);
            duty.takeOver(lease);
            events.append(attempt(7, 77, "x", 2, "COMPLETED", "Busy", 20));
            rig.workUntil(duty, lease, AggregatorRig::quiet);
            assertThat(rig.attempts()).containsExactly(id("x"));

            rig.jdbc.sql("delete from organisation where organisation_id = 7").update();
            rig.workUntil(
                    duty,
                    lease,
                    all -> all.jdbc
                                    .sql("select count(*) from aggregator_position where organisation_id = 7")
                                    .query(Integer.class)
                                    .single()
                            == 0);
        }
        JdbcUpkeepStore upkeep = new JdbcUpkeepStore(0);
        assertThat(upkeep.sweepForeign(rig.jdbc, 100)).isEqualTo(1);
        assertThat(rig.jdbc
                        .sql("select count(*) from aggregator_job")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void the_state_is_bounded() {
        rig.settings = AggregatorRig.settings(1, AggregatorRig.LIMITS);
        events.append(job(Story.JOB, 1, "RUNNING", 0));
        for (int i = 0; i < 300; i++) {
            call("a" + i, 100 + i * 100, "Busy");
        }
        events.append(attempt("open", 1, "RESERVED", null, 50_000));
        rig.work();
        rig.jdbc
                .sql("update aggregator_attempt set delete_at = clock_timestamp() - interval '1 second'")
                .update();
        JdbcUpkeepStore upkeep = new JdbcUpkeepStore(0);

        assertThat(upkeep.sweep(rig.jdbc, true, 100)).isEqualTo(new JdbcUpkeepStore.Swept(100, 0));
        int unfinished = 0;
        for (int i = 0; i < 3; i++) {
            unfinished += upkeep.sweep(rig.jdbc, true, 100).unfinished();
        }
        assertThat(unfinished).isEqualTo(1);
        assertThat(upkeep.kept(rig.jdbc)).isEqualTo(JdbcUpkeepStore.Kept.NOTHING);
    }

    @Test
    void a_rebuild_reads_the_log_again_and_tells_nothing_twice() {
        story(new SplittableRandom(11));
        rig.work();
        List<EnrichedAttemptResultEvent> before = rig.results();
        // Half of them were published already; the others still wait in the outbox.
        int published = before.size() / 2;
        before.subList(0, published).forEach(events::append);
        rig.jdbc
                .sql("delete from event_outbox where id in (select id from event_outbox order by id limit :n)")
                .param("n", published)
                .update();
        call("late", 90_000, "Busy");
        rig.order("aggregator/0", "REBUILD");
        try (AggregatorDuty duty = rig.duty(0)) {
            Lease lease = rig.lease(0);
            duty.takeOver(lease);
            rig.workUntil(duty, lease, AggregatorRig::quiet);
        }

        assertThat(rig.results()).hasSize(before.size() - published + 1);
        assertThat(rig.attempts()).contains(id("late"));
        assertThat(rig.jdbc
                        .sql("select state || ' ' || result from command")
                        .query(String.class)
                        .list())
                .containsExactly("APPLIED {\"generation\": 2}");
        assertThat(rig.jdbc
                        .sql("select phase from aggregator_shard")
                        .query(String.class)
                        .single())
                .isEqualTo("LIVE");
    }

    @Test
    void a_rebuild_tells_what_was_lost_and_the_same_result_under_the_same_id() {
        rig.settings = AggregatorRig.settings(1, AggregatorRig.PATIENT);
        story(new SplittableRandom(11));
        rig.work();
        Map<UUID, EnrichedAttemptResultEvent> before = rig.last();
        // Neither in the log nor in the outbox: as if an error had swallowed them.
        rig.jdbc.sql("truncate event_outbox").update();
        rig.order("aggregator/0", "REBUILD");

        rig.work();

        Map<UUID, EnrichedAttemptResultEvent> after = rig.last();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((attempt, result) -> {
            EnrichedAttemptResultEvent was = Objects.requireNonNull(before.get(attempt));
            assertThat(result.completionCode()).isEqualTo(was.completionCode());
            // How many results replaced one another depends on what was known when; the last says the same.
            assertThat(result.eventId().equals(was.eventId())).isEqualTo(result.seq() == was.seq());
        });
    }

    @Test
    void a_rebuild_may_be_cut_anywhere() {
        story(new SplittableRandom(11));
        rig.work();
        List<EnrichedAttemptResultEvent> before = rig.results();
        before.forEach(events::append);
        rig.jdbc.sql("truncate event_outbox").update();
        rig.jdbc.sql("update aggregator_layout set generation = generation + 1").update();

        for (int crash = 0; crash < 40; crash++) {
            try (AggregatorDuty duty = rig.duty(0)) {
                Lease lease = rig.lease(0);
                duty.takeOver(lease);
                for (int i = 0; i <= crash % 12; i++) {
                    duty.doWork(lease);
                }
            }
        }
        rig.work();

        assertThat(rig.results()).isEmpty();
    }

    @Test
    void results_that_retention_has_deleted_are_not_told_again_by_a_rebuild() {
        rig.settings = AggregatorRig.settings(1, AggregatorRig.PATIENT);
        events.append(job(Story.JOB, 1, "RUNNING", 0));
        call("a", 0, "Busy");
        rig.work();
        call("b", 600_000, "Busy");
        rig.work();
        rig.results().forEach(events::append);
        events.deleteBefore(InMemoryLog.partition(EventType.ENRICHEDATTEMPTRESULT, 0, 0), 1);
        rig.jdbc.sql("truncate event_outbox").update();
        call("c", 700_000, "Busy");
        rig.order("aggregator/0", "REBUILD");

        rig.work();

        assertThat(rig.attempts()).containsExactly(id("c"));
    }

    @Test
    void another_number_of_shards_works_only_after_a_rebuild() {
        story(new SplittableRandom(5));
        rig.work();
        int told = rig.results().size();
        rig.settings = AggregatorRig.settings(2, AggregatorRig.LIMITS);
        call("new", 90_000, "Busy");
        try (AggregatorDuty first = rig.duty(0);
                AggregatorDuty second = rig.duty(1)) {
            Lease one = rig.lease(0);
            Lease two = rig.lease(1);
            first.takeOver(one);
            second.takeOver(two);
            assertThat(first.doWork(one) + second.doWork(two)).isZero();
            assertThat(rig.results()).hasSize(told);

            rig.order("aggregator/0", "REBUILD");
            rig.workUntil(first, one, AggregatorRig::quiet);
            rig.workUntil(second, two, AggregatorRig::quiet);
        }
        assertThat(rig.results()).hasSize(told + 1);
    }

    @Test
    void an_order_that_is_no_rebuild_is_refused() {
        rig.order("aggregator/0", "DANCE");
        rig.work();
        assertThat(rig.jdbc.sql("select state from command").query(String.class).single())
                .isEqualTo("REFUSED");
    }

    /** A figure, not a limit: how many attempts a second one core takes with everything on one disk. */
    @Test
    void many_attempts_are_cheap() {
        events = new InMemoryLog(2_000);
        events.create(0);
        int calls = 5_000;
        events.append(job(Story.JOB, 1, "RUNNING", 0));
        for (int i = 0; i < calls; i++) {
            call("many" + i, i * 100L, "Busy");
        }
        long start = System.nanoTime();

        rig.work();

        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        log.atInfo()
                .addKeyValue("attempts", calls)
                .addKeyValue("millis", millis)
                .addKeyValue("perSecond", calls * 1000L / millis)
                .log("joined");
        assertThat(rig.results()).hasSize(calls);
    }
}
