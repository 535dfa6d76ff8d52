package io.callisto.event.spring;

import io.callisto.event.client.EventClientBuilder;

/** A bean that has the last word on the client, for what no property says. */
@FunctionalInterface
public interface EventClientCustomizer {
    void customize(EventClientBuilder builder);
}
