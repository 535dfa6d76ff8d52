package io.callisto.events.publication;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code publication}: this side sends and deletes. Thread-safe. */
final class JdbcPublicationStore {
    /**
     * What waits.
     *
     * @param rows counted to {@link #MOST_ROWS} only
     * @param oldestSeconds age of the oldest by the database's clock, 0 where none waits
     */
    record Waiting(long rows, double oldestSeconds) {
        static final Waiting NONE = new Waiting(0, 0);
    }

    /** Counting stops here: the number is for an alarm. */
    static final int MOST_ROWS = 100_000;

    private static final String WAITING = """
            select count(*) as rows,
                   coalesce(greatest(extract(epoch from clock_timestamp() - min(created_at)), 0), 0) as seconds
              from (select created_at from publication order by publication_id limit :most) as waiting
            """;
    private static final String TAKE = """
            with oldest as (
              select publication_id from publication order by publication_id limit :limit for update),
            tried as (
              update publication p set attempts = p.attempts + 1 from oldest o
               where p.publication_id = o.publication_id
              returning p.publication_id, p.organisation_id, p.job_id, p.attempt_id, p.body, p.attempts - 1 as tries)
            select * from tried order by publication_id
            """;

    /** Whether anything waits. */
    boolean anything(JdbcClient jdbc) {
        return jdbc.sql("select exists (select 1 from publication)")
                .query(Boolean.class)
                .single();
    }

    Waiting waiting(JdbcClient jdbc) {
        return jdbc.sql(WAITING)
                .param("most", MOST_ROWS)
                .query((row, number) -> new Waiting(row.getLong("rows"), row.getDouble("seconds")))
                .single();
    }

    /** The oldest rows in their order, noted as tried before they are. */
    List<WaitingResult> take(JdbcClient jdbc, int limit) {
        return jdbc.sql(TAKE)
                .param("limit", limit)
                .query((row, number) -> new WaitingResult(
                        row.getLong("publication_id"),
                        row.getInt("organisation_id"),
                        row.getLong("job_id"),
                        row.getObject("attempt_id", UUID.class),
                        row.getString("body"),
                        row.getInt("tries")))
                .list();
    }

    /** Forgets what the broker has. */
    int delete(JdbcClient jdbc, List<WaitingResult> published) {
        return jdbc.sql("delete from publication where publication_id = any(cast(:ids as bigint[]))")
                .param("ids", published.stream().map(WaitingResult::id).toArray(Long[]::new))
                .update();
    }
}
