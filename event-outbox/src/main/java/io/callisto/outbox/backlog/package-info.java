/**
 * How much waits to be published, the alarm when it waits for too long, and the limit beyond which nothing new is
 * begun. It works without the relay and its owner: whatever keeps events from being published must not keep the alarm
 * from being raised.
 */
@NullMarked
package io.callisto.outbox.backlog;

import org.jspecify.annotations.NullMarked;
