package io.callisto.events.aggregate;

import io.callisto.event.contract.AgentEvent;
import io.callisto.event.contract.AttemptEvent;
import io.callisto.event.contract.JobEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events of an attempt, its job and its agents, told by tests. */
final class Story {
    static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    static final long JOB = 17;
    static final String CAMPAIGN = "Spring";

    private Story() {}

    static Instant at(long millis) {
        return T0.plusMillis(millis);
    }

    static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    static JobEvent job(long jobId, int seq, String state, long millis) {
        return job(0, jobId, seq, state, millis);
    }

    static JobEvent job(int organisation, long jobId, int seq, String state, long millis) {
        return new JobEvent(
                id("job" + jobId + "/" + seq),
                seq,
                at(millis),
                organisation,
                jobId,
                5,
                CAMPAIGN,
                "FINITE",
                null,
                state,
                null,
                1);
    }

    static AttemptEvent attempt(String name, int seq, String phase, @Nullable String code, long millis) {
        return attempt(0, JOB, name, seq, phase, code, millis);
    }

    static AttemptEvent attempt(
            int organisation, long jobId, String name, int seq, String phase, @Nullable String code, long millis) {
        return new AttemptEvent(
                id(name + "/" + seq),
                seq,
                at(millis),
                organisation,
                2,
                id(name),
                jobId,
                5,
                Math.abs((long) name.hashCode()),
                "C-" + name,
                9,
                1,
                "+4930901820",
                "phoneNumber1",
                "VOICE",
                phase,
                code,
                "g1",
                7);
    }

    static AgentEvent agent(
            String agent, int seq, String callState, @Nullable String attempt, @Nullable String code, long millis) {
        return new AgentEvent(
                id(agent + "/" + seq),
                seq,
                at(millis),
                0,
                2,
                agent,
                id("session of " + agent),
                "CALL_STATE",
                "READY",
                callState,
                "JOB_ATTACHED",
                "NAILED",
                null,
                JOB,
                attempt == null ? null : id(attempt),
                code,
                3);
    }

    static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
