package io.callisto.benchmarks.events;

/** What happens to an attempt that is answered, and to the agent who gets the call, after how long. */
enum CallStep {
    RESERVED(0, false),
    DIALING(40, false),
    RINGING(250, false),
    ANSWERED(900, false),
    TALKING(930, true),
    COMPLETED(2_400, false),
    WRAPUP(2_430, true),
    IDLE(3_000, true);

    private final long millis;
    private final boolean agent;

    CallStep(long millis, boolean agent) {
        this.millis = millis;
        this.agent = agent;
    }

    /** After the attempt began. */
    long nanos() {
        return millis * 1_000_000L;
    }

    /** Whether the agent's event tells of it, not the attempt's. */
    boolean ofAgent() {
        return agent;
    }
}
