package io.callisto.gateway.calls;

import java.util.List;

/**
 * Calls to be placed under one epoch.
 *
 * @param ttlMillis how old the ticket may be
 */
public record PlaceOrder(String scope, long epoch, int ttlMillis, long ticket, List<CallOrder> calls) {
    public PlaceOrder {
        calls = List.copyOf(calls);
    }
}
