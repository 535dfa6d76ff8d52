package io.callisto.outbox.relay;

import io.callisto.event.contract.EventType;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The outbox rows of one shard in PostgreSQL. Thread-safe. */
public final class JdbcRelayStore implements RelayStore {
    private static final String DELETE = """
            delete from event_outbox where shard = :shard and id = any(cast(:ids as bigint[]))
            """;

    private static final String NEXT = """
            select id, event_id, event_type, organisation_id, record_key, aggregate_id, aggregate_seq, epoch, payload,
                   occurred_at,
                   cast(extract(epoch from clock_timestamp() - written_at) * 1000000 as bigint) as waited
            from event_outbox
            where shard = :shard and event_type || '/' || organisation_id <> all (cast(:held as text[]))
                  and event_type <> all (cast(:later as text[]))
            order by id
            limit :limit
            """;

    private static final String QUARANTINE = """
            with poison as (
              select * from unnest(cast(:ids as bigint[]), cast(:reasons as text[])) as p(id, reason)
            ), moved as (
              delete from event_outbox o using poison p where o.id = p.id and o.shard = :shard returning o.*, p.reason
            )
            insert into event_outbox_quarantine (id, shard, event_id, event_type, organisation_id, record_key,
                                                 aggregate_id, aggregate_seq, epoch, payload, occurred_at, reason,
                                                 relay_epoch)
            select id, shard, event_id, event_type, organisation_id, record_key, aggregate_id, aggregate_seq, epoch,
                   payload, occurred_at, reason, :relayEpoch
            from moved
            """;

    private static final String EXISTING = """
            select organisation_id from organisation where organisation_id = any(cast(:ids as integer[]))
            """;

    private final FencedTransaction fenced;
    private final int shard;

    /**
     * @param fenced on the data source of the service
     * @param shard whose rows
     */
    public JdbcRelayStore(FencedTransaction fenced, int shard) {
        this.fenced = fenced;
        this.shard = shard;
    }

    @Override
    public void requireOwner(Lease lease) {
        fenced.run(lease, jdbc -> shard);
    }

    @Override
    public List<OutboxRow> exchange(Lease lease, RowIds published, Selection wanted) {
        return fenced.run(lease, jdbc -> {
            if (!published.isEmpty()) {
                jdbc.sql(DELETE)
                        .param("shard", shard)
                        .param("ids", published.toArray())
                        .update();
            }
            return wanted.limit() == 0 ? List.<OutboxRow>of() : next(jdbc, wanted);
        });
    }

    private List<OutboxRow> next(JdbcClient jdbc, Selection wanted) {
        return jdbc.sql(NEXT)
                .param("shard", shard)
                .param("held", wanted.held().stream().map(EventStream::key).toArray(String[]::new))
                .param("later", wanted.later().stream().map(EventType::name).toArray(String[]::new))
                .param("limit", wanted.limit())
                .query((rs, line) -> row(rs))
                .list();
    }

    @Override
    public void quarantine(Lease lease, List<PoisonRow> rows) {
        fenced.run(
                lease,
                jdbc -> jdbc.sql(QUARANTINE)
                        .param("shard", shard)
                        .param("ids", rows.stream().mapToLong(PoisonRow::rowId).toArray())
                        .param(
                                "reasons",
                                rows.stream().map(row -> row.reason().name()).toArray(String[]::new))
                        .param("relayEpoch", lease.epoch())
                        .update());
    }

    @Override
    public Set<Integer> existing(Lease lease, Set<Integer> organisations) {
        return fenced.run(
                lease,
                jdbc -> new HashSet<>(jdbc.sql(EXISTING)
                        .param(
                                "ids",
                                organisations.stream()
                                        .mapToInt(Integer::intValue)
                                        .toArray())
                        .query(Integer.class)
                        .list()));
    }

    private static OutboxRow row(ResultSet rs) throws SQLException {
        return new OutboxRow(
                rs.getLong("id"),
                rs.getObject("event_id", UUID.class),
                rs.getString("event_type"),
                rs.getInt("organisation_id"),
                rs.getString("record_key"),
                rs.getString("aggregate_id"),
                rs.getInt("aggregate_seq"),
                rs.getLong("epoch"),
                rs.getString("payload"),
                rs.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                rs.getLong("waited"));
    }
}
