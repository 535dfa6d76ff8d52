package io.callisto.drills.history;

import java.time.Instant;
import java.util.UUID;

/**
 * One entry of a media gateway's registry.
 *
 * @param order position in that registry
 * @param refused recorded as refused: never placed and never will be
 * @param dialedAt by the gateway's clock; the epoch where it was never placed
 */
public record PlacedCall(
        String gateway, long order, UUID attemptId, String scope, long epoch, boolean refused, Instant dialedAt) {}
