package io.callisto.cache;

import io.callisto.cache.client.CacheGeneration;
import io.callisto.domain.Ticker;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import java.time.Duration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The owner's work: its epoch is the generation of the cache, written as soon as there is a cache to write to and again
 * when the cache has lost it. The cache refuses a lower one, so a deposed owner does no harm; and as a cache that was
 * lost has forgotten what it refuses, the owner asks its fence first. The role's thread only.
 */
final class GenerationDuty implements RoleDuty {
    private static final Logger log = LoggerFactory.getLogger(GenerationDuty.class);

    private final FencedTransaction fenced;
    private final CacheGeneration generation;
    private final Ticker ticker;
    private final long intervalNanos;
    private boolean said;
    private long saidAt;

    /**
     * @param interval between two looks while the generation is in force; until it is, every call is a look
     */
    GenerationDuty(FencedTransaction fenced, CacheGeneration generation, Ticker ticker, Duration interval) {
        this.fenced = fenced;
        this.generation = generation;
        this.ticker = ticker;
        this.intervalNanos = interval.toNanos();
    }

    /** Does not wait for the cache: its owner is needed most when it is away. */
    @Override
    public void takeOver(Lease lease) {
        doWork(lease);
    }

    @Override
    public int doWork(Lease lease) {
        boolean keptLately = said && ticker.nanos() - saidAt < intervalNanos;
        if (keptLately || !stillOwner(lease)) {
            return 0;
        }
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
        saidAt = ticker.nanos();
        return 0;
    }

    /** Without the database nobody can tell: then nothing is raised, and the generation stays as it is. */
    private boolean stillOwner(Lease lease) {
        try {
            return fenced.<Boolean>run(lease, jdbc -> true);
        } catch (DataAccessException | TransactionException noDatabase) {
            log.atDebug().setCause(noDatabase).log("the fence cannot be read");
            return false;
        }
    }

    @Override
    public String firstWork() {
        return "generation kept";
    }

    @Override
    public boolean firstWorkDone(int done) {
        return said;
    }

    @Override
    public void close() {
        // nothing is held
    }
}
