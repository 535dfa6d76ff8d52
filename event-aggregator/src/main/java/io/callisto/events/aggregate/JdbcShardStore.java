package io.callisto.events.aggregate;

import io.callisto.domain.InvariantBroken;
import io.callisto.event.contract.EventType;
import io.callisto.events.aggregate.AggregatorState.Phase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How far a shard has read, and what it is at. All but the reads of others are in its transactions. Thread-safe. */
final class JdbcShardStore {
    /**
     * A stored position.
     *
     * @param partition as it was when it was read last
     */
    record StoredPosition(InputPartition partition, Position position) {}

    // The lock keeps a change of the layout out until this transaction is over.
    private static final String LAYOUT = """
            select shards, generation, clock_timestamp() as now from aggregator_layout for share
            """;
    private static final String FIRST_LAYOUT = """
            update aggregator_layout set shards = :shards, changed_at = clock_timestamp() where shards is null
            """;
    private static final String NEXT_GENERATION = """
            update aggregator_layout
               set shards = :shards, generation = generation + 1, changed_at = clock_timestamp()
            """;
    private static final String STATE = """
            select generation, phase, floors from aggregator_shard where shard = :shard
            """;
    private static final String SAVE_STATE = """
            insert into aggregator_shard (shard, generation, phase, floors, epoch)
            values (:shard, :generation, :phase, cast(:floors as jsonb), :epoch)
            on conflict (shard) do update
               set generation = excluded.generation, phase = excluded.phase, floors = excluded.floors,
                   epoch = excluded.epoch, changed_at = clock_timestamp()
            """;
    private static final String POSITIONS = """
            select topic, partition, topic_id, event_type, organisation_id, next_offset, leader_epoch, record_time
              from aggregator_position where shard = :shard
            """;
    private static final String BEGIN = """
            insert into aggregator_position (shard, topic, partition, topic_id, event_type, organisation_id,
                                             next_offset, record_time, epoch)
            values (:shard, :topic, :partition, :topicId, :type, :organisation,
                    :next, cast(:time as timestamptz), :epoch)
            on conflict (shard, topic, partition) do update
               set topic_id = excluded.topic_id, next_offset = excluded.next_offset, leader_epoch = null,
                   record_time = excluded.record_time, epoch = excluded.epoch
            """;
    private static final String ADVANCE = """
            update aggregator_position p
               set next_offset = m.next, leader_epoch = coalesce(m.leader_epoch, p.leader_epoch),
                   record_time = coalesce(m.record_time, p.record_time), epoch = :epoch
              from unnest(cast(:topics as text[]), cast(:partitions as integer[]), cast(:expected as bigint[]),
                          cast(:nexts as bigint[]), cast(:leaderEpochs as integer[]), cast(:times as timestamptz[]))
                   as m(topic, partition, expected, next, leader_epoch, record_time)
             where p.shard = :shard and p.topic = m.topic and p.partition = m.partition
               and p.next_offset = m.expected
            """;
    private static final String FORGET = """
            delete from aggregator_position where shard = :shard and topic = :topic and partition = :partition
            """;
    private static final String REBUILDS = """
            select id from command where scope = :scope and kind = 'REBUILD' and state = 'PENDING'
            """;
    private static final String SETTLE = """
            update command
               set state = case kind when 'REBUILD' then 'APPLIED' else 'REFUSED' end,
                   result = case kind when 'REBUILD' then jsonb_build_object('generation', :generation)
                                      else jsonb_build_object('refused', 'an aggregator knows REBUILD only') end,
                   applied_at = clock_timestamp(), applied_epoch = :epoch
             where scope = :scope and state = 'PENDING'
            """;

    private static final TypeReference<Map<Integer, Instant>> FLOORS = new TypeReference<>() {};

    private final JsonMapper json = JsonMapper.builder().build();
    private final int shard;

    JdbcShardStore(int shard) {
        this.shard = shard;
    }

    Layout layout(JdbcClient jdbc) {
        return jdbc.sql(LAYOUT)
                .query((row, line) -> new Layout(
                        row.getObject("shards", Integer.class), row.getLong("generation"), instant(row, "now")))
                .single();
    }

    /** The first one says how many shards there are. */
    void firstLayout(JdbcClient jdbc, int shards) {
        jdbc.sql(FIRST_LAYOUT).param("shards", shards).update();
    }

    /** All shards rebuild. */
    void nextGeneration(JdbcClient jdbc, int shards) {
        jdbc.sql(NEXT_GENERATION).param("shards", shards).update();
    }

