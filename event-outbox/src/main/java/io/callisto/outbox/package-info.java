/**
 * Transactional outbox, the writing side: an event is inserted in the transaction that makes it true, and published
 * after, and only if, that transaction commits. The relay that publishes is in {@link io.callisto.outbox.relay}.
 */
@NullMarked
package io.callisto.outbox;

import org.jspecify.annotations.NullMarked;
