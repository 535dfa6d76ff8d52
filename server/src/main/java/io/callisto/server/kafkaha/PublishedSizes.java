package io.callisto.server.kafkaha;

import io.callisto.event.contract.EventType;

/**
 * What POM's manual publishes about its own sample run (requirement PERF): MB per hour and topic, for all replicas, at
 * 1,707,069 attempts in 25 hours, 1,000 agents and 20 jobs.
 */
final class PublishedSizes {
    static final double ATTEMPTS_PER_HOUR = 1_707_069 / 25.0;
    static final int AGENTS = 1_000;
    static final int JOBS = 20;
    static final int REPLICATION = 3;

    private PublishedSizes() {}

    /** As printed. */
    static double megabytesPerHour(EventType type) {
        return switch (type) {
            case JOB -> 40;
            case JOBSTATISTICS -> 13;
            case AGENT, AGENTSTATISTICS -> 255;
            case ATTEMPT -> 132;
            case ENRICHEDATTEMPTRESULT -> 12;
        };
    }

    /** Scaled to another load by what the topic grows with: attempts, agents or jobs. */
    static double scaled(EventType type, SizingInput input) {
        double by = switch (type) {
            case JOB, JOBSTATISTICS -> (double) input.jobs() / JOBS;
            case AGENT, AGENTSTATISTICS -> (double) input.agents() / AGENTS;
            case ATTEMPT, ENRICHEDATTEMPTRESULT -> input.attemptsPerHour() / ATTEMPTS_PER_HOUR;
        };
        return megabytesPerHour(type) * by * input.replication() / REPLICATION;
    }
}
