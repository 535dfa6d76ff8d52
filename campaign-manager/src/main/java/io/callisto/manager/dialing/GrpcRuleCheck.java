package io.callisto.manager.dialing;

import io.callisto.domain.CompletionCode;
import io.callisto.domain.strategy.CallNode;
import io.callisto.rules.client.RuleEngineClient;
import io.callisto.rules.v1.Decision;
import io.callisto.rules.v1.DecisionBatch;
import io.callisto.rules.v1.EvaluateBatch;
import io.callisto.rules.v1.Restrictions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The rule engine over its stream. */
final class GrpcRuleCheck implements RuleCheck {
    /** A rule that defers without saying until when, or that could not be evaluated, is asked again after this. */
    private static final Duration LATER = Duration.ofSeconds(30);

    private final RuleEngineClient client;
    private final Duration timeout;

    GrpcRuleCheck(RuleEngineClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    @Override
    public List<Ruling> check(JobSpec spec, Instant now, List<Candidate> candidates) {
        EvaluateBatch.Builder batch = EvaluateBatch.newBuilder()
                .setOrganisationId(spec.organisationId())
                .setCampaignId(spec.campaignId())
                .setRestrictions(restrictions(spec.node()))
                .setNowEpochMillis(now.toEpochMilli());
        candidates.forEach(candidate -> batch.addCandidates(message(candidate)));
        DecisionBatch reply = client.evaluate(batch.build(), timeout);
        return reply.getDecisionsList().stream()
                .map(decision -> ruling(decision, now))
                .toList();
    }

    private static Restrictions restrictions(CallNode node) {
        return Restrictions.newBuilder()
                .setWindowStart(node.window().start())
                .setWindowEnd(node.window().end())
                .setMaxAttempts(node.maxAttempts())
                .setMinGapMillis(node.minGap().toMillis())
                .build();
    }

    private static io.callisto.rules.v1.Candidate message(Candidate candidate) {
        CompletionCode last = candidate.lastCode();
        Instant numberLast = candidate.numberLastAttempt();
        return io.callisto.rules.v1.Candidate.newBuilder()
                .setContactId(candidate.contactId())
                .addAllZoneIds(candidate.zones())
                .setDoNotCall(candidate.doNotCall())
                // An attempt that never reached the network does not count for the contact.
                .setAttemptsMade(candidate.attemptsPlaced())
                .setNumberAttempts(candidate.numberAttempts())
                .setNumberLastAttemptEpochMillis(numberLast == null ? 0 : numberLast.toEpochMilli())
                .setLastCompletionCode(last == null ? 0 : last.id())
                .setPhoneCountry(CallingCode.of(candidate.phoneNumber()))
                .build();
    }

    private static Ruling ruling(Decision decision, Instant now) {
        return switch (decision.getVerdict()) {
            case ALLOW -> new Ruling(Verdict.ALLOW, "", Instant.EPOCH);
            case RESTRICT -> new Ruling(Verdict.RESTRICT, decision.getRule(), Instant.EPOCH);
            case DEFER, VERDICT_UNSPECIFIED, UNRECOGNIZED ->
                new Ruling(Verdict.DEFER, decision.getRule(), notBefore(decision, now));
        };
    }

    private static Instant notBefore(Decision decision, Instant now) {
        long told = decision.getNotBeforeEpochMillis();
        return told == 0 ? now.plus(LATER) : Instant.ofEpochMilli(told);
    }
}
