package io.callisto.events.aggregate;

import io.callisto.event.contract.EnrichedAttemptResultEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the result of what was said about an attempt. */
final class Enrichment {
    private Enrichment() {}

    /** The id of a result: the same whoever computes it, and however often. */
    static UUID eventId(UUID attemptId, int seq) {
        return UUID.nameUUIDFromBytes(
                ("callisto/enriched-attempt-result/" + attemptId + "/" + seq).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The result of an attempt that is completed.
     *
     * @param seq 1, or more for one that replaces another
     * @param epoch of the aggregator
     */
    static EnrichedAttemptResultEvent result(
            UUID attemptId, Dossier dossier, @Nullable String campaignName, int seq, long epoch) {
        AttemptFacts facts = Objects.requireNonNull(dossier.facts());
        Instant completedAt = Objects.requireNonNull(dossier.completedAt());
        String systemCode = Objects.requireNonNull(dossier.systemCode());
        AgentLeg agent = dossier.lastAgent().orElse(null);
        Instant ringEnd = dossier.answeredAt() == null ? completedAt : dossier.answeredAt();
        return new EnrichedAttemptResultEvent(
                eventId(attemptId, seq),
                seq,
                seq == 1 ? completedAt : lateAt(completedAt, agent),
                facts.organisationId(),
                facts.zoneId(),
                attemptId,
                facts.attemptNo(),
                facts.jobId(),
                facts.campaignId(),
                campaignName,
                facts.contactId(),
                facts.userContactId(),
                facts.contactListId(),
                facts.address(),
                facts.addressAttribute(),
                facts.channel(),
                facts.gatewayId(),
                dossier.disposition().orElse(systemCode),
                systemCode,
                dossier.reservedAt(),
                dossier.dialedAt(),
                dossier.ringingAt(),
                dossier.answeredAt(),
                completedAt,
                millis(dossier.dialedAt(), ringEnd),
                millis(dossier.answeredAt(), completedAt),
                agent == null ? null : agent.agentId(),
                agent == null ? null : agent.sessionId(),
                dossier.firstConnected().orElse(null),
                agent == null ? null : agent.wrapUpAt(),
                agent == null ? null : agent.wrapUpEndAt(),
                epoch);
    }

    private static Instant lateAt(Instant completedAt, @Nullable AgentLeg agent) {
        Instant latest = completedAt;
        if (agent != null) {
            latest = later(latest, agent.connectedAt());
            latest = later(latest, agent.wrapUpAt());
            latest = later(latest, agent.endedAt());
        }
        return latest;
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    /** Clocks of gateways and the database may differ by a little: never negative. */
    private static @Nullable Long millis(@Nullable Instant from, Instant to) {
        return from == null ? null : Math.max(0, Duration.between(from, to).toMillis());
    }
}
