package io.callisto.outbox.relay;

import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.ha.Scope;
import io.callisto.ha.TestLeases;
import io.callisto.outbox.JdbcOutboxStore;
import io.callisto.outbox.OutboxEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A relay of shard 0 on a real database, with a log that the test chooses. */
final class RelayBench {
    static final int BATCH = 3;

    final Steps steps = new Steps();
    final InMemoryEventLog log = new InMemoryEventLog(steps);
    final JdbcClient jdbc;
    final TestLeases leases;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DataSource dataSource;
    final Gathering gathering = Gathering.of(Duration.ZERO);
    Duration statisticsGather = Duration.ZERO;
    long now;

    RelayBench(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.leases = new TestLeases(dataSource);
        jdbc.sql("truncate event_outbox, event_outbox_quarantine").update();
    }

    void write(List<OutboxEvent> events) {
        new JdbcOutboxStore().write(jdbc, events);
    }

    OutboxRelayDuty duty() {
        return duty(TopicNames.POM_4);
    }

    OutboxRelayDuty duty(TopicNames names) {
        RelaySettings settings =
                new RelaySettings(BATCH, Duration.ofMillis(100), Duration.ofMillis(100), names, statisticsGather);
        RelayStore store =
                new SteppedStore(new JdbcRelayStore(new FencedTransaction(dataSource, TestLeases.TICKER), 0), steps);
        return new OutboxRelayDuty(0, store, log, settings, new RelayMetrics(meters, 0, gathering), () -> now);
    }

    Lease claim() {
        return leases.takeOver(Scope.outbox(0));
    }

    /** A relay's whole life as the coordinator runs it: takes over and works until there is nothing left. */
    void drain() {
        drain(TopicNames.POM_4);
    }

    void drain(TopicNames names) {
        Lease lease = claim();
        try (OutboxRelayDuty duty = duty(names)) {
            duty.takeOver(lease);
            work(duty, lease);
        }
    }

    /** Works until there is nothing to do, as often as a failing log lets it. */
    void work(OutboxRelayDuty duty, Lease lease) {
        for (int round = 0; round < 50; round++) {
            int done = duty.doWork(lease);
            now += Duration.ofMillis(200).toNanos();
            if (done == 0 && round > 0 && waiting() == 0) {
                return;
            }
        }
    }

    int waiting() {
        return jdbc.sql("select count(*) from event_outbox")
                .query(Integer.class)
                .single();
    }

    int quarantined(PoisonRow.Reason reason) {
        return jdbc.sql("select count(*) from event_outbox_quarantine where reason = :reason")
                .param("reason", reason.name())
                .query(Integer.class)
                .single();
    }

    /** What a topic holds. */
    List<String> published(String topic) {
        return log.committed().stream()
                .filter(event -> event.topic().equals(topic))
                .map(LogRecord::value)
                .toList();
    }

    List<String> published() {
        return log.committed().stream().map(LogRecord::value).toList();
    }
}
