package io.callisto.manager.dialing;

import static io.callisto.manager.dialing.TestJob.strategy;
import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.domain.attempt.CallOutcome;
import io.callisto.outbox.backlog.Backlog;
import io.callisto.outbox.backlog.BacklogLimits;
import io.callisto.outbox.backlog.BacklogWatch;
import io.callisto.outbox.backlog.JdbcBacklogStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nobody publishes: the outbox fills, dialing pauses before the disk is full, and nothing is lost. */
class DialingBacklogTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final int LIMIT = 100;
    private static final int CONTACTS = 120;

    private final AtomicLong nanos = new AtomicLong(Duration.ofDays(1).toNanos());
    private final FakeGateway gateway = new FakeGateway("g1");
    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private final JdbcBacklogStore store = new JdbcBacklogStore(DB.dataSource());
    private final BacklogWatch watch =
            new BacklogWatch(store, new BacklogLimits(Duration.ofSeconds(10), LIMIT, Duration.ofNanos(1)));

    @Test
    @Requirement("EV-5")
    void a_full_outbox_pauses_dialing_and_room_in_it_lets_it_go_on() {
        gateway.outcome = phone -> CallOutcome.ANSWER_HUMAN;
        TestJob job = TestJob.running(
                DB.dataSource(),
                strategy(1, "").replace("\"callsPerSecond\": 1000", "\"callsPerSecond\": 50"),
                CONTACTS);
        Dialer dialer = Dialer.takeOver(DB.dataSource(), job, nanos, new FakeRules(), gateway);

        dialer.run(() -> look().full());
        int before = attempts(job);
        // Calls that live end, and their events are written; nothing new begins.
        for (int round = 0; round < 100; round++) {
            dialer.step();
            gateway.advance();
        }
        int paused = attempts(job);
        assertThat(paused).as("the rounds until the flag is read").isLessThan(before + 20);
        assertThat(job.finished()).isFalse();
        dialer.steps(50);
        assertThat(attempts(job)).isEqualTo(paused);
        assertThat(waiting()).isGreaterThanOrEqualTo(LIMIT);

        deleteAllBut(LIMIT - LIMIT / 5);
        assertThat(look().full()).as("not below four fifths yet").isTrue();
        dialer.steps(20);
        assertThat(attempts(job)).isEqualTo(paused);

        // As the relay would: from now on somebody publishes.
        dialer.run(() -> {
            deleteAllBut(0);
            look();
            return job.finished();
        });
        assertThat(job.contactsWith("COMPLETED", "Answer_Human")).isEqualTo(CONTACTS);
        assertThat(attempts(job)).isEqualTo(CONTACTS);
    }

    private Backlog look() {
        return watch.look();
    }

    private int attempts(TestJob job) {
        return jdbc.sql("select count(*) from attempt where job_id = :job")
                .param("job", job.id.value())
                .query(Integer.class)
                .single();
    }

    private int waiting() {
        return jdbc.sql("select count(*) from event_outbox")
                .query(Integer.class)
                .single();
    }

    private void deleteAllBut(int rows) {
        jdbc.sql("delete from event_outbox where id not in (select id from event_outbox order by id desc limit :rows)")
                .param("rows", rows)
                .update();
    }
}
