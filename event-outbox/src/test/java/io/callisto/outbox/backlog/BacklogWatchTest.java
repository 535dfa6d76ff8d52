package io.callisto.outbox.backlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.event.contract.EventType;
import io.callisto.outbox.JdbcOutboxStore;
import io.callisto.outbox.OutboxEvent;
import io.callisto.outbox.relay.TestEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

@Requirement("EV-5")
class BacklogWatchTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private final JdbcBacklogStore store = new JdbcBacklogStore(DB.dataSource());
    private int written;

    @BeforeEach
    void empty() {
        jdbc.sql("truncate event_outbox").update();
        jdbc.sql("update event_backlog set outbox_rows = 0, late_since = null, full_since = null,"
                        + " measured_at = '-infinity'")
                .update();
    }

    @Test
    void the_alarm_is_raised_when_the_oldest_event_waits_too_long_and_cleared_below_half_of_it() {
        BacklogWatch watch = watch(100);
        assertThat(watch.look()).isEqualTo(Backlog.EMPTY);
        write(3);
        assertThat(watch.look())
                .satisfies(now -> assertThat(now.rows()).isEqualTo(3))
                .satisfies(now -> assertThat(now.late()).isFalse());

        oldestWaitsFor(11);
        assertThat(watch.look())
                .satisfies(now -> assertThat(now.oldestSeconds()).isBetween(11.0, 60.0))
                .satisfies(now -> assertThat(now.late()).isTrue());
        oldestWaitsFor(8);
        assertThat(watch.look().late()).as("not below half yet").isTrue();
        oldestWaitsFor(2);
        assertThat(watch.look().late()).isFalse();
        oldestWaitsFor(8);
        assertThat(watch.look().late()).as("not above the limit yet").isFalse();
    }

    @Test
    void what_happened_long_ago_and_is_written_now_is_not_late() {
        write(1);
        jdbc.sql("update event_outbox set occurred_at = now() - interval '1 day'")
                .update();

        assertThat(watch(100).look().late()).isFalse();
    }

    @Test
    void it_is_full_at_the_limit_and_has_room_below_four_fifths() {
        BacklogWatch watch = watch(10);
        write(9);
        assertThat(watch.look().full()).isFalse();
        write(1);
        assertThat(watch.look().full()).isTrue();
        deleteAllBut(8);
        assertThat(watch.look().full()).isTrue();
        deleteAllBut(7);
        assertThat(watch.look().full()).isFalse();
        write(2);
        assertThat(watch.look().full()).isFalse();
    }

    /** The measurement is cheap while the span of the ids is small, and counts when it is not. */
    @Test
    void a_single_old_row_among_many_that_were_published_is_one_row() {
        BacklogWatch watch = watch(30_000);
        write(1);
        jdbc.sql("select setval(pg_get_serial_sequence('event_outbox', 'id'), (select max(id) from event_outbox)"
                        + " + 1000000)")
                .query(Long.class)
                .single();
        many(20_000);

        Backlog now = watch.look();

        assertThat(now.rows()).isEqualTo(20_001);
        assertThat(now.full()).isFalse();
        many(9_999);
        assertThat(watch.look().full()).isTrue();
    }

    @Test
    void of_many_who_look_one_measures_and_the_others_read() {
        BacklogLimits limits = new BacklogLimits(Duration.ofSeconds(10), 100, Duration.ofMinutes(10));
        BacklogWatch first = new BacklogWatch(store, limits);
        BacklogWatch second = new BacklogWatch(store, limits);
        write(5);
        assertThat(first.look().rows()).isEqualTo(5);
        write(5);

        assertThat(second.look().rows()).as("not measured again").isEqualTo(5);
        assertThat(first.look().rows()).isEqualTo(5);
    }

    @Test
    void a_runner_looks_by_itself_and_ends() {
        BacklogWatchRunner runner = new BacklogWatchRunner(watch(100));
        write(4);
        runner.start();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (runner.last().rows() != 4) {
            assertThat(System.nanoTime() - end).as("time limit").isNegative();
        }
        runner.close();
    }

    @Test
    void limits_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> new BacklogLimits(Duration.ZERO, 1))
                .hasMessageContaining("callisto.outbox.late-after");
        assertThatThrownBy(() -> new BacklogLimits(Duration.ofSeconds(1), 0))
                .hasMessageContaining("callisto.outbox.full-rows");
    }

    private BacklogWatch watch(long fullRows) {
        // Always due: a measurement is never younger than no time at all.
        return new BacklogWatch(store, new BacklogLimits(Duration.ofSeconds(10), fullRows, Duration.ofNanos(1)));
    }

    private void write(int count) {
        List<OutboxEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            written++;
            events.add(TestEvents.event(EventType.JOB, 0, "job", written));
        }
        new JdbcOutboxStore().write(jdbc, events);
    }

    private void many(int count) {
        jdbc.sql("""
                insert into event_outbox (event_id, event_type, organisation_id, record_key, aggregate_id,
                                          aggregate_seq, epoch, payload)
                select gen_random_uuid(), 'JOB', 0, 'many', 'many' || :base, n, 1, '{}'
                from generate_series(1, :count) n
                """).param("base", written++).param("count", count).update();
    }

    private void oldestWaitsFor(int seconds) {
        jdbc.sql("update event_outbox set written_at = clock_timestamp() - :seconds * interval '1 second'")
                .param("seconds", seconds)
                .update();
    }

    private void deleteAllBut(int rows) {
        jdbc.sql("delete from event_outbox where id not in (select id from event_outbox order by id desc limit :rows)")
                .param("rows", rows)
                .update();
    }
}
