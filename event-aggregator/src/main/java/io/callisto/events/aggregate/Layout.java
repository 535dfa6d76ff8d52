package io.callisto.events.aggregate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all shards.
 *
 * @param shards how many there are; null: nobody has worked yet
 * @param generation rises with every rebuild
 * @param now the database's clock
 */
record Layout(@Nullable Integer shards, long generation, Instant now) {}
