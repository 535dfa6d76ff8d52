package io.callisto.director.allocation;

import io.callisto.domain.InvariantBroken;
import io.callisto.domain.JobId;
import io.callisto.domain.ZoneId;
import io.callisto.domain.job.JobZone;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who dials what, and what the allocation must know for it. Thread-safe. */
final class JdbcAllocationStore {
    private static final String OPEN = """
            select z.job_id, z.zone_id, coalesce(z.allocated_to, '') as allocated_to
              from job_zone z join job j using (job_id)
             where j.state not in ('STOPPED', 'COMPLETED', 'FAILED')
            """;
    private static final String STOPPED_MANAGERS = """
            select server from service_wish where service = 'campaign-manager' and wish = 'STOP'
            """;
    private static final String OTHER_ROLES = """
            select n.server, count(*) as roles
              from ha_lease l join ha_node n on n.node_id = l.owner
             where l.state <> 'RELEASED' and l.scope not like 'job/%'
             group by n.server
            """;
    private static final String ALLOCATE = """
            update job_zone set allocated_to = :server where job_id = :job and zone_id = :zone
            """;

    /** The parts of jobs that have not ended, with their server; an empty name where there is none yet. */
    Map<JobZone, String> open(JdbcClient jdbc) {
        Map<JobZone, String> parts = new HashMap<>();
        jdbc.sql(OPEN)
                .query((row, number) -> parts.put(
                        new JobZone(new JobId(row.getLong("job_id")), new ZoneId(row.getInt("zone_id"))),
                        row.getString("allocated_to")))
                .list();
        return parts;
    }

    /** Servers whose campaign manager the administrator wants stopped. */
    Set<String> stoppedManagers(JdbcClient jdbc) {
        return new HashSet<>(jdbc.sql(STOPPED_MANAGERS).query(String.class).list());
    }

    /** How many roles other than dialing each server has. */
    Map<String, Integer> otherRoles(JdbcClient jdbc) {
        Map<String, Integer> roles = new HashMap<>();
        jdbc.sql(OTHER_ROLES)
                .query((row, number) -> roles.put(row.getString("server"), row.getInt("roles")))
                .list();
        return roles;
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
