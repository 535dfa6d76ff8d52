package io.callisto.outbox.backlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables {@code event_backlog} and {@code event_outbox}. Thread-safe. */
public final class JdbcBacklogStore {
    /** Above this counting would cost more than it tells. */
    private static final int EXACT_ROWS = 20_000;

    private static final String COLUMNS = """
            outbox_rows, oldest_seconds, late_since is not null as late, full_since is not null as is_full
            """;

    private static final String TURN = """
            update event_backlog set measured_at = clock_timestamp()
            where measured_at < clock_timestamp() - :every * interval '1 millisecond'
            returning
            """ + COLUMNS;

    // An id is used once, so that there are never more rows than ids between the first and the last.
    private static final String MEASURE = """
            select (select count(*) from (select 1 from event_outbox limit :exact) as counted) as counted,
                   (select coalesce(max(id) - min(id) + 1, 0) from event_outbox) as span,
                   coalesce((select greatest(extract(epoch from clock_timestamp() - written_at), 0)
                             from event_outbox order by id limit 1), 0) as oldest
            """;

    private static final String COUNT = """
            select count(*) from (select 1 from event_outbox limit :most) as counted
            """;

    private static final String WRITE = """
            update event_backlog
            set outbox_rows = :rows, oldest_seconds = :oldest, row_limit = :full, late_after_seconds = :late,
                measured_at = clock_timestamp(),
                late_since = case when :oldest >= :late then coalesce(late_since, clock_timestamp())
                                  when :oldest < :late / 2 then null else late_since end,
                full_since = case when :rows >= :full then coalesce(full_since, clock_timestamp())
                                  when :rows < :resume then null else full_since end
            returning
            """ + COLUMNS;

    private final JdbcClient jdbc;

    public JdbcBacklogStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** As it was measured last. */
    public Backlog read() {
        return jdbc.sql("select " + COLUMNS + " from event_backlog")
                .query((row, line) -> backlog(row))
                .single();
    }

    /** Takes the next measurement, where it is due and nobody else has taken it; returns how it was before. */
    Optional<Backlog> takeTurn(BacklogLimits limits) {
        return jdbc.sql(TURN)
                .param("every", limits.every().toMillis())
                .query((row, line) -> backlog(row))
                .optional();
    }

    /** Measures and judges. */
    Backlog measure(BacklogLimits limits) {
        Sizes sizes = jdbc.sql(MEASURE)
                .param("exact", EXACT_ROWS)
                .query((row, line) -> new Sizes(row.getLong("counted"), row.getLong("span"), row.getDouble("oldest")))
                .single();
        return jdbc.sql(WRITE)
                .param("rows", rows(sizes, limits))
                .param("oldest", sizes.oldest())
                .param("full", limits.fullRows())
                .param("resume", limits.resumeRows())
                .param("late", limits.lateSeconds())
                .query((row, line) -> backlog(row))
                .single();
    }

    private record Sizes(long counted, long span, double oldest) {}

    private long rows(Sizes sizes, BacklogLimits limits) {
        if (sizes.counted() < EXACT_ROWS) {
            return sizes.counted();
        }
        if (sizes.span() < limits.resumeRows()) {
            return sizes.span();
        }
        // It may be too many, or only one that has waited here for long: now it matters.
        return jdbc.sql(COUNT)
                .param("most", limits.fullRows())
                .query(Long.class)
                .single();
    }

    private static Backlog backlog(ResultSet row) throws SQLException {
        return new Backlog(
                row.getLong("outbox_rows"),
                row.getDouble("oldest_seconds"),
                row.getBoolean("late"),
                row.getBoolean("is_full"));
    }
}
