package io.callisto.events.aggregate;

import io.callisto.event.contract.EventType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which partitions a shard reads, and which of them from where it left off. A pure function of what there is and what
 * was read.
 *
 * @param goesOn those that are read already
 * @param begins those that are read from their begin
 * @param anew of them, those whose topic was deleted and made anew under us
 * @param renamed those whose events we have read under another name until now, with what we read last
 * @param gone those that belong to nobody any more, or go on under another name
 */
record ReadPlan(
        Map<InputPartition, Position> goesOn,
        Set<InputPartition> begins,
        Set<InputPartition> anew,
        Map<InputPartition, InputPartition> renamed,
        List<InputPartition> gone) {

    /**
     * @param there all that there are
     * @param read how far we have read
     * @param organisations that there are
     */
    static ReadPlan of(
            int shard,
            int shards,
            Collection<InputPartition> there,
            Map<InputPartition, Position> read,
            Set<Integer> organisations) {
        Map<InputPartition, Position> goesOn = new LinkedHashMap<>();
        Set<InputPartition> begins = new LinkedHashSet<>();
        Set<InputPartition> anew = new LinkedHashSet<>();
        Map<InputPartition, InputPartition> renamed = new LinkedHashMap<>();
        List<InputPartition> gone = new ArrayList<>();
        for (InputPartition partition : there) {
            if (!ours(partition, shard, shards)) {
                continue;
            }
            Position position = read.get(partition);
            if (position != null) {
                goesOn.put(partition, position);
                continue;
            }
            InputPartition before = read.keySet().stream()
                    .filter(known -> samePlace(known, partition))
                    .findFirst()
                    .orElse(null);
            InputPartition other = read.keySet().stream()
                    .filter(known -> sameEvents(known, partition))
                    .findFirst()
                    .orElse(null);
            begins.add(partition);
            if (before != null) {
                anew.add(partition);
            } else if (other != null) {
                renamed.put(partition, other);
            }
        }
        read.keySet().stream()
                .filter(known -> !organisations.contains(known.organisationId()) || renamed.containsValue(known))
                .forEach(gone::add);
        return new ReadPlan(goesOn, begins, anew, renamed, gone);
    }

    /** Every shard reads all jobs and agents: nobody knows beforehand whose attempt an agent will have. */
    private static boolean ours(InputPartition partition, int shard, int shards) {
        return partition.type() != EventType.ATTEMPT || partition.partition() % shards == shard;
    }

    private static boolean samePlace(InputPartition known, InputPartition partition) {
        return known.topic().equals(partition.topic()) && known.partition() == partition.partition();
    }

    private static boolean sameEvents(InputPartition known, InputPartition partition) {
        return known.type() == partition.type()
                && known.organisationId() == partition.organisationId()
                && known.partition() == partition.partition()
                && !known.topic().equals(partition.topic());
    }
}
