package io.callisto.manager.dialing;

import io.callisto.domain.CompletionCode;
import io.callisto.ha.Lease;
import io.callisto.manager.dialing.ContactQueue.Allowed;
import io.callisto.manager.dialing.DialingMetrics.Step;
import io.callisto.manager.dialing.JdbcDialingStore.WriteBack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the queue checked by the rule engine, one batch at a time and off the duty's thread. What is allowed may be
 * dialed for a while,
 * so dialing goes on while the engine is away (CM-8); what is not is written back.
 */
final class Ruling {
    private static final Logger log = LoggerFactory.getLogger(Ruling.class);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LOG_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final DialerParts parts;
    private final JobSpec spec;
    private final ContactQueue queue;
    private final BlockingCallRunner calls;
    private final List<WriteBack> refused = new ArrayList<>();
    private boolean asking;
    private long retryNanos;
    private long nextLogNanos;

    Ruling(DialerParts parts, JobSpec spec, ContactQueue queue, BlockingCallRunner calls, long now) {
        this.parts = parts;
        this.spec = spec;
        this.queue = queue;
        this.calls = calls;
        this.retryNanos = now;
        this.nextLogNanos = now;
    }

    /**
     * Sends the next batch, if none is out.
     *
     * @param databaseTime the database's clock
     */
    int step(long now, Instant databaseTime) {
        queue.expire(now);
        if (asking || queue.waitingSize() == 0 || now - retryNanos < 0) {
            return 0;
        }
        List<Candidate> batch = queue.takeWaiting(parts.properties().batch());
        asking = true;
        calls.run(
                () -> parts.metrics().time(Step.RULES, () -> parts.rules().check(spec, databaseTime, batch)),
                rulings -> answered(batch, rulings),
                failure -> unanswered(batch, failure));
        return batch.size();
    }

    /** Writes back what the rules refused, or the last look before a reservation. */
    int writeBack(Lease lease) {
        if (refused.isEmpty()) {
            return 0;
        }
        List<WriteBack> batch = List.copyOf(refused);
        refused.clear();
        parts.metrics()
                .time(
                        Step.WRITE_BACK,
                        () -> parts.fenced()
                                .<Integer>run(lease, jdbc -> parts.contacts().writeBack(jdbc, spec, batch)));
        List<Candidate> gone = batch.stream().map(WriteBack::candidate).toList();
        queue.drop(gone);
        parts.mirror().left(spec, gone);
        return batch.size();
    }

    private void answered(List<Candidate> batch, List<RuleCheck.Ruling> rulings) {
        asking = false;
        if (rulings.size() != batch.size()) {
            unanswered(
                    batch,
                    new IllegalStateException(rulings.size() + " decisions for " + batch.size() + " candidates"));
            return;
        }
        long until =
                parts.ticker().nanos() + parts.properties().decisionValidity().toNanos();
        for (int i = 0; i < batch.size(); i++) {
            Candidate candidate = batch.get(i);
            RuleCheck.Ruling ruling = rulings.get(i);
            switch (ruling.verdict()) {
                case ALLOW -> queue.allow(new Allowed(candidate, until));
                case DEFER -> refused.add(new WriteBack(candidate, null, ruling.notBefore()));
                case RESTRICT -> refused.add(new WriteBack(candidate, restriction(ruling.rule()), null));
            }
        }
    }

    private void unanswered(List<Candidate> batch, RuntimeException failure) {
        asking = false;
        queue.giveBackWaiting(batch);
        long now = parts.ticker().nanos();
        retryNanos = now + RETRY_NANOS;
        if (now - nextLogNanos >= 0) {
            nextLogNanos = now + LOG_EVERY_NANOS;
            log.atWarn()
                    .addKeyValue("job", spec.jobId())
                    .addKeyValue("allowed", queue.allowedSize())
                    .addKeyValue("reason", failure.getMessage())
                    .log("rule engine gives no decisions; dialing goes on from those at hand");
        }
    }

    /** The contact's code for the rule that restricts it. */
    static CompletionCode restriction(String rule) {
        return switch (rule) {
            case "Do_Not_Call" -> CompletionCode.DO_NOT_CALL;
            case "Max_Attempts" -> CompletionCode.MAX_ATTEMPTS;
            default -> CompletionCode.RULE_RESTRICTED;
        };
    }
}
