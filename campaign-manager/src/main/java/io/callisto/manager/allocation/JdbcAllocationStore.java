package io.callisto.manager.allocation;

import io.callisto.domain.JobId;
import io.callisto.domain.ZoneId;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the director allocated. Thread-safe. */
final class JdbcAllocationStore {
    private final JdbcClient jdbc;

    JdbcAllocationStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** The jobs that are to be dialed by a server, or to be brought to rest by it. */
    Set<JobZone> allocatedTo(String server) {
        return Set.copyOf(jdbc.sql("""
                        select z.job_id, z.zone_id
                          from job j join job_zone z on z.job_id = j.job_id
                         where z.allocated_to = :server and j.state in ('RUNNING', 'PAUSING', 'PAUSED', 'STOPPING')
                           -- Said again for the planner: index job_open.
                           and j.state not in ('STOPPED', 'COMPLETED', 'FAILED')
                        """)
                .param("server", server)
                .query((row, n) -> new JobZone(new JobId(row.getLong("job_id")), new ZoneId(row.getInt("zone_id"))))
                .list());
    }
}
