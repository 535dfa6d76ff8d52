package io.callisto.drills.history;

import java.time.Instant;
import java.util.UUID;

/**
 * One accepted piece of owned work.
 *
 * @param order rises in the order of acceptance
 * @param node the incarnation that did it
 */
public record Effect(long order, String scope, long epoch, UUID node, Instant at) {}
