package io.callisto.event.contract;

import java.time.Instant;
import java.util.UUID;

/** Events with a value in every field. */
final class Samples {
    private Samples() {}

    static JobEvent job() {
        return new JobEvent(
                UUID.fromString("019aa7f0-0000-7000-8000-000000000001"),
                3,
                Instant.parse("2026-11-22T10:15:30.123456Z"),
                0,
                17,
                5,
                "Spring \"offer\" \u00fc\u20ac\ud83d\ude00",
                "FINITE",
                "FILTER_IN_PROGRESS",
                "RUNNING",
                "filtered",
                (1L << 40) | 7);
    }

    static JobEvent firstOfJob() {
        JobEvent job = job();
        return new JobEvent(
                job.eventId(),
                1,
                Instant.parse("2026-11-22T10:15:30Z"),
                7,
                job.jobId(),
                job.campaignId(),
                job.campaignName(),
                job.type(),
                null,
                "QUEUED",
                null,
                0);
    }

    static AttemptEvent attempt(String phase) {
        return new AttemptEvent(
                UUID.fromString("019aa7f0-0000-7000-8000-000000000002"),
                5,
                Instant.parse("2026-11-22T10:16:31.5Z"),
                0,
                2,
                UUID.fromString("019aa7f0-0000-7000-8000-0000000000aa"),
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
}