    Optional<AggregatorState> state(JdbcClient jdbc) {
        return jdbc.sql(STATE)
                .param("shard", shard)
                .query((row, line) -> new AggregatorState(
                        row.getLong("generation"),
                        Phase.valueOf(row.getString("phase")),
                        json.readValue(row.getString("floors"), FLOORS)))
                .optional();
    }

    void save(JdbcClient jdbc, AggregatorState state, long epoch) {
        jdbc.sql(SAVE_STATE)
                .param("shard", shard)
                .param("generation", state.generation())
                .param("phase", state.phase().name())
                .param("floors", json.writeValueAsString(state.floors()))
                .param("epoch", epoch)
                .update();
    }

    List<StoredPosition> positions(JdbcClient jdbc) {
        return jdbc.sql(POSITIONS)
                .param("shard", shard)
                .query((row, line) -> new StoredPosition(
                        new InputPartition(
                                EventType.valueOf(row.getString("event_type")),
                                row.getInt("organisation_id"),
                                row.getString("topic"),
                                row.getInt("partition"),
                                row.getObject("topic_id", UUID.class)),
                        new Position(
                                row.getLong("next_offset"),
                                row.getObject("leader_epoch", Integer.class),
                                instantOrNull(row, "record_time"))))
                .list();
    }

    /** Begins to read a partition there. */
    void begin(JdbcClient jdbc, InputPartition partition, Position position, long epoch) {
        jdbc.sql(BEGIN)
                .param("shard", shard)
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .param("topicId", partition.topicId())
                .param("type", partition.type().name())
                .param("organisation", partition.organisationId())
                .param("next", position.nextOffset())
                .param("time", text(position.recordTime()))
                .param("epoch", epoch)
                .update();
    }

    void forget(JdbcClient jdbc, InputPartition partition) {
        jdbc.sql(FORGET)
                .param("shard", shard)
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .update();
    }

    /**
     * Moves positions on.
     *
     * @param expected where the caller thinks they are
     */
    void advance(
            JdbcClient jdbc, Map<InputPartition, Position> next, Map<InputPartition, Position> expected, long epoch) {
        if (next.isEmpty()) {
            return;
        }
        Map<InputPartition, Position> ordered = new LinkedHashMap<>(next);
        List<InputPartition> partitions = List.copyOf(ordered.keySet());
        int moved = jdbc.sql(ADVANCE)
                .param("shard", shard)
                .param("epoch", epoch)
                .param("topics", partitions.stream().map(InputPartition::topic).toArray(String[]::new))
                .param(
                        "partitions",
                        partitions.stream().mapToInt(InputPartition::partition).toArray())
                .param(
                        "expected",
                        partitions.stream()
                                .mapToLong(partition -> at(expected, partition).nextOffset())
                                .toArray())
                .param(
                        "nexts",
                        partitions.stream()
                                .mapToLong(partition -> at(ordered, partition).nextOffset())
                                .toArray())
                .param(
                        "leaderEpochs",
                        partitions.stream()
                                .map(partition -> text(at(ordered, partition).leaderEpoch()))
                                .toArray(String[]::new))
                .param(
                        "times",
                        partitions.stream()
                                .map(partition -> text(at(ordered, partition).recordTime()))
                                .toArray(String[]::new))
                .update();
        if (moved != partitions.size()) {
            throw new InvariantBroken(
                    "INV-12", "the positions of aggregator/" + shard + " are not where its owner has left them");
        }
    }

    private static Position at(Map<InputPartition, Position> positions, InputPartition partition) {
        Position position = positions.get(partition);
        if (position == null) {
            throw new IllegalStateException("no position of " + partition);
        }
        return position;
    }

    /** Whether anything is ordered of the scope; needs no transaction. */
    boolean ordered(JdbcClient jdbc, String scope) {
        return jdbc.sql("select exists (select 1 from command where scope = :scope and state = 'PENDING')")
                .param("scope", scope)
                .query(Boolean.class)
                .single();
    }

    /** Whether somebody wants a rebuild. */
    boolean rebuildOrdered(JdbcClient jdbc, String scope) {
        return !jdbc.sql(REBUILDS)
                .param("scope", scope)
                .query(Long.class)
                .list()
                .isEmpty();
    }

    /** All that was ordered of this shard is done, or refused. */
    void settle(JdbcClient jdbc, String scope, long generation, long epoch) {
        jdbc.sql(SETTLE)
                .param("scope", scope)
                .param("generation", generation)
                .param("epoch", epoch)
                .update();
    }

    /** Which organisations there are. */
    Set<Integer> organisations(JdbcClient jdbc) {
        return new TreeSet<>(jdbc.sql("select organisation_id from organisation")
                .query(Integer.class)
                .list());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
