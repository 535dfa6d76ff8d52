package io.callisto.director.allocation;

import io.callisto.domain.job.JobAllocation;
import io.callisto.domain.job.JobZone;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.ha.ServiceDirectory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps every open part of a job allocated to a server whose campaign manager is alive. While none is alive nothing is
 * changed:
 * an allocation to a server that is gone does no harm, and it may come back first. Used by the role's thread only.
 */
public final class Allocator {
    private static final Logger log = LoggerFactory.getLogger(Allocator.class);
    private static final String MANAGER = "campaign-manager";

    private final JdbcClient reads;
    private final FencedTransaction fenced;
    private final ServiceDirectory directory;
    private final JdbcAllocationStore store = new JdbcAllocationStore();

    public Allocator(DataSource dataSource, FencedTransaction fenced, ServiceDirectory directory) {
        this.reads = JdbcClient.create(dataSource);
        this.fenced = fenced;
        this.directory = directory;
    }

    /**
     * Allocates what needs it.
     *
     * @param lease of the common director
     * @return how many parts got another server
     */
    public int work(Lease lease) {
        Map<JobZone, String> current = store.open(reads);
        if (current.isEmpty() || changes(current, members(reads)).isEmpty()) {
            return 0;
        }
        return fenced.run(lease, jdbc -> {
            // Read again under the fence: only now nobody else can change it.
            Map<JobZone, String> before = store.open(jdbc);
            Map<JobZone, String> changes = changes(before, members(jdbc));
            changes.forEach((part, server) -> {
                store.allocate(jdbc, part, server);
                log.atInfo()
                        .addKeyValue("job", part.job())
                        .addKeyValue("zone", part.zone())
                        .addKeyValue("from", before.get(part))
                        .addKeyValue("to", server)
                        .log("job allocated");
            });
            return changes.size();
        });
    }

    private List<JobAllocation.Member> members(JdbcClient jdbc) {
        Set<String> stopped = store.stoppedManagers(jdbc);
        Map<String, Integer> otherRoles = store.otherRoles(jdbc);
        return directory.all(MANAGER).stream()
                .map(ServiceDirectory.Endpoint::server)
                .distinct()
                .filter(server -> !stopped.contains(server))
                .map(server -> new JobAllocation.Member(server, otherRoles.getOrDefault(server, 0)))
                .toList();
    }

    private static Map<JobZone, String> changes(Map<JobZone, String> before, List<JobAllocation.Member> members) {
        Map<JobZone, String> changes =
                new HashMap<>(JobAllocation.allocate(members, before.keySet(), before, Map.of()));
        changes.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        return changes;
    }
}
