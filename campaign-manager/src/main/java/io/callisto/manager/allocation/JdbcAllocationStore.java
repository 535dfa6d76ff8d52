package io.callisto.manager.allocation;

import io.callisto.domain.JobId;
import io.callisto.domain.ZoneId;
import io.callisto.domain.job.JobAllocation;
import io.callisto.domain.job.JobZone;
import io.callisto.manager.allocation.Sight.Director;
import io.callisto.manager.allocation.Sight.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the director allocated, and what must be known where there is none. Thread-safe. */
final class JdbcAllocationStore {
    /** A new director has looked over all jobs by then, whatever became of its report. */
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(5);

    // Where nobody has ever been director nothing was allocated: that counts as a director who says nothing.
    private static final String SIGHT = """
            with director as (
              select coalesce(extract(epoch from clock_timestamp() - least(l.expires_at,
                       case when n.state = 'DEAD' then coalesce(n.died_at, n.heartbeat_at) end)) * 1000, -1)
                         as free_millis,
                     t.first_work_at is not null
                       or f.changed_at < clock_timestamp() - :settled * interval '1 millisecond' as settled
                from ha_lease l
                join ha_fence f on f.scope = l.scope
                left join ha_node n on n.node_id = l.owner
                left join ha_transition t on t.scope = l.scope and t.epoch = l.epoch
               where l.scope = 'director')
            select case when d.free_millis is null or (d.free_millis < 0 and d.settled) then 'SETTLED'
                        when d.free_millis < 0 then 'NEW'
                        when d.free_millis < :patience then 'MISSING'
                        else 'AWAY' end as director,
                   p.*
              from (select 1) one
              left join director d on true
              left join lateral (
                select z.job_id, z.zone_id, z.allocated_to, w.server as wished,
                       case when l.state <> 'RELEASED' and l.expires_at > clock_timestamp() and n.state <> 'DEAD'
                            then n.server end as holder
                  from job j join job_zone z on z.job_id = j.job_id
                  left join scope_wish w on w.scope = 'job/' || z.job_id || '/' || z.zone_id
                  left join ha_lease l on l.scope = 'job/' || z.job_id || '/' || z.zone_id
                  left join ha_node n on n.node_id = l.owner
                 where j.state in ('RUNNING', 'PAUSING', 'PAUSED', 'STOPPING')
                   -- Said again for the planner: index job_open.
                   and j.state not in ('STOPPED', 'COMPLETED', 'FAILED')) p on true
            """;
    // As the director sees them.
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

    private final JdbcClient jdbc;

    JdbcAllocationStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Looks.
     *
     * @param patience how long nobody must have been director before the managers help themselves
     */
    Sight sight(Duration patience) {
        List<Part> parts = new ArrayList<>();
        List<Director> director = jdbc.sql(SIGHT)
                .param("settled", SETTLED_AFTER.toMillis())
                .param("patience", patience.toMillis())
                .query((row, n) -> {
                    long job = row.getLong("job_id");
                    if (!row.wasNull()) {
                        parts.add(new Part(
                                new JobZone(new JobId(job), new ZoneId(row.getInt("zone_id"))),
                                row.getString("allocated_to"),
                                row.getString("holder"),
                                row.getString("wished")));
                    }
                    return Director.valueOf(row.getString("director"));
                })
                .list();
        return new Sight(director.get(0), parts);
    }

    /** Servers whose campaign manager is alive, neither leaves nor is to be stopped; with their other roles. */
    List<JobAllocation.Member> members() {
        return jdbc.sql(MEMBERS)
                .param("fresh", JobAllocation.FRESH.toMillis())
                .query((row, n) ->
                        new JobAllocation.Member(row.getString("server"), row.getInt("roles"), row.getBoolean("fresh")))
                .list();
    }
}
