package io.callisto.benchmarks.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.TimeOrderedIds;
import io.callisto.event.contract.CallistoEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class EventWriterTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private final SplittableRandom random = new SplittableRandom(1);
    private final EventLoad load = new EventLoad(new TimeOrderedIds(Clock.systemUTC(), random.split()), random);
    private final JdbcBenchOutboxStore outbox = new JdbcBenchOutboxStore(DB.dataSource());
    private final EventWriter writer = new EventWriter(load, outbox, Clock.systemUTC());

    @Test
    void every_event_of_a_window_is_a_row_whose_commit_time_is_known() {
        assertThat(outbox.empty()).isTrue();
        List<CallistoEvent> jobs = load.jobsBegin(2, Clock.systemUTC().instant());
        writer.writeOneByOne(jobs);
        long attempts = writer.window(LoadShape.attempts(50), Duration.ofMillis(500));

        assertThat(outbox.empty()).isFalse();
        assertThat(attempts).isEqualTo(25);
        assertThat(writer.completions()).hasSize(25);
        // The window begins with the first attempt's RESERVED; what came after its end is no part of the figures.
        assertThat(writer.measured()).hasSizeBetween(25, 5 * 25 - 1).doesNotHaveDuplicates();
        assertThat(writer.committed().keySet()).containsAll(writer.measured());
        assertThat(rows()).isEqualTo(writer.committed().keySet());
        List<CallistoEvent> backlog = load.backlog(2_000, Clock.systemUTC().instant());
        writer.write(backlog);
        assertThat(rows())
                .hasSize(writer.committed().size())
                .containsAll(writer.committed().keySet());
    }

    private static Set<UUID> rows() {
        return new HashSet<>(JdbcClient.create(DB.dataSource())
                .sql("select event_id from event_outbox")
                .query(UUID.class)
                .list());
    }
}
