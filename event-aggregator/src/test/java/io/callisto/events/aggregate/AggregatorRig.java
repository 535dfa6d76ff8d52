package io.callisto.events.aggregate;

import io.callisto.event.contract.EnrichedAttemptResultEvent;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventType;
import io.callisto.events.aggregate.ResultDecision.Limits;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.ha.Scope;
import io.callisto.ha.TestLeases;
import io.callisto.outbox.JdbcOutboxStore;
import io.callisto.outbox.OutboxWriter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Aggregators on a real database, driven by hand, and what they have told. */
final class AggregatorRig {
    static final Limits LIMITS = new Limits(
            Duration.ofMinutes(10), Duration.ZERO, Duration.ofMillis(1), Duration.ofMinutes(5), Duration.ofHours(24));

    /** As {@link #LIMITS}, and no result is told without the name of its campaign: so each is told once. */
    static final Limits PATIENT = new Limits(
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofMillis(1),
            Duration.ofMinutes(5),
            Duration.ofHours(24));

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final JdbcClient jdbc;
    final TestLeases leases;
    OutboxWriter outbox = new JdbcOutboxStore();
    AggregatorSettings settings = settings(1, LIMITS);
    private final DataSource dataSource;
    private final EventSources sources;
    private final EventJson json = new EventJson();

    AggregatorRig(DataSource dataSource, IntFunction<EventSource> maker) {
        this.dataSource = dataSource;
        jdbc = JdbcClient.create(dataSource);
        leases = new TestLeases(dataSource);
        JdbcShardStore organisations = new JdbcShardStore(0);
        sources = new EventSources(maker, () -> organisations.organisations(jdbc), System::nanoTime);
    }

    static AggregatorSettings settings(int shards, Limits limits) {
        return new AggregatorSettings(shards, 500, 1_000, Duration.ofMillis(1), Duration.ofDays(30), limits);
    }

    /** Everything is as on the first day. */
    void forgetAll() {
        jdbc.sql("""
                truncate aggregator_attempt, aggregator_agent, aggregator_job, aggregator_position, aggregator_shard,
                  aggregator_quarantine, event_outbox, command
                """).update();
        jdbc.sql("update aggregator_layout set shards = null, generation = 1").update();
    }

    EventSources sources() {
        return sources;
    }

    AggregatorDuty duty(int shard) {
        return new AggregatorDuties(
                        dataSource,
                        new FencedTransaction(dataSource, TestLeases.TICKER),
                        (client, events) -> outbox.write(client, events),
                        sources,
                        settings,
                        new LagWatch(Clock.systemUTC()),
                        System::nanoTime)
                .duty(shard, new AggregatorMetrics(meters, shard));
    }

    Lease lease(int shard) {
        return leases.takeOver(Scope.aggregator(shard));
    }

    /** A new owner works until nothing is left to do. */
    void work() {
        try (AggregatorDuty duty = duty(0)) {
            Lease lease = lease(0);
            duty.takeOver(lease);
            workUntil(duty, lease, rig -> rig.quiet());
        }
    }

    void workUntil(AggregatorDuty duty, Lease lease, Predicate<AggregatorRig> done) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        int idle = 0;
        while (idle < 3 || !done.test(this)) {
            idle = duty.doWork(lease) == 0 ? idle + 1 : 0;
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not done in time");
            }
        }
    }

    /** Whether no shard rebuilds itself and nothing is due. */
    boolean quiet() {
        return jdbc.sql("""
                        select not exists (select 1 from aggregator_shard where phase <> 'LIVE')
                           and not exists (select 1 from command where state = 'PENDING')
                           and not exists (select 1 from aggregator_attempt where due_at <= clock_timestamp())
                        """).query(Boolean.class).single();
    }

    /** All results in the order of the outbox. */
    List<EnrichedAttemptResultEvent> results() {
        return jdbc
                .sql("select payload from event_outbox where event_type = :type order by id")
                .param("type", EventType.ENRICHEDATTEMPTRESULT.name())
                .query(String.class)
                .list()
                .stream()
                .map(payload -> json.read(EnrichedAttemptResultEvent.class, payload))
                .toList();
    }

    Set<UUID> attempts() {
        return results().stream().map(EnrichedAttemptResultEvent::attemptId).collect(Collectors.toSet());
    }

    /** The last result of each attempt. */
    Map<UUID, EnrichedAttemptResultEvent> last() {
        return results().stream()
                .collect(Collectors.toMap(
                        EnrichedAttemptResultEvent::attemptId,
                        result -> result,
                        (one, two) -> one.seq() > two.seq() ? one : two));
    }

    /** The last result of an attempt that has one. */
    EnrichedAttemptResultEvent last(UUID attempt) {
        return Objects.requireNonNull(last().get(attempt), "no result");
    }

    List<String> codes() {
        return results().stream()
                .sorted(Comparator.comparing(EnrichedAttemptResultEvent::completedAt))
                .map(EnrichedAttemptResultEvent::completionCode)
                .toList();
    }

    void order(String scope, String kind) {
        jdbc.sql("insert into command (scope, kind, requested_by) values (:scope, :kind, 'test')")
                .param("scope", scope)
                .param("kind", kind)
                .update();
    }
}
