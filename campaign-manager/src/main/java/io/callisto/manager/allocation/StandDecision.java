package io.callisto.manager.allocation;

import io.callisto.domain.job.JobAllocation;
import io.callisto.domain.job.JobZone;
import io.callisto.manager.allocation.Sight.Director;
import io.callisto.manager.allocation.Sight.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of jobs a server stands for. While there is a director its word holds, alone. When there has been none
 * for
 * a while, the managers give the parts that nobody dials to one another by the function that the director uses (CD-15):
 * all of them come to the same answer from the same rows, and where they do not, the lease lets only one of them dial.
 * What was taken in this way is kept until the next director has spoken. Nothing of it is written down: the allocation
 * is the director's. Pure.
 */
final class StandDecision {
    private StandDecision() {}

    /**
     * Decides.
     *
     * @param here the server
     * @param members servers that can dial; only looked at while the director is away
     * @param taken what this server helped itself to before, with the allocation that it saw then
     * @return the parts to stand for; a part that is allocated elsewhere has the allocation that was seen, others have
     *     {@code here}
     */
    static Map<JobZone, String> decide(
            String here, Sight sight, List<JobAllocation.Member> members, Map<JobZone, String> taken) {
        Map<JobZone, String> wanted = new LinkedHashMap<>();
        Map<JobZone, String> helped = sight.director() == Director.AWAY ? help(sight, members) : Map.of();
        for (Part part : sight.parts()) {
            String allocated = part.allocatedTo() == null ? "" : part.allocatedTo();
            if (allocated.equals(here)) {
                wanted.put(part.part(), here);
            } else if (helps(here, sight.director(), part, helped.get(part.part()))
                    || keeps(here, sight.director(), part, allocated, taken.get(part.part()))) {
                wanted.put(part.part(), allocated);
            }
        }
        return wanted;
    }

    private static boolean helps(String here, Director director, Part part, @Nullable String helper) {
        return director == Director.AWAY && part.holder() == null && here.equals(helper);
    }

    private static boolean keeps(
            String here, Director director, Part part, String allocated, @Nullable String allocatedThen) {
        boolean mine = part.holder() == null || part.holder().equals(here);
        return mine && director != Director.SETTLED && allocated.equals(allocatedThen);
    }

    private static Map<JobZone, String> help(Sight sight, List<JobAllocation.Member> members) {
        Set<String> alive = new HashSet<>();
        members.forEach(member -> alive.add(member.server()));
        List<JobZone> open = new ArrayList<>();
        Map<JobZone, String> previous = new HashMap<>();
        Map<JobZone, String> wishes = new HashMap<>();
        for (Part part : sight.parts()) {
            open.add(part.part());
            // Who dials it already is the previous one, else the load of the helpers would be miscounted.
            String last = alive.contains(part.holder()) ? part.holder() : part.allocatedTo();
            if (last != null) {
                previous.put(part.part(), last);
            }
            if (part.wished() != null) {
                wishes.put(part.part(), part.wished());
            }
        }
        return JobAllocation.allocate(members, open, previous, wishes);
    }
}
