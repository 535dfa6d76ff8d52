package io.callisto.event.client;

import io.callisto.event.contract.CallistoEvent;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of an event that its handler could not deal with after all tries. */
@FunctionalInterface
public interface ErrorHandler {
    /** What is to be done. */
    enum Decision {
        /** Begin again with the tries, after the longest wait. The events behind it wait. */
        RETRY,
        /** Leave it and go on: it is lost for this client. */
        SKIP,
        /** Stop the client, without this event: it is the first one after a restart. */
        STOP
    }

    /**
     * An event, or a poison record, that could not be dealt with.
     *
     * @param context where it comes from
     * @param event the event; null where the poison handler threw
     * @param poison the poison record; null where an event's handler threw
     * @param failures how often it has failed, all in all
     * @param cause what was thrown last
     */
    record Failure(
            EventContext context,
            @Nullable CallistoEvent event,
            @Nullable PoisonRecord poison,
            int failures,
            Exception cause) {}

    Decision onError(Failure failure);

    /** Never loses and never reorders an event: tries for as long as it takes, and says so in the log. The default. */
    static ErrorHandler retryForEver() {
        return failure -> Decision.RETRY;
    }

    /** Leaves what cannot be dealt with. */
    static ErrorHandler skip() {
        return failure -> Decision.SKIP;
    }

    /** Stops the client. */
    static ErrorHandler stop() {
        return failure -> Decision.STOP;
    }
}
