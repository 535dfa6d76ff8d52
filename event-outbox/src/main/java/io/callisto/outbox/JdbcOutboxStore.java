package io.callisto.outbox;

import io.callisto.domain.InvariantBroken;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes events into table {@code event_outbox}: one statement a call, however many events.
 *
 * <p>Make one wherever it is needed, as a bean or not: {@code new JdbcOutboxStore()} or, with more than one relay,
 * {@code new JdbcOutboxStore(shards)} with the value of property {@code callisto.outbox.shards} (default 1). The
 * constructor does nothing else; there is no state. All writers and relays of a cluster must agree on the number, and
 * it may only be changed while the outbox is empty: a key that moves to another shard would lose its order.
 * Thread-safe.
 */
public final class JdbcOutboxStore implements OutboxWriter {
    /** Property with the number of shards. */
    public static final String SHARDS_PROPERTY = "callisto.outbox.shards";

    /** Highest number of shards: the scope of each costs a lease, a producer and a partition. */
    public static final int MAX_SHARDS = 64;

    // The sort is done before the identity is drawn, so ids rise in the order of the list.
    private static final String INSERT = """
            insert into event_outbox (shard, event_id, event_type, organisation_id, record_key, aggregate_id,
                                      aggregate_seq, epoch, payload, occurred_at)
            select e.shard, e.event_id, e.event_type, e.organisation_id, e.record_key, e.aggregate_id, e.aggregate_seq,
                   e.epoch, e.payload, e.occurred_at
            from unnest(cast(:shards as smallint[]), cast(:eventIds as uuid[]), cast(:types as text[]),
                        cast(:organisations as integer[]), cast(:keys as text[]), cast(:aggregates as text[]),
                        cast(:seqs as integer[]), cast(:epochs as bigint[]), cast(:payloads as text[]),
                        cast(:times as timestamptz[]))
              with ordinality
              as e(shard, event_id, event_type, organisation_id, record_key, aggregate_id, aggregate_seq, epoch,
                   payload, occurred_at, position)
            order by e.position
            """;

    private final int shards;

    /** One shard. */
    public JdbcOutboxStore() {
        this(1);
    }

    /**
     * @param shards value of {@value #SHARDS_PROPERTY}, 1 to {@value #MAX_SHARDS}
     */
    public JdbcOutboxStore(int shards) {
        if (shards < 1 || shards > MAX_SHARDS) {
            throw new IllegalArgumentException(SHARDS_PROPERTY + " must be 1 to " + MAX_SHARDS + ", is " + shards);
        }
        this.shards = shards;
    }

    @Override
    public void write(JdbcClient jdbc, List<OutboxEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        int written = jdbc.sql(INSERT)
                .param("shards", ints(events, event -> shardOf(event.recordKey(), shards)))
                .param("eventIds", texts(events, event -> event.eventId().toString()))
                .param("types", texts(events, event -> event.type().name()))
                .param("organisations", ints(events, OutboxEvent::organisationId))
                .param("keys", texts(events, OutboxEvent::recordKey))
                .param("aggregates", texts(events, OutboxEvent::aggregateId))
                .param("seqs", ints(events, OutboxEvent::aggregateSeq))
                .param("epochs", longs(events, OutboxEvent::epoch))
                .param("payloads", texts(events, OutboxEvent::payload))
                .param("times", texts(events, event -> event.occurredAt().toString()))
                .update();
        if (written != events.size()) {
            throw new InvariantBroken("INV-5", written + " outbox rows written for " + events.size() + " events");
        }
    }

    /** The shard of a key: all events of a key go through one relay, which keeps their order. */
    static int shardOf(String recordKey, int shards) {
        return Math.floorMod(recordKey.hashCode(), shards);
    }

    private static String[] texts(List<OutboxEvent> events, Function<OutboxEvent, String> field) {
        return events.stream().map(field).toArray(String[]::new);
    }

    private static int[] ints(List<OutboxEvent> events, ToIntFunction<OutboxEvent> field) {
        return events.stream().mapToInt(field).toArray();
    }

    private static long[] longs(List<OutboxEvent> events, ToLongFunction<OutboxEvent> field) {
        return events.stream().mapToLong(field).toArray();
    }
}
