package io.callisto.manager.allocation;

import io.callisto.domain.JobId;
import io.callisto.domain.ZoneId;
import io.callisto.domain.job.JobAllocation;
import io.callisto.domain.job.JobZone;
import io.callisto.ha.Candidacy;
import io.callisto.ha.RoleDutyFactory;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands for exactly the scopes that {@link StandDecision} says. Used by one thread at a time.
 */
final class AllocationFollower {
    private static final Logger log = LoggerFactory.getLogger(AllocationFollower.class);

    /** Dialers look for news of calls, and for their pace, this often. */
    private static final Duration IDLE = Duration.ofMillis(20);

    private final JdbcAllocationStore store;
    private final ServiceHandle handle;
    private final BiFunction<JobId, ZoneId, RoleDutyFactory> dialers;
    private final Duration patience;
    private final Map<JobZone, Standing> standing = new HashMap<>();

    /**
     * A candidacy.
     *
     * @param allocatedTo server that the part was allocated to when it was taken up
     */
    private record Standing(Candidacy candidacy, String allocatedTo) {}

    /**
     * @param dialers the duty of each scope
     * @param patience how long nobody must have been director before this manager helps itself
     */
    AllocationFollower(
            JdbcAllocationStore store,
            ServiceHandle handle,
            BiFunction<JobId, ZoneId, RoleDutyFactory> dialers,
            Duration patience) {
        this.store = store;
        this.handle = handle;
        this.dialers = dialers;
        this.patience = patience;
    }

    /**
     * Takes up what is new; hands over what is finished or another server's now.
     *
     * @return how the common director is
     */
    Sight.Director follow() {
        Sight sight = store.sight(patience);
        List<JobAllocation.Member> members = sight.director() == Sight.Director.AWAY ? store.members() : List.of();
        Map<JobZone, String> taken = new HashMap<>();
        standing.forEach((part, now) -> taken.put(part, now.allocatedTo()));
        Map<JobZone, String> wanted = StandDecision.decide(handle.server(), sight, members, taken);
        handOver(wanted.keySet());
        wanted.forEach(this::stand);
        return sight.director();
    }

    private void handOver(Set<JobZone> kept) {
        List<Candidacy> leaving = new ArrayList<>();
        standing.entrySet().removeIf(entry -> {
            boolean leaves = !kept.contains(entry.getKey());
            if (leaves) {
                leaving.add(entry.getValue().candidacy());
            }
            return leaves;
        });
        close(leaving);
    }

    private void stand(JobZone part, String allocatedTo) {
        Standing now = standing.get(part);
        if (now != null) {
            standing.put(part, new Standing(now.candidacy(), allocatedTo));
            return;
        }
        Scope scope = Scope.job(part.job(), part.zone());
        if (allocatedTo.equals(handle.server())) {
            log.atInfo().addKeyValue("scope", scope).log("job allocated to this server");
        } else {
            log.atWarn()
                    .addKeyValue("scope", scope)
                    .addKeyValue("allocatedTo", allocatedTo)
                    .log("no campaign director lives; this server stands for the job that nobody dials");
        }
        Candidacy candidacy = handle.standFor(scope, IDLE, dialers.apply(part.job(), part.zone()));
        standing.put(part, new Standing(candidacy, allocatedTo));
    }

    /** Hands over everything. */
    void close() {
        List<Candidacy> leaving =
                standing.values().stream().map(Standing::candidacy).toList();
        standing.clear();
        close(leaving);
    }

    /** All at the same time: each waits for its piece of work to end, and whoever gets the last one waits for all. */
    private static void close(List<Candidacy> leaving) {
        List<Thread> closing = new ArrayList<>();
        for (Candidacy candidacy : leaving) {
            log.atInfo().addKeyValue("scope", candidacy.scope()).log("job handed over");
            Thread thread = new Thread(candidacy::close, "hand-over-" + candidacy.scope());
            thread.setDaemon(true);
            closing.add(thread);
        }
        closing.forEach(Thread::start);
        for (Thread thread : closing) {
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                // They end by themselves: a hand-over has its own limit.
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
