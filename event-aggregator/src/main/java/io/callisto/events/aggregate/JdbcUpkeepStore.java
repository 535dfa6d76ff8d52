package io.callisto.events.aggregate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Forgets what a shard needs no more, in bounded pieces, and keeps what it could not use. Thread-safe. */
final class JdbcUpkeepStore {
    /**
     * What a piece of tidying has deleted.
     *
     * @param attempts all of them
     * @param unfinished those without a result
     */
    record Swept(int attempts, int unfinished) {}

    /**
     * A record that cannot be used.
     *
     * @param hex the first of its bytes, hexadecimal
     */
    record Quarantined(
            InputPartition from,
            long offset,
            String reason,
            @Nullable String hex) {}

    /** A result on its way to the log. */
    record WaitingResult(long id, String payload) {}

    /**
     * How much a shard keeps; counted to {@link #MOST_ROWS} only.
     *
     * @param waiting results that wait for an agent or another topic
     * @param kept all attempts
     */
    record Kept(long waiting, long kept) {
        static final Kept NOTHING = new Kept(0, 0);
    }

    /** Counting stops here: the numbers are for an alarm. */
    static final int MOST_ROWS = 100_000;

    // While the log is read again, what says that a result exists must stay until its attempt comes by.
    private static final String SWEEP = """
            with old as (
              select attempt_id from aggregator_attempt
               where shard = :shard and due_at is null and delete_at <= clock_timestamp()
                 and (:live or issued_seq = 0 or job_id is not null)
               order by delete_at limit :limit)
            , gone as (
              delete from aggregator_attempt c using old o
               where c.shard = :shard and c.attempt_id = o.attempt_id returning c.issued_seq, c.job_id)
            select count(*) as attempts, count(*) filter (where issued_seq = 0) as unfinished from gone
            """;
    private static final String CLEAR_ATTEMPTS = """
            delete from aggregator_attempt
             where shard = :shard
               and attempt_id in (select attempt_id from aggregator_attempt where shard = :shard limit :limit)
            """;
    private static final String FOREIGN_ATTEMPTS = """
            delete from aggregator_attempt c
             where c.shard = :shard and c.attempt_id in (
               select f.attempt_id from aggregator_attempt f
                where f.shard = :shard and not exists (
                  select 1 from organisation o where o.organisation_id = f.organisation_id) limit :limit)
            """;
    private static final String FOREIGN_AGENTS = """
            delete from aggregator_agent a
             where a.shard = :shard and not exists (
               select 1 from organisation o where o.organisation_id = a.organisation_id)
            """;
    private static final String FOREIGN_JOBS = """
            delete from aggregator_job j
             where j.shard = :shard and not exists (
               select 1 from organisation o where o.organisation_id = j.organisation_id)
            """;
    private static final String OLD_JOBS = """
            delete from aggregator_job
             where shard = :shard and job_id in (
               select job_id from aggregator_job
                where shard = :shard
                  and ended_at < clock_timestamp() - cast(:seconds as bigint) * interval '1 second' limit :limit)
            """;
    private static final String OLD_AGENTS = """
            delete from aggregator_agent
             where shard = :shard and (organisation_id, agent_id) in (
               select organisation_id, agent_id from aggregator_agent
                where shard = :shard
                  and touched_at < clock_timestamp() - cast(:seconds as bigint) * interval '1 second' limit :limit)
            """;
    private static final String OLD_QUARANTINE = """
            delete from aggregator_quarantine
             where quarantine_id in (
               select quarantine_id from aggregator_quarantine
                where quarantined_at < clock_timestamp() - cast(:seconds as bigint) * interval '1 second'
                order by quarantined_at limit :limit)
            """;
    private static final String QUARANTINE = """
            insert into aggregator_quarantine (shard, topic, partition, record_offset, reason, value, epoch)
            select :shard, q.topic, q.partition, q.record_offset, q.reason, decode(q.value, 'hex'), :epoch
              from unnest(cast(:topics as text[]), cast(:partitions as integer[]), cast(:offsets as bigint[]),
                          cast(:reasons as text[]), cast(:values as text[]))
                   as q(topic, partition, record_offset, reason, value)
            on conflict (shard, topic, partition, record_offset) do nothing
            """;
    // A quarantined one may have been put back by hand.
    private static final String RESULTS = """
            select id, payload from (
              (select id, payload from event_outbox
                where event_type = 'ENRICHEDATTEMPTRESULT' and id > :after order by id limit :limit)
              union all
              (select id, payload from event_outbox_quarantine
                where event_type = 'ENRICHEDATTEMPTRESULT' and id > :after order by id limit :limit)) as r
            order by id limit :limit
            """;
    private static final String KEPT = """
            select (select count(*) from (select 1 from aggregator_attempt
                                           where shard = :shard and due_at is not null limit :most) as w) as waiting,
                   (select count(*) from (select 1 from aggregator_attempt
                                           where shard = :shard limit :most) as k) as kept
            """;

