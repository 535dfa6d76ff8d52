package io.callisto.console.eventstream;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the event stream is.
 *
 * @param state RUNNING, or DEGRADED where there is an alarm, a problem, or nobody measures
 * @param outbox what waits to be published
 * @param quarantined events that can never be published and were put aside
 * @param topicProblems topics that could not be created, or have other settings than they should
 */
record EventStreamState(
        @Schema(allowableValues = {"RUNNING", "DEGRADED"}) String state,

        Outbox outbox,
        long quarantined,
        List<TopicProblem> topicProblems) {

    static final String RUNNING = "RUNNING";
    static final String DEGRADED = "DEGRADED";

    /**
     * What waits to be published.
     *
     * @param rows events; exact while they are few, else at most so many
     * @param oldestSeconds how long the oldest has waited
     * @param lateAlarm whether that is too long
     * @param lateSince since when, null: it is not
     * @param fullAlarm whether there are so many that no job is started and nothing is dialed
     * @param fullSince since when, null: there are not
     * @param measuredAt when somebody looked last; null: nobody ever did
     * @param measured whether that is a moment ago
     */
    record Outbox(
            long rows,
            double oldestSeconds,
            boolean lateAlarm,
            @Nullable Instant lateSince,
            boolean fullAlarm,
            @Nullable Instant fullSince,
            @Nullable Instant measuredAt,
            boolean measured) {}

    /**
     * What is wrong with a topic.
     *
     * @param subject the topic, or {@code cluster}
     * @param problem what is wrong
     * @param reportedAt when it was seen
     */
    record TopicProblem(@Schema(example = "POM.Default.JOB") String subject, String problem, Instant reportedAt) {}

    static EventStreamState of(Outbox outbox, long quarantined, List<TopicProblem> problems) {
        boolean fine = outbox.measured() && !outbox.lateAlarm() && !outbox.fullAlarm() && problems.isEmpty();
        return new EventStreamState(fine ? RUNNING : DEGRADED, outbox, quarantined, problems);
    }
}
