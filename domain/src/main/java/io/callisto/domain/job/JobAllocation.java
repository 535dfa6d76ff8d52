package io.callisto.domain.job;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which server dials which part of which job. Pure: the same arguments give the same answer, in whatever order they
 * come.
 *
 * <p>The administrator's wish comes first, then the server that had the part before (a part that is being dialed is not
 * moved to even out the load, and a server that comes back does not get its old parts back), then the least busy
 * server. One whose process has just begun counts as if it had three parts more: it is always the least busy one, and
 * its first calls come a second late.
 */
public final class JobAllocation {
    /** A process counts as fresh for so long: until it has placed calls, or could have. */
    public static final Duration FRESH = Duration.ofSeconds(15);

    /** Enough to let the others go first, not enough to leave it without work while jobs start. */
    static final int FRESH_PARTS = 3;

    private static final Comparator<JobZone> ORDER = Comparator.comparingLong(
                    (JobZone part) -> part.job().value())
            .thenComparingInt(part -> part.zone().value());

    private JobAllocation() {}

    /**
     * A server that can dial.
     *
     * @param server such as {@code s1}
     * @param otherLoad what else it does, in any unit; decides between servers that have as many parts
     * @param fresh whether its process has run for less than {@link #FRESH}
     */
    public record Member(String server, int otherLoad, boolean fresh) {
        /** One that has been up for a while. */
        public Member(String server, int otherLoad) {
            this(server, otherLoad, false);
        }
    }

    /**
     * Gives every open part to a member.
     *
     * @param members servers that can dial; one that is named twice counts once, with its higher load
     * @param open the parts of jobs that have not ended
     * @param previous who had which part; may name servers that are gone and parts that have ended
     * @param wishes where the administrator wants a part to be; without effect while that server is no member
     * @return exactly one member for each open part, in the order of the parts; empty where there is no member
     */
    public static Map<JobZone, String> allocate(
            Collection<Member> members,
            Collection<JobZone> open,
            Map<JobZone, String> previous,
            Map<JobZone, String> wishes) {
        if (members.isEmpty()) {
            return Map.of();
        }
        Map<String, Integer> otherLoad = new TreeMap<>();
        Map<String, Integer> parts = new HashMap<>();
        for (Member member : members) {
            otherLoad.merge(member.server(), member.otherLoad(), Math::max);
            parts.merge(member.server(), member.fresh() ? FRESH_PARTS : 0, Math::max);
        }
        List<JobZone> ordered = open.stream().distinct().sorted(ORDER).toList();
        Map<JobZone, String> result = new LinkedHashMap<>();
        for (JobZone part : ordered) {
            String kept = keep(otherLoad, wishes.get(part), previous.get(part));
            // The key is put now, so that the result keeps the order of the parts; the second pass fills it.
            result.put(part, kept == null ? "" : kept);
            if (kept != null) {
                parts.merge(kept, 1, Integer::sum);
            }
        }
        for (Map.Entry<JobZone, String> entry : result.entrySet()) {
            if (entry.getValue().isEmpty()) {
                String server = leastBusy(otherLoad, parts);
                entry.setValue(server);
                parts.merge(server, 1, Integer::sum);
            }
        }
        return result;
    }

    private static @Nullable String keep(
            Map<String, Integer> members, @Nullable String wish, @Nullable String previous) {
        if (wish != null && members.containsKey(wish)) {
            return wish;
        }
        return previous != null && members.containsKey(previous) ? previous : null;
    }

    private static String leastBusy(Map<String, Integer> otherLoad, Map<String, Integer> parts) {
        String best = "";
        int bestParts = Integer.MAX_VALUE;
        int bestOther = Integer.MAX_VALUE;
        for (Map.Entry<String, Integer> member : otherLoad.entrySet()) {
            int count = parts.getOrDefault(member.getKey(), 0);
            int other = member.getValue();
            if (best.isEmpty() || count < bestParts || (count == bestParts && other < bestOther)) {
                best = member.getKey();
                bestParts = count;
                bestOther = other;
            }
        }
        return best;
    }
}
