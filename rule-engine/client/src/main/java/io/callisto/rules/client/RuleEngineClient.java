package io.callisto.rules.client;

import io.callisto.domain.Ticker;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceDirectory;
import io.callisto.rules.v1.Decision;
import io.callisto.rules.v1.DecisionBatch;
import io.callisto.rules.v1.EvaluateBatch;
import io.callisto.rules.v1.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Asks the master of the rule engine over one bidirectional stream, and finds the next master by itself. The callers'
 * own
 * threads do all the work; asking twice is harmless, because a decision has no effect. Thread-safe; batches of several
 * callers
 * may be in flight at once.
 *
 * <p>Replies of a lower epoch than the highest seen are dropped: a deposed master cannot allow a call. So that a client
 * that has just started, and one that has heard nothing for long, know what is lower, the fence is read before a stream
 * is used.
 */
public final class RuleEngineClient implements AutoCloseable {
    /** Name of the endpoint and of the service. */
    public static final String ENDPOINT = "rule-engine";

    private static final Logger log = LoggerFactory.getLogger(RuleEngineClient.class);
    /** A reply that takes longer makes the caller look whether another is master by now. */
    private static final long LOOK_AROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private final ServiceDirectory directory;
    private final Ticker ticker;
    private final LongSupplier fence;
    private final AtomicLong lastBatchId = new AtomicLong();
    private final AtomicLong highestEpoch = new AtomicLong();
    private volatile @Nullable DecisionStream current;
    private volatile boolean closed;
    private volatile boolean fenceKnown;

    /**
     * For callers whose decisions have no effect: it takes the first epoch that it hears for the current one.
     *
     * @param directory says who is master
     * @param ticker measures the timeouts
     */
    public RuleEngineClient(ServiceDirectory directory, Ticker ticker) {
        this(directory, ticker, () -> 0);
    }

    /**
     * @param directory says who is master
     * @param ticker measures the timeouts
     * @param fence reads the current epoch of {@link Scope#ruleEngine()}, 0 where there was none yet; throws {@link
     *     DataAccessException} where the database cannot say
     */
    public RuleEngineClient(ServiceDirectory directory, Ticker ticker, LongSupplier fence) {
        this.directory = directory;
        this.ticker = ticker;
        this.fence = fence;
    }

    /**
     * The master's decisions, one per candidate in the same order. An unknown verdict comes back as DEFER.
     *
     * @param batch its {@code batch_id} is the caller's own and need not be unique
     * @throws RuleEngineUnavailable where no master answers in time; keep the contacts and ask again
     */
    public DecisionBatch evaluate(EvaluateBatch batch, Duration timeout) {
        long deadline = ticker.nanos() + timeout.toNanos();
        while (true) {
            if (closed) {
                throw new RuleEngineUnavailable("the client is closed");
            }
            Optional<DecisionStream> stream = stream();
            if (stream.isPresent()) {
                Optional<DecisionBatch> decided = ask(stream.get(), batch, deadline);
                if (decided.isPresent()) {
                    return decided.get();
                }
            }
            long left = deadline - ticker.nanos();
            if (left <= 0) {
                throw new RuleEngineUnavailable(
                        "no decision within " + timeout + (stream.isPresent() ? "" : "; no rule engine is known"));
            }
            LockSupport.parkNanos(Math.min(left, RETRY_NANOS));
            if (Thread.currentThread().isInterrupted()) {
                throw new RuleEngineUnavailable("interrupted");
            }
        }
    }

    /** The highest epoch of a reply or of the fence so far; 0 before the first. */
    public long highestEpoch() {
        return highestEpoch.get();
    }

    @Override
    public synchronized void close() {
        closed = true;
        DecisionStream last = current;
        if (last != null) {
            last.close();
        }
    }

