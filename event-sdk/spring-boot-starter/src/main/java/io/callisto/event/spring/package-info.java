/**
 * The event client as part of a Spring Boot application: beans of type {@link io.callisto.event.client.EventHandler} or
 * {@link io.callisto.event.client.EventListener} get the events, {@code callisto.event-client.*} says from where.
 */
@NullMarked
package io.callisto.event.spring;

import org.jspecify.annotations.NullMarked;
