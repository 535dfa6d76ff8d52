package io.callisto.director.allocation;

import io.callisto.director.allocation.JdbcAllocationStore.OpenPart;
import io.callisto.domain.job.JobAllocation;
import io.callisto.domain.job.JobZone;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps every open part of a job allocated to a server whose campaign manager is alive. While none is alive nothing is
 * changed: an allocation to a server that is gone does no harm, and it may come back first. Used by the role's thread
 * only.
 */
public final class Allocator {
    private static final Logger log = LoggerFactory.getLogger(Allocator.class);

    private final FencedTransaction fenced;
    private final JdbcAllocationStore store = new JdbcAllocationStore();
    private @Nullable Long adoptedEpoch;

    public Allocator(FencedTransaction fenced) {
        this.fenced = fenced;
    }

    /**
     * Looks at all open parts, in one fenced transaction even where nothing changes: it is the common director's pulse,
     * by which a stale director is found out.
     *
     * @param lease of the common director
     * @return how many parts got another server
     */
    public int work(Lease lease) {
        // Nobody else may write allocations, so what the first look of a tenure adopts need not be asked for again.
        boolean adopt = !Objects.equals(adoptedEpoch, lease.epoch());
        int changed = fenced.run(lease, jdbc -> allocate(jdbc, adopt));
        adoptedEpoch = lease.epoch();
        return changed;
    }

    /** Looks at everything and changes nothing: what is loaded and planned before a takeover need not be during it. */
    public void rehearse(JdbcClient reads) {
        var unused = changes(store.open(reads), store.members(reads), true);
    }

    private int allocate(JdbcClient jdbc, boolean adopt) {
        List<OpenPart> open = store.open(jdbc);
        if (open.isEmpty()) {
            return 0;
        }
        Map<JobZone, OpenPart> before = new HashMap<>();
        open.forEach(part -> before.put(part.part(), part));
        Map<JobZone, String> changes = changes(open, store.members(jdbc), adopt);
        changes.forEach((part, server) -> {
            store.allocate(jdbc, part, server);
            OpenPart was = Objects.requireNonNull(before.get(part));
            log.atInfo()
                    .addKeyValue("job", part.job())
                    .addKeyValue("zone", part.zone())
                    .addKeyValue("from", was.allocatedTo())
                    .addKeyValue("to", server)
                    .log("job allocated");
        });
        return changes.size();
    }

    /**
     * What is to be written.
     *
     * @param adopt whether a manager that dials a part without having been told to keeps it: managers help themselves
     *     while there is no director (CD-15), and taking the part from them again would only interrupt the dialing
     */
    static Map<JobZone, String> changes(List<OpenPart> open, List<JobAllocation.Member> members, boolean adopt) {
        Set<String> alive = new HashSet<>();
        members.forEach(member -> alive.add(member.server()));
        Map<JobZone, String> before = new HashMap<>();
        Map<JobZone, String> previous = new HashMap<>();
        Map<JobZone, String> wishes = new HashMap<>();
        for (OpenPart part : open) {
            put(before, part.part(), part.allocatedTo());
            put(previous, part.part(), adopt && alive.contains(part.holder()) ? part.holder() : part.allocatedTo());
            put(wishes, part.part(), part.wished());
        }
        Map<JobZone, String> changes = new HashMap<>(JobAllocation.allocate(
                members, open.stream().map(OpenPart::part).toList(), previous, wishes));
        changes.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        return changes;
    }

    private static void put(Map<JobZone, String> map, JobZone part, @Nullable String server) {
        if (server != null) {
            map.put(part, server);
        }
    }
}
