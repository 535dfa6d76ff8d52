package io.callisto.gateway.calls;

import io.callisto.gateway.v1.PlaceResult;
import java.util.List;

/**
 * What became of an order.
 *
 * @param results in the order of the calls
 */
public record PlaceAnswer(List<PlaceResult> results, long highestEpoch) {
    public PlaceAnswer {
        results = List.copyOf(results);
    }
}
