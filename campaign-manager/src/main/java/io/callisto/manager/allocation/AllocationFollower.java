package io.callisto.manager.allocation;

import io.callisto.ha.Candidacy;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceHandle;
import io.callisto.manager.dialing.Dialers;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands for exactly the scopes that are allocated to this server. Used by one thread at a time. */
final class AllocationFollower {
    private static final Logger log = LoggerFactory.getLogger(AllocationFollower.class);
    /** Dialers look for news of calls, and for their pace, this often. */
    private static final Duration IDLE = Duration.ofMillis(20);

    private final JdbcAllocationStore store;
    private final ServiceHandle handle;
    private final Dialers dialers;
    private final Map<JobZone, Candidacy> candidacies = new HashMap<>();

    AllocationFollower(JdbcAllocationStore store, ServiceHandle handle, Dialers dialers) {
        this.store = store;
        this.handle = handle;
        this.dialers = dialers;
    }

    /** Takes up what is new; hands over what is finished or another server's now. */
    void follow() {
        Set<JobZone> wanted = store.allocatedTo(handle.server());
        Iterator<Map.Entry<JobZone, Candidacy>> standing =
                candidacies.entrySet().iterator();
        while (standing.hasNext()) {
            Map.Entry<JobZone, Candidacy> entry = standing.next();
            if (!wanted.contains(entry.getKey())) {
                standing.remove();
                log.atInfo().addKeyValue("scope", entry.getValue().scope()).log("job handed over");
                entry.getValue().close();
            }
        }
        Set<JobZone> added = new HashSet<>(wanted);
        added.removeAll(candidacies.keySet());
        for (JobZone zone : added) {
            Scope scope = Scope.job(zone.job(), zone.zone());
            log.atInfo().addKeyValue("scope", scope).log("job allocated to this server");
            candidacies.put(zone, handle.standFor(scope, IDLE, dialers.of(zone.job(), zone.zone())));
        }
    }

    /** Hands over everything. */
    void close() {
        candidacies.values().forEach(Candidacy::close);
        candidacies.clear();
    }
}
