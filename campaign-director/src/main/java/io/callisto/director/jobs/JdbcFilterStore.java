package io.callisto.director.jobs;

import io.callisto.domain.CompletionCode;
import io.callisto.domain.InvariantBroken;
import io.callisto.domain.JobId;
import io.callisto.domain.ZoneId;
import io.callisto.domain.job.JobZone;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The filter's part of tables {@code job_zone} and {@code job_contact}. Thread-safe. */
final class JdbcFilterStore {
    private static final String BEGIN = """
            insert into job_zone (job_id, zone_id)
            select distinct j.job_id, l.zone_id
              from job j join campaign_list cl using (campaign_id) join contact_list l using (contact_list_id)
             where j.job_id = :job
            on conflict do nothing
            """;
    private static final String NEXT_ZONE = """
            select zone_id, filter_cursor from job_zone where job_id = :job and not filtered order by zone_id limit 1
            """;
    // Each list gives at most a chunk through its own index (contact_list_id, contact_id); the merge takes the lowest
    // ids.
    // A contact whose time zone nobody knows could never be called (its window never opens) and would keep the job
    // open.
    private static final String CHUNK = """
            with picked as materialized (
              select c.contact_id, 'Etc/Unknown' = any (c.phone_1_zones) as not_callable
                from job j
                join campaign_list cl using (campaign_id)
                join contact_list l using (contact_list_id)
                cross join lateral (
                  select contact_id, phone_1_zones from contact
                   where contact_list_id = l.contact_list_id and contact_id > :after
                   order by contact_id limit :limit) c
               where j.job_id = :job and l.zone_id = :zone
               order by c.contact_id
               limit :limit),
            added as (
              insert into job_contact (job_id, contact_id, zone_id, state, completion_code_id, next_attempt_at)
              select :job, contact_id, :zone,
                     case when not_callable then 'RESTRICTED' else 'READY' end,
                     case when not_callable then cast(:code as integer) end,
                     statement_timestamp()
                from picked
               order by contact_id
              on conflict do nothing
              returning 1)
            select (select count(*) from picked) as seen, (select count(*) from added) as added,
                   (select coalesce(max(contact_id), :after) from picked) as last
            """;
    private static final String ADVANCE = """
            update job_zone set filter_cursor = :last, filtered = :filtered
             where job_id = :job and zone_id = :zone and filter_cursor = :after and not filtered
            """;

    /**
     * Where the filter of a zone stands.
     *
     * @param part the job's zone
     * @param cursor contacts up to this id are done
     */
    record Position(JobZone part, long cursor) {}

    /**
     * What a chunk did.
     *
     * @param seen contacts looked at; less than the limit when the zone is done
     * @param added those that were not in the job yet
     * @param last the highest contact id looked at
     */
    record Chunk(int seen, int added, long last) {}

    /** Makes the job's zones: those of its campaign's lists. */
    void begin(JdbcClient jdbc, JobId job) {
        jdbc.sql(BEGIN).param("job", job.value()).update();
    }

    /** A zone that is not filtered yet; empty when all are. */
    Optional<Position> next(JdbcClient jdbc, JobId job) {
        return jdbc.sql(NEXT_ZONE)
                .param("job", job.value())
                .query((row, number) ->
                        new Position(new JobZone(job, new ZoneId(row.getInt("zone_id"))), row.getLong("filter_cursor")))
                .optional();
    }

    /** Takes the next contacts of a zone into the job and moves the cursor, which must still stand at {@code from}. */
    Chunk take(JdbcClient jdbc, Position from, int limit) {
        long job = from.part().job().value();
        int zone = from.part().zone().value();
        Chunk chunk = jdbc.sql(CHUNK)
                .param("job", job)
                .param("zone", zone)
                .param("after", from.cursor())
                .param("limit", limit)
                .param("code", CompletionCode.NO_CALLABLE_ADDRESS.id())
                .query((row, number) -> new Chunk(row.getInt("seen"), row.getInt("added"), row.getLong("last")))
                .single();
        int moved = jdbc.sql(ADVANCE)
                .param("job", job)
                .param("zone", zone)
                .param("after", from.cursor())
                .param("last", chunk.last())
                .param("filtered", chunk.seen() < limit)
                .update();
        if (moved != 1) {
            throw new InvariantBroken(
                    "INV-1", "filter of job " + job + " zone " + zone + " was moved by somebody else");
        }
        return chunk;
    }
}
