package io.callisto.events.aggregate;

import io.callisto.event.contract.EnrichedAttemptResultEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether an attempt's result can be told now. It is, once the call is over, all that belongs to it could be read, and
 * no agent has it any more; at a time limit with what there is. What comes later makes another result that replaces it.
 */
final class ResultDecision {
    private ResultDecision() {}

    /**
     * How long to wait for what.
     *
     * @param agent for the end of an agent's wrap-up
     * @param job for the job's event
     * @param hold before it is looked again whether the other topics are read far enough
     * @param grace for what comes late, after a result
     * @param open for an attempt that is never completed
     */
    record Limits(Duration agent, Duration job, Duration hold, Duration grace, Duration open) {}

    /**
     * What there is besides the card.
     *
     * @param campaignName of its job; null: not heard of
     * @param now by the database's clock
     * @param othersRead whether the job's and agents' topics are read as far as the attempt's
     * @param forgotten whether results of its time are deleted by retention, so that it may have had one
     * @param epoch of the aggregator
     */
    record Situation(@Nullable String campaignName, Instant now, boolean othersRead, boolean forgotten, long epoch) {}

    /**
     * What to do.
     *
     * @param card as it is then
     * @param result to be told; null for none
     */
    record Outcome(Card card, @Nullable EnrichedAttemptResultEvent result) {}

    static Outcome decide(Card card, Situation situation, Limits limits) {
        Instant now = situation.now();
        if (!card.dossier().isCompleted()) {
            Instant forgetAt = Objects.requireNonNullElseGet(card.deleteAt(), () -> now.plus(limits.open()));
            return new Outcome(card.settled(false, forgetAt), null);
        }
        if (card.issuedSeq() == 0 && situation.forgotten()) {
            return new Outcome(card.issued(1, null).settled(false, now.plus(limits.grace())), null);
        }
        Instant since = Objects.requireNonNullElse(card.waitingSince(), now);
        Instant until = waitUntil(card, situation, limits, since);
        if (until != null && until.isAfter(now)) {
            return new Outcome(card.waiting(since, until, now.plus(limits.open())), null);
        }
        return issue(card, situation, limits);
    }

    private static @Nullable Instant waitUntil(Card card, Situation situation, Limits limits, Instant since) {
        if (!situation.othersRead()) {
            Instant last = since.plus(limits.agent());
            Instant next = situation.now().plus(limits.hold());
            return next.isBefore(last) ? next : last;
        }
        if (card.dossier().isWithAgent()) {
            return since.plus(limits.agent());
        }
        return situation.campaignName() == null && card.issuedSeq() == 0 ? since.plus(limits.job()) : null;
    }

    private static Outcome issue(Card card, Situation situation, Limits limits) {
        EnrichedAttemptResultEvent result = Enrichment.result(
                card.attemptId(), card.dossier(), situation.campaignName(), card.issuedSeq() + 1, situation.epoch());
        Issued says = Issued.of(result);
        Issued said = card.issued();
        boolean told = card.issuedSeq() > 0 && (said == null || !said.replacedBy(says));
        boolean nameMissing = situation.campaignName() == null;
        Duration keep = card.dossier().isWithAgent() ? limits.open() : limits.grace();
        Card settled = (told ? card : card.issued(result.seq(), says))
                .settled(nameMissing, situation.now().plus(keep));
        return new Outcome(settled, told ? null : result);
    }
}
