package io.callisto.server.kafkaha;

import io.callisto.event.contract.EventType;

/**
 * What an event takes on a broker's disk, as measured: value, key and headers in zstd batches as a transaction of the
 * relay stores them. A batch of n events takes {@code batchBytes + n * eventBytes}, and every transaction ends with a
 * marker in each partition. {@code EventSizesTest} measures again and fails when these figures are off; {@code
 * ./callisto bench events} prints bytes per attempt of a real run.
 *
 * @param batchBytes of a batch before its first event, with what compression cannot share
 * @param eventBytes of each further event
 */
record EventSizes(int batchBytes, int eventBytes) {
    /** End marker of a transaction in one partition. */
    static final int MARKER_BYTES = 78;

    static EventSizes of(EventType type) {
        return switch (type) {
            case JOB -> new EventSizes(394, 69);
            case JOBSTATISTICS -> new EventSizes(700, 150);
            case AGENT -> new EventSizes(435, 103);
            case AGENTSTATISTICS -> new EventSizes(471, 115);
            case ATTEMPT -> new EventSizes(470, 100);
            case ENRICHEDATTEMPTRESULT -> new EventSizes(588, 175);
        };
    }
}
