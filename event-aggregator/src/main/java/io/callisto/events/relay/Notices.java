package io.callisto.events.relay;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the database said has changed.
 *
 * @param organisations rises when organisations may have come or gone
 * @param settingsChanged called when the producers' settings may have changed; must only take a note
 */
record Notices(AtomicInteger organisations, Runnable settingsChanged) {}
