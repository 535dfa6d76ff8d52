package io.callisto.cache.client;

import java.util.UUID;
import org.apache.ignite.cache.CacheAtomicityMode;
import org.apache.ignite.cache.CacheMode;
import org.apache.ignite.cache.CacheRebalanceMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.cache.PartitionLossPolicy;
import org.apache.ignite.cache.affinity.rendezvous.RendezvousAffinityFunction;
import org.apache.ignite.configuration.CacheConfiguration;

/**
 * The caches. Every node brings all of them, so that none is created while work runs. Keys and values are types that
 * Ignite
 * knows by itself: a node of another version of ours can read them.
 */
final class Caches {
    static final String CONTACT_QUEUE = "callisto-contact-queue";
    static final String GENERATION = "callisto-generation";
    static final String GENERATION_REGION = "generation";

    private static final int PARTITIONS = 32;

    private Caches() {}

    static CacheConfiguration<UUID, long[]> contactQueue() {
        return Caches.<UUID, long[]>replicated(CONTACT_QUEUE);
    }

    static CacheConfiguration<String, Long> generation() {
        return Caches.<String, Long>replicated(GENERATION).setDataRegionName(GENERATION_REGION);
    }

    /** Single entries are changed by entry processors, which are atomic in an ATOMIC cache too, and cheaper there. */
    private static <K, V> CacheConfiguration<K, V> replicated(String name) {
        return new CacheConfiguration<K, V>(name)
                .setCacheMode(CacheMode.REPLICATED)
                .setAtomicityMode(CacheAtomicityMode.ATOMIC)
                .setWriteSynchronizationMode(CacheWriteSynchronizationMode.FULL_SYNC)
                .setPartitionLossPolicy(PartitionLossPolicy.READ_WRITE_SAFE)
                .setRebalanceMode(CacheRebalanceMode.SYNC)
                .setAffinity(new RendezvousAffinityFunction(false, PARTITIONS));
    }
}