    private final int shard;

    JdbcUpkeepStore(int shard) {
        this.shard = shard;
    }

    /**
     * @param live whether the log is not being read again
     */
    Swept sweep(JdbcClient jdbc, boolean live, int limit) {
        return jdbc.sql(SWEEP)
                .param("shard", shard)
                .param("live", live)
                .param("limit", limit)
                .query((row, line) -> new Swept(row.getInt("attempts"), row.getInt("unfinished")))
                .single();
    }

    /** Forgets jobs and agents that nothing was heard of for so long, and records that nobody wanted to see. */
    void sweepOthers(JdbcClient jdbc, long seconds, long quarantineSeconds, int limit) {
        for (String old : List.of(OLD_JOBS, OLD_AGENTS)) {
            jdbc.sql(old)
                    .param("shard", shard)
                    .param("seconds", seconds)
                    .param("limit", limit)
                    .update();
        }
        jdbc.sql(OLD_QUARANTINE)
                .param("seconds", quarantineSeconds)
                .param("limit", limit)
                .update();
    }

    /**
     * Forgets what belongs to organisations that are deleted.
     *
     * @return how many attempts
     */
    int sweepForeign(JdbcClient jdbc, int limit) {
        jdbc.sql(FOREIGN_AGENTS).param("shard", shard).update();
        jdbc.sql(FOREIGN_JOBS).param("shard", shard).update();
        return jdbc.sql(FOREIGN_ATTEMPTS)
                .param("shard", shard)
                .param("limit", limit)
                .update();
    }

    /**
     * Throws away a piece of the shard's state.
     *
     * @return whether nothing is left
     */
    boolean clear(JdbcClient jdbc, int limit) {
        int gone = jdbc.sql(CLEAR_ATTEMPTS)
                .param("shard", shard)
                .param("limit", limit)
                .update();
        if (gone > 0) {
            return false;
        }
        jdbc.sql("delete from aggregator_agent where shard = :shard")
                .param("shard", shard)
                .update();
        jdbc.sql("delete from aggregator_position where shard = :shard")
                .param("shard", shard)
                .update();
        return true;
    }

    /** Results that are not published yet, or cannot be, after that one. */
    List<WaitingResult> results(JdbcClient jdbc, long after, int limit) {
        return jdbc.sql(RESULTS)
                .param("after", after)
                .param("limit", limit)
                .query((row, line) -> new WaitingResult(row.getLong("id"), row.getString("payload")))
                .list();
    }

    void quarantine(JdbcClient jdbc, List<Quarantined> records, long epoch) {
        if (records.isEmpty()) {
            return;
        }
        jdbc.sql(QUARANTINE)
                .param("shard", shard)
                .param("topics", records.stream().map(q -> q.from().topic()).toArray(String[]::new))
                .param(
                        "partitions",
                        records.stream().mapToInt(q -> q.from().partition()).toArray())
                .param(
                        "offsets",
                        records.stream().mapToLong(Quarantined::offset).toArray())
                .param("reasons", records.stream().map(Quarantined::reason).toArray(String[]::new))
                .param("values", records.stream().map(Quarantined::hex).toArray(String[]::new))
                .param("epoch", epoch)
                .update();
    }

    Kept kept(JdbcClient jdbc) {
        return jdbc.sql(KEPT)
                .param("shard", shard)
                .param("most", MOST_ROWS)
                .query((row, line) -> new Kept(row.getLong("waiting"), row.getLong("kept")))
                .single();
    }
}
