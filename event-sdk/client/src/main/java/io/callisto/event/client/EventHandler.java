package io.callisto.event.client;

import io.callisto.event.contract.CallistoEvent;

/**
 * Gets the events of one type. Called by the client's thread, one event after the other, in the order of each key.
 * What it throws is given to the {@link ErrorHandler} after some more tries.
 *
 * @param <E> type of the events
 */
@FunctionalInterface
public interface EventHandler<E extends CallistoEvent> {
    /**
     * @param context where the event comes from; what acknowledges it with {@link CommitMode#MANUAL}
     */
    void onEvent(E event, EventContext context) throws Exception;
}
