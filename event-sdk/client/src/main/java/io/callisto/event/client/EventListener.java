package io.callisto.event.client;

import io.callisto.event.contract.CallistoEvent;

/**
 * An {@link EventHandler} that needs the event only.
 *
 * @param <E> type of the events
 */
@FunctionalInterface
public interface EventListener<E extends CallistoEvent> {
    void onEvent(E event) throws Exception;
}
