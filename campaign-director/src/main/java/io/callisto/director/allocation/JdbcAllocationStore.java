package io.callisto.director.allocation;

import io.callisto.domain.InvariantBroken;
import io.callisto.domain.JobId;
import io.callisto.domain.ZoneId;
import io.callisto.domain.job.JobAllocation;
import io.callisto.domain.job.JobZone;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who dials what, and what the allocation must know for it. Thread-safe. */
final class JdbcAllocationStore {
    private static final String OPEN = """
            select z.job_id, z.zone_id, z.allocated_to, w.server as wished,
                   case when l.state <> 'RELEASED' and l.expires_at > clock_timestamp() and n.state <> 'DEAD'
                        then n.server end as holder
              from job j join job_zone z using (job_id)
              left join scope_wish w on w.scope = 'job/' || z.job_id || '/' || z.zone_id
              left join ha_lease l on l.scope = 'job/' || z.job_id || '/' || z.zone_id
              left join ha_node n on n.node_id = l.owner
             where j.state not in ('STOPPED', 'COMPLETED', 'FAILED')
            """;
    // Read here, not from the cached directory: a wake-up that says "s2 died" must not be answered with what was true
    // before. A manager that is silent for as long as a lease lives has lost its jobs anyway.
    private static final String MEMBERS = """
            select n.server, coalesce(max(r.roles), 0) as roles,
                   max(n.started_at) > clock_timestamp() - :fresh * interval '1 millisecond' as fresh
              from ha_node n
              left join (select o.server, count(*) as roles
                           from ha_lease l join ha_node o on o.node_id = l.owner
                          where l.state <> 'RELEASED' and l.scope not like 'job/%'
                          group by o.server) r on r.server = n.server
             where n.state = 'RUNNING' and 'campaign-manager' = any (n.services)
               and n.endpoints ->> 'campaign-manager' is not null
               and n.heartbeat_at > clock_timestamp()
                     - (select ttl_millis from ha_lease where scope = 'director') * interval '1 millisecond'
               and not exists (select from service_wish w
                                where w.server = n.server and w.service = 'campaign-manager' and w.wish = 'STOP')
             group by n.server
            """;
    private static final String ALLOCATE = """
            update job_zone set allocated_to = :server where job_id = :job and zone_id = :zone
            """;

    /**
     * A part of a job that has not ended.
     *
     * @param allocatedTo what was decided last, if anything was
     * @param holder server that dials it now, if any does
     * @param wished where the administrator wants it to be, if he said
     */
    record OpenPart(
            JobZone part,
            @Nullable String allocatedTo,
            @Nullable String holder,
            @Nullable String wished) {}

    /** The parts of jobs that have not ended. */
    List<OpenPart> open(JdbcClient jdbc) {
        return jdbc.sql(OPEN)
                .query((row, number) -> new OpenPart(
                        new JobZone(new JobId(row.getLong("job_id")), new ZoneId(row.getInt("zone_id"))),
                        row.getString("allocated_to"),
                        row.getString("holder"),
                        row.getString("wished")))
                .list();
    }

    /** Servers whose campaign manager is alive, neither leaves nor is to be stopped; with their other roles. */
    List<JobAllocation.Member> members(JdbcClient jdbc) {
        return jdbc.sql(MEMBERS)
                .param("fresh", JobAllocation.FRESH.toMillis())
                .query((row, number) ->
                        new JobAllocation.Member(row.getString("server"), row.getInt("roles"), row.getBoolean("fresh")))
                .list();
    }

    /** Writes a new server of a part and wakes the campaign managers. */
    void allocate(JdbcClient jdbc, JobZone part, String server) {
        int written = jdbc.sql(ALLOCATE)
                .param("server", server)
                .param("job", part.job().value())
                .param("zone", part.zone().value())
                .update();
        if (written != 1) {
            throw new InvariantBroken("INV-1", "job " + part.job() + " has lost its zone " + part.zone());
        }
        jdbc.sql("select pg_notify('callisto_job', :job)")
                .param("job", part.job().toString())
                .query((row, number) -> part)
                .list();
    }
}
