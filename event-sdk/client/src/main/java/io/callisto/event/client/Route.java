package io.callisto.event.client;

import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventType;

/**
 * What is done with the records of a topic.
 *
 * @param type the events that belong there
 * @param organisationId whose they are
 * @param subscription who gets them
 */
record Route(EventType type, int organisationId, Subscription<?> subscription) {
    /**
     * A handler with the class of its events.
     *
     * @param event class of the events
     * @param handler gets them
     * @param <E> type of the events
     */
    record Subscription<E extends CallistoEvent>(Class<E> event, EventHandler<E> handler) {
        void call(CallistoEvent found, EventContext context) throws Exception {
            handler.onEvent(event.cast(found), context);
        }
    }
}
