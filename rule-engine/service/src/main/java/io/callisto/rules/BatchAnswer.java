package io.callisto.rules;

import io.callisto.domain.CampaignId;
import io.callisto.domain.ContactId;
import io.callisto.domain.OrganisationId;
import io.callisto.domain.strategy.CallingWindow;
import io.callisto.rules.decide.BatchFacts;
import io.callisto.rules.decide.CallDecision;
import io.callisto.rules.decide.ContactFacts;
import io.callisto.rules.decide.Ruling;
import io.callisto.rules.decide.Verdict;
import io.callisto.rules.v1.Candidate;
import io.callisto.rules.v1.Decision;
import io.callisto.rules.v1.DecisionBatch;
import io.callisto.rules.v1.EvaluateBatch;
import io.callisto.rules.v1.Restrictions;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a batch on the wire to its answer. */
final class BatchAnswer {
    /** More candidates in one batch are refused. */
    static final int MAX_CANDIDATES = 10_000;

    /** Reported as the rule where the batch makes no sense: its contacts are put off, never allowed. */
    static final String INVALID_REQUEST = "Invalid_Request";

    private final DecisionBatch.Builder reply = DecisionBatch.newBuilder();
    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);

    private BatchAnswer() {}

    /**
     * Decides every candidate.
     *
     * @throws IllegalArgumentException where the batch makes no sense
     */
    static BatchAnswer of(EvaluateBatch batch, Mastership.InForce rules) {
        if (batch.getNowEpochMillis() <= 0) {
            throw new IllegalArgumentException("now_epoch_millis is missing");
        }
        if (batch.getCandidatesCount() > MAX_CANDIDATES) {
            throw new IllegalArgumentException("more than " + MAX_CANDIDATES + " candidates");
        }
        BatchAnswer answer = new BatchAnswer();
        CallDecision decision = new CallDecision(facts(batch), rules.rules());
        for (Candidate candidate : batch.getCandidatesList()) {
            answer.add(candidate, decision.decide(facts(candidate)));
        }
        answer.reply.setBatchId(batch.getBatchId()).setEpoch(rules.epoch());
        return answer;
    }

    /** Puts off every candidate of a batch that makes no sense. */
    static BatchAnswer invalid(EvaluateBatch batch, Mastership.InForce rules) {
        BatchAnswer answer = new BatchAnswer();
        Instant notBefore = Instant.ofEpochMilli(batch.getNowEpochMillis()).plus(CallDecision.DEFERRAL);
        Ruling off = new Ruling(Verdict.DEFER, INVALID_REQUEST, notBefore);
        for (Candidate candidate : batch.getCandidatesList()) {
            answer.add(candidate, off);
        }
        answer.reply.setBatchId(batch.getBatchId()).setEpoch(rules.epoch());
        return answer;
    }

    DecisionBatch reply() {
        return reply.build();
    }

    Map<Verdict, Integer> counts() {
        return counts;
    }

    private void add(Candidate candidate, Ruling ruling) {
        Decision.Builder decision = Decision.newBuilder()
                .setContactId(candidate.getContactId())
                .setVerdict(wire(ruling.verdict()))
                .setRule(ruling.rule());
        Instant notBefore = ruling.notBefore();
        if (notBefore != null) {
            decision.setNotBeforeEpochMillis(notBefore.toEpochMilli());
        }
        reply.addDecisions(decision);
        counts.merge(ruling.verdict(), 1, Integer::sum);
    }

    private static BatchFacts facts(EvaluateBatch batch) {
        Restrictions restrictions = batch.getRestrictions();
        return new BatchFacts(
                new OrganisationId(batch.getOrganisationId()),
                new CampaignId(batch.getCampaignId()),
                Instant.ofEpochMilli(batch.getNowEpochMillis()),
                window(restrictions),
                restrictions.getMaxAttempts(),
                Duration.ofMillis(restrictions.getMinGapMillis()));
    }

    private static @Nullable CallingWindow window(Restrictions restrictions) {
        boolean none = restrictions.getWindowStart().isEmpty()
                && restrictions.getWindowEnd().isEmpty();
        return none ? null : new CallingWindow(restrictions.getWindowStart(), restrictions.getWindowEnd());
    }

    private static ContactFacts facts(Candidate candidate) {
        long last = candidate.getNumberLastAttemptEpochMillis();
        return new ContactFacts(
                new ContactId(candidate.getContactId()),
                candidate.getZoneIdsList(),
                candidate.getDoNotCall(),
                candidate.getAttemptsMade(),
                candidate.getNumberAttempts(),
                last == 0 ? null : Instant.ofEpochMilli(last),
                candidate.getLastCompletionCode(),
                candidate.getPhoneCountry());
    }

    private static io.callisto.rules.v1.Verdict wire(Verdict verdict) {
        return switch (verdict) {
            case ALLOW -> io.callisto.rules.v1.Verdict.ALLOW;
            case DEFER -> io.callisto.rules.v1.Verdict.DEFER;
            case RESTRICT -> io.callisto.rules.v1.Verdict.RESTRICT;
        };
    }
}
