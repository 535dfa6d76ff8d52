package io.callisto.event.spring;

import io.callisto.event.client.EventClientBuilder;
import io.callisto.event.client.EventHandler;
import io.callisto.event.client.EventListener;
import io.callisto.event.contract.AgentEvent;
import io.callisto.event.contract.AgentStatisticsEvent;
import io.callisto.event.contract.AttemptEvent;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EnrichedAttemptResultEvent;
import io.callisto.event.contract.JobEvent;
import io.callisto.event.contract.JobStatisticsEvent;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.ResolvableType;

/** The handlers among the beans, by the type of their events as they are declared. */
final class HandlerBeans {
    private static final List<Class<? extends CallistoEvent>> EVENTS = List.of(
            JobEvent.class,
            JobStatisticsEvent.class,
            AgentEvent.class,
            AgentStatisticsEvent.class,
            AttemptEvent.class,
            EnrichedAttemptResultEvent.class);

    private final BeanFactory beans;

    HandlerBeans(BeanFactory beans) {
        this.beans = beans;
    }

    /** Adds all; returns whether there is any. */
    boolean addTo(EventClientBuilder builder) {
        boolean any = false;
        for (Class<? extends CallistoEvent> event : EVENTS) {
            any |= add(event, builder);
        }
        return any;
    }

    private <E extends CallistoEvent> boolean add(Class<E> event, EventClientBuilder builder) {
        List<EventHandler<E>> all = new ArrayList<>();
        ObjectProvider<EventHandler<E>> handlers =
                beans.getBeanProvider(ResolvableType.forClassWithGenerics(EventHandler.class, event));
        handlers.orderedStream().forEach(all::add);
        ObjectProvider<EventListener<E>> listeners =
                beans.getBeanProvider(ResolvableType.forClassWithGenerics(EventListener.class, event));
        listeners.orderedStream().forEach(listener -> all.add((found, context) -> listener.onEvent(found)));
        if (all.isEmpty()) {
            return false;
        }
        builder.handle(event, (found, context) -> {
            for (EventHandler<E> handler : all) {
                handler.onEvent(found, context);
            }
        });
        return true;
    }
}
