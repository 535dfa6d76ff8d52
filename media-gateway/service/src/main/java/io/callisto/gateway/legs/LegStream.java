package io.callisto.gateway.legs;

import io.callisto.gateway.events.CallStream;
import io.callisto.gateway.v1.LegEventBatch;

/** Where events of one watcher go. Used by one thread. */
public interface LegStream {
    /** Whether a batch can be sent now without being buffered. */
    boolean ready();

    void send(LegEventBatch batch);

    void end(CallStream.End why);
}
