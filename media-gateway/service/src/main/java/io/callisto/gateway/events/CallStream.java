package io.callisto.gateway.events;

import io.callisto.gateway.v1.CallEventBatch;

/** Where events of one watcher go. Used by one thread. */
public interface CallStream {
    /** Why a stream ends. */
    enum End {
        /** A newer stream of the scope, or a higher epoch, has come. */
        REPLACED,
        /** The watcher does not keep up; it is to watch again and resolve. */
        TOO_SLOW,
        /** The gateway stops. */
        CLOSED
    }

    /** Whether a batch can be sent now without being buffered. */
    boolean ready();

    void send(CallEventBatch batch);

    void end(End why);
}
