package io.callisto.cache;

import io.callisto.cache.client.CacheGeneration;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner's work: its epoch is the generation of the cache, written as soon as there is a cache to write to and again
 * when
 * the cache has lost it. The cache refuses a lower one, so a deposed owner does no harm. The role's thread only.
 */
final class GenerationDuty implements RoleDuty {
    private static final Logger log = LoggerFactory.getLogger(GenerationDuty.class);

    private final CacheGeneration generation;
    private boolean said;

    GenerationDuty(CacheGeneration generation) {
        this.generation = generation;
    }

    /** Does not wait for the cache: its owner is needed most when it is away. */
    @Override
    public void takeOver(Lease lease) {
        doWork(lease);
    }

    @Override
    public int doWork(Lease lease) {
        OptionalLong now = generation.raise(lease.epoch());
        boolean ours = now.isPresent() && now.getAsLong() == lease.epoch();
        if (ours && !said) {
            log.atInfo().addKeyValue("epoch", lease.epoch()).log("cache generation in force");
        }
        if (now.isPresent() && now.getAsLong() > lease.epoch()) {
            log.atWarn()
                    .addKeyValue("epoch", lease.epoch())
                    .addKeyValue("generation", now.getAsLong())
                    .log("the cache knows a newer owner");
        }
        said = ours;
        return 0;
    }

    @Override
    public void close() {
        // nothing is held
    }
}
