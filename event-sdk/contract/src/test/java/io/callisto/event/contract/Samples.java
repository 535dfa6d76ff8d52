package io.callisto.event.contract;

import io.callisto.event.contract.JobStatisticsEvent.Agents;
import io.callisto.event.contract.JobStatisticsEvent.Attempts;
import io.callisto.event.contract.JobStatisticsEvent.Contacts;
import io.callisto.event.contract.JobStatisticsEvent.Rates;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One event of each type with a value in every field, and one with as few as there may be. */
final class Samples {
    private static final UUID EVENT = UUID.fromString("019aa7f0-0000-7000-8000-000000000001");
    private static final UUID ATTEMPT = UUID.fromString("019aa7f0-0000-7000-8000-0000000000aa");
    private static final UUID SESSION = UUID.fromString("019aa7f0-0000-7000-8000-0000000000bb");
    private static final Instant AT = Instant.parse("2026-11-22T10:15:30.123456Z");
    private static final String CAMPAIGN = "Spring \"offer\" \u00fc\u20ac\ud83d\ude00";
    private static final long EPOCH = (1L << 40) | 7;

    private Samples() {}

    static CallistoEvent full(EventType type) {
        return switch (type) {
            case JOB -> job();
            case JOBSTATISTICS -> jobStatistics(new Agents(12, 3, 6, 2, 1));
            case AGENT -> agent("READY_LATER", 17L, ATTEMPT, "Sold");
            case AGENTSTATISTICS -> agentStatistics(Map.of("Sold", 3, "Answer_Human", 4));
            case ATTEMPT -> attempt("COMPLETED");
            case ENRICHEDATTEMPTRESULT -> enriched();
        };
    }

    static CallistoEvent least(EventType type) {
        return switch (type) {
            case JOB -> firstOfJob();
            case JOBSTATISTICS -> jobStatistics(null);
            case AGENT -> agent(null, null, null, null);
            case AGENTSTATISTICS -> agentStatistics(Map.of());
            case ATTEMPT -> attempt("RESERVED");
            case ENRICHEDATTEMPTRESULT -> leastEnriched();
        };
    }

    static JobEvent job() {
        return new JobEvent(
                EVENT, 3, AT, 0, 17, 5, CAMPAIGN, "FINITE", "FILTER_IN_PROGRESS", "RUNNING", "filtered", EPOCH);
    }

    private static JobEvent firstOfJob() {
        Instant at = Instant.parse("2026-11-22T10:15:30Z");
        return new JobEvent(EVENT, 1, at, 7, 17, 5, CAMPAIGN, "FINITE", null, "QUEUED", null, 0);
    }

    static AttemptEvent attempt(String phase) {
        return new AttemptEvent(
                UUID.fromString("019aa7f0-0000-7000-8000-000000000002"),
                5,
                Instant.parse("2026-11-22T10:16:31.5Z"),
                0,
                2,
                ATTEMPT,
                17,
                5,
                1000001,
                "C-0042",
                9,
                2,
                "+4930901820",
                "phoneNumber1",
                "VOICE",
                phase,
                phase.equals("COMPLETED") ? "Ring_No_Answer" : null,
                "g1",
                (1L << 40) | 8);
    }

    private static JobStatisticsEvent jobStatistics(@Nullable Agents agents) {
        return new JobStatisticsEvent(
                EVENT,
                42,
                AT,
                0,
                17,
                5,
                CAMPAIGN,
                "RUNNING",
                new Contacts(1_000_000, 700_000, 120, 250_000, 20_000, 29_880),
                new Attempts(300_000, 200_000, 40_000, 30_000, 20_000, 3_000, 2_500, 1_500, 2_000, 1_000),
                new Rates(10.003, 108_000.5, 66.67, 0.99),
                agents,
                EPOCH);
    }

    private static AgentEvent agent(
            @Nullable String reason, @Nullable Long job, @Nullable UUID attempt, @Nullable String code) {
        return new AgentEvent(
                EVENT,
                8,
                AT,
                0,
                2,
                "a-7",
                SESSION,
                "CALL_STATE",
                "READY",
                "IDLE",
                "JOB_ATTACHED",
                "NAILED",
                reason,
                job,
                attempt,
                code,
                EPOCH);
    }

    private static AgentStatisticsEvent agentStatistics(Map<String, Integer> dispositions) {
        return new AgentStatisticsEvent(
                EVENT,
                9,
                AT,
                0,
                2,
                "a-7",
                SESSION,
                Instant.parse("2026-11-22T08:00:00Z"),
                8_130_123,
                7_000_000,
                1_130_123,
                900_000,
                5_000_000,
                100_000,
                700_000,
                300_000,
                1_250,
                7,
                dispositions,
                EPOCH);
    }

    private static EnrichedAttemptResultEvent enriched() {
        return new EnrichedAttemptResultEvent(
                EVENT,
                2,
                AT,
                0,
                2,
                ATTEMPT,
                2,
                17,
                5,
                CAMPAIGN,
                1000001,
                "C-0042",
                9,
                "+4930901820",
                "phoneNumber1",
                "VOICE",
                "g1",
                "Sold",
                "Answer_Human",
                Instant.parse("2026-11-22T10:14:00Z"),
                Instant.parse("2026-11-22T10:14:00.1Z"),
                Instant.parse("2026-11-22T10:14:02.1Z"),
                Instant.parse("2026-11-22T10:14:10.1Z"),
                Instant.parse("2026-11-22T10:15:10.1Z"),
                10_000L,
                60_000L,
                "a-7",
                SESSION,
                Instant.parse("2026-11-22T10:14:10.3Z"),
                Instant.parse("2026-11-22T10:15:10.1Z"),
                AT,
                EPOCH);
    }

    private static EnrichedAttemptResultEvent leastEnriched() {
        return new EnrichedAttemptResultEvent(
                EVENT,
                1,
                AT,
                0,
                2,
                ATTEMPT,
                1,
                17,
                5,
                null,
                1000001,
                "C-0042",
                9,
                "+4930901820",
                "phoneNumber1",
                "VOICE",
                "g1",
                "Sys_Not_Placed",
                "Sys_Not_Placed",
                null,
                null,
                null,
                null,
                AT,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                EPOCH);
    }
}
