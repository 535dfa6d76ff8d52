package io.callisto.gateway.calls;

import io.callisto.gateway.v1.CallState;
import java.util.List;

/**
 * What became of attempts.
 *
 * @param accepted false: the epoch is stale, and nothing was recorded
 * @param calls in the order of the ids
 */
public record ResolveAnswer(boolean accepted, long highestEpoch, List<CallState> calls) {
    public ResolveAnswer {
        calls = List.copyOf(calls);
    }
}
