package io.callisto.event.client;

/** Gets the records that are no events. The client goes on behind them. */
@FunctionalInterface
public interface PoisonHandler {
    /** What it throws is treated as what an event's handler throws. */
    void onPoison(PoisonRecord poison) throws Exception;
}
