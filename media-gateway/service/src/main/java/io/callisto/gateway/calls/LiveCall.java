package io.callisto.gateway.calls;

import io.callisto.gateway.simulator.CallScript;

/** A call that has not ended. Guarded by the exchange's lock. */
final class LiveCall {
    final int entry;
    final CallScript script;
    /** When its present phase ends. */
    long dueNanos;

    LiveCall(int entry, CallScript script) {
        this.entry = entry;
        this.script = script;
    }
}
