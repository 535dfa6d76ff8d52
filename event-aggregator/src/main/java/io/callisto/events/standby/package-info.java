/** Keeping ready what others own now: the shards of the outbox and of the aggregator. */
@NullMarked
package io.callisto.events.standby;

import org.jspecify.annotations.NullMarked;
