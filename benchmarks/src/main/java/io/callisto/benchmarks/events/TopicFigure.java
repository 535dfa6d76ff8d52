package io.callisto.benchmarks.events;

import io.callisto.event.contract.EventType;

/**
 * What a topic took.
 *
 * @param events that were written
 * @param bytes of log segments, over all brokers
 * @param hours of POM's published load that they stand for
 */
record TopicFigure(EventType type, long events, long bytes, double hours) {
    private static final double MEGA = 1e6;

    double bytesPerEvent() {
        return events == 0 ? 0 : bytes / (double) events;
    }

    double bytesPerHour() {
        return bytes / hours;
    }

    double megabytesPerHour() {
        return bytesPerHour() / MEGA;
    }

    /** What POM publishes for its topic. */
    static double pomMegabytesPerHour(EventType type) {
        return switch (type) {
            case JOB -> 40;
            case JOBSTATISTICS -> 13;
            case AGENT -> 255;
            case AGENTSTATISTICS -> 255;
            case ATTEMPT -> 132;
            case ENRICHEDATTEMPTRESULT -> 12;
        };
    }
}