    private Optional<DecisionBatch> ask(DecisionStream stream, EvaluateBatch batch, long deadline) {
        long id = lastBatchId.incrementAndGet();
        CompletableFuture<DecisionBatch> reply =
                stream.send(batch.toBuilder().setBatchId(id).build());
        try {
            for (long left = deadline - ticker.nanos(); left > 0; left = deadline - ticker.nanos()) {
                try {
                    DecisionBatch decided = reply.get(Math.min(left, LOOK_AROUND_NANOS), TimeUnit.NANOSECONDS);
                    if (acceptable(decided, batch)) {
                        return Optional.of(cleaned(decided, batch.getBatchId()));
                    }
                    stream.close();
                    return Optional.empty();
                } catch (TimeoutException slow) {
                    if (anotherIsMaster(stream)) {
                        stream.close();
                        return Optional.empty();
                    }
                }
            }
        } catch (ExecutionException broken) {
            log.atDebug()
                    .addKeyValue("address", stream.address())
                    .setCause(broken)
                    .log("rule stream broke");
            stream.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RuleEngineUnavailable("interrupted");
        } finally {
            stream.forget(id);
        }
        return Optional.empty();
    }

    private boolean acceptable(DecisionBatch decided, EvaluateBatch asked) {
        long highest = highestEpoch.accumulateAndGet(decided.getEpoch(), Math::max);
        if (decided.getEpoch() < highest) {
            log.atWarn()
                    .addKeyValue("epoch", decided.getEpoch())
                    .addKeyValue("highest", highest)
                    .log("decisions of a deposed rule engine dropped");
            return false;
        }
        boolean matches = decided.getDecisionsCount() == asked.getCandidatesCount();
        for (int i = 0; matches && i < asked.getCandidatesCount(); i++) {
            matches = decided.getDecisions(i).getContactId()
                    == asked.getCandidates(i).getContactId();
        }
        if (!matches) {
            log.atError()
                    .addKeyValue("epoch", decided.getEpoch())
                    .log("decisions do not match the candidates: dropped");
        }
        return matches;
    }

    /** A verdict that this version does not know must not be taken for leave to call. */
    private static DecisionBatch cleaned(DecisionBatch decided, long batchId) {
        DecisionBatch.Builder cleaned = decided.toBuilder().setBatchId(batchId);
        for (int i = 0; i < decided.getDecisionsCount(); i++) {
            Decision decision = decided.getDecisions(i);
            if (decision.getVerdict() == Verdict.VERDICT_UNSPECIFIED || decision.getVerdict() == Verdict.UNRECOGNIZED) {
                cleaned.setDecisions(i, decision.toBuilder().setVerdict(Verdict.DEFER));
            }
        }
        return cleaned.build();
    }

    private boolean anotherIsMaster(DecisionStream stream) {
        Optional<String> master = masterAddress();
        return master.isPresent() && !master.get().equals(stream.address());
    }

    private Optional<DecisionStream> stream() {
        DecisionStream open = current;
        if (open != null && open.open()) {
            return Optional.of(open);
        }
        // Outside the lock: the directory may have to ask the database, and other callers have deadlines too.
        Optional<String> master = masterAddress();
        return master.isEmpty() || !knowFence() ? Optional.empty() : Optional.of(openTo(master.get()));
    }

    /** Where the database is away, what was known of the fence must do; without any nothing is accepted. */
    private boolean knowFence() {
        try {
            highestEpoch.accumulateAndGet(fence.getAsLong(), Math::max);
            fenceKnown = true;
        } catch (DataAccessException noDatabase) {
            log.atDebug().setCause(noDatabase).log("the fence of the rule engine cannot be read");
        }
        return fenceKnown;
    }

    private synchronized DecisionStream openTo(String address) {
        DecisionStream last = current;
        if (last != null) {
            if (last.open()) {
                return last;
            }
            last.close();
        }
        if (closed) {
            throw new RuleEngineUnavailable("the client is closed");
        }
        DecisionStream next = new DecisionStream(address);
        current = next;
        log.atDebug().addKeyValue("address", address).log("rule stream opened");
        return next;
    }

    private Optional<String> masterAddress() {
        try {
            return directory.ownerOf(Scope.ruleEngine(), ENDPOINT).map(ServiceDirectory.Endpoint::address);
        } catch (DataAccessException noDatabase) {
            log.atDebug().setCause(noDatabase).log("the directory cannot be read");
            return Optional.empty();
        }
    }
}
