package io.callisto.event.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callisto.event.contract.AgentEvent;
import io.callisto.event.contract.AgentStatisticsEvent;
import io.callisto.event.contract.AttemptEvent;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EnrichedAttemptResultEvent;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.JobEvent;
import io.callisto.event.contract.JobStatisticsEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events as the product publishes them, for tests: ids unique and the same in every run, sequence numbers without gaps
 * per subject, times that rise by a second. Where a test needs other values it makes the record itself. Not
 * thread-safe.
 */
public final class SampleEvents {
    private static final long EPOCH = (1L << 40) | 1;

    private final int organisationId;
    private final Map<String, Integer> sequences = new HashMap<>();
    private final Map<Long, Integer> attempts = new HashMap<>();
    private Instant time;

    /** Of organisation 0, from 1 January 2026, 10:00 UTC. */
    public SampleEvents() {
        this(0, Instant.parse("2026-01-01T10:00:00Z"));
    }

    /**
     * @param organisationId whose events
     * @param first when the first one happened
     */
    public SampleEvents(int organisationId, Instant first) {
        this.organisationId = organisationId;
        this.time = first;
    }

    /** A job that was RUNNING, QUEUED, ... and is now in the state. */
    public JobEvent job(long jobId, @Nullable String oldState, String newState) {
        String subject = "job-" + jobId;
        int seq = next(EventType.JOB, subject);
        return new JobEvent(
                id(EventType.JOB, subject, seq),
                seq,
                tick(),
                organisationId,
                jobId,
                5,
                "Spring offer",
                "FINITE",
                oldState,
                newState,
                null,
                EPOCH);
    }

    /** The counts of a job of which so many attempts are over. */
    public JobStatisticsEvent jobStatistics(long jobId, long made) {
        String subject = "job-" + jobId;
        int seq = next(EventType.JOBSTATISTICS, subject);
        return new JobStatisticsEvent(
                id(EventType.JOBSTATISTICS, subject, seq),
                seq,
                tick(),
                organisationId,
                jobId,
                5,
                "Spring offer",
                "RUNNING",
                new JobStatisticsEvent.Contacts(1000, 1000 - made, 0, made, 0, 0),
                new JobStatisticsEvent.Attempts(made, made, 0, 0, 0, 0, 0, 0, 0, 0),
                new JobStatisticsEvent.Rates(10, made * 360.0, made == 0 ? 0 : 100, 0),
                null,
                EPOCH);
    }

    /** An agent who became READY, NOT_READY, ... */
    public AgentEvent agent(String agentId, String agentState) {
        int seq = next(EventType.AGENT, agentId);
        return new AgentEvent(
                id(EventType.AGENT, agentId, seq),
                seq,
                tick(),
                organisationId,
                2,
                agentId,
                named("session-" + agentId),
                "AGENT_STATE",
                agentState,
                "IDLE",
                "NOT_ATTACHED",
                "NAILED",
                null,
                null,
                null,
                null,
                EPOCH);
    }

    /** What an agent did in a time since the login. */
    public AgentStatisticsEvent agentStatistics(String agentId, Duration loggedIn, int calls) {
        int seq = next(EventType.AGENTSTATISTICS, agentId);
        Instant at = tick();
        return new AgentStatisticsEvent(
                id(EventType.AGENTSTATISTICS, agentId, seq),
                seq,
                at,
                organisationId,
                2,
                agentId,
                named("session-" + agentId),
                at.minus(loggedIn),
                loggedIn.toMillis(),
                loggedIn.toMillis(),
                0,
                loggedIn.toMillis(),
                0,
                0,
                0,
                0,
                0,
                calls,
                Map.of(),
                EPOCH);
    }

    /**
     * The next event of the contact's attempt. COMPLETED ends it, with {@code Answer_Human}; what comes after it is of
     * another attempt.
     *
     * @param phase RESERVED, DIALING, RINGING, ANSWERED or COMPLETED
     */
    public AttemptEvent attempt(long contactId, String phase) {
        return attempt(contactId, phase, phase.equals("COMPLETED") ? "Answer_Human" : null);
    }

    /** As {@link #attempt(long, String)}, with a completion code. */
    public AttemptEvent attempt(long contactId, String phase, @Nullable String completionCode) {
        int attemptNo = attempts.getOrDefault(contactId, 1);
        String subject = "attempt-" + contactId + "-" + attemptNo;
        int seq = next(EventType.ATTEMPT, subject);
        if (phase.equals("COMPLETED")) {
            attempts.put(contactId, attemptNo + 1);
        }
        return new AttemptEvent(
                id(EventType.ATTEMPT, subject, seq),
                seq,
                tick(),
                organisationId,
                2,
                named(subject),
                17,
                5,
                contactId,
                "C-" + contactId,
                9,
                attemptNo,
                "+4930901820",
                "phoneNumber1",
                "VOICE",
                phase,
                completionCode,
                "g1",
                EPOCH);
    }

    /** All five events of an attempt that a person answered. */
    public List<AttemptEvent> wholeAttempt(long contactId) {
        return List.of(
                attempt(contactId, "RESERVED"),
                attempt(contactId, "DIALING"),
                attempt(contactId, "RINGING"),
                attempt(contactId, "ANSWERED"),
                attempt(contactId, "COMPLETED"));
    }

    /** The result of an attempt without an agent, from its last event. */
    public EnrichedAttemptResultEvent result(AttemptEvent completed) {
        String subject = completed.attemptId().toString();
        int seq = next(EventType.ENRICHEDATTEMPTRESULT, subject);
        Instant at = completed.at();
        String code = completed.completionCode() == null ? "Answer_Human" : completed.completionCode();
        return new EnrichedAttemptResultEvent(
                id(EventType.ENRICHEDATTEMPTRESULT, subject, seq),
                seq,
                at,
                completed.organisationId(),
                completed.zoneId(),
                completed.attemptId(),
                completed.attemptNo(),
                completed.jobId(),
                completed.campaignId(),
                "Spring offer",
                completed.contactId(),
                completed.userContactId(),
                completed.contactListId(),
                completed.address(),
                completed.addressAttribute(),
                completed.channel(),
                completed.gatewayId(),
                code,
                code,
                at.minusSeconds(4),
                at.minusSeconds(3),
                at.minusSeconds(2),
                at.minusSeconds(1),
                at,
                2000L,
                1000L,
                null,
                null,
                null,
                null,
                null,
                completed.epoch());
    }

    /** One event of each type. */
    public List<CallistoEvent> oneOfEach() {
        AttemptEvent completed = attempt(1001, "COMPLETED");
        return List.of(
                job(17, null, "QUEUED"),
                jobStatistics(17, 1),
                agent("a1", "READY"),
                agentStatistics("a1", Duration.ofMinutes(10), 3),
                completed,
                result(completed));
    }

    private Instant tick() {
        Instant now = time;
        time = time.plusSeconds(1);
        return now;
    }

    private int next(EventType type, String subject) {
        return sequences.merge(type + subject, 1, Integer::sum);
    }

    private UUID id(EventType type, String subject, int seq) {
        return named(type + "/" + subject + "/" + seq);
    }

    private UUID named(String name) {
        return UUID.nameUUIDFromBytes((organisationId + "/" + name).getBytes(UTF_8));
    }
}
