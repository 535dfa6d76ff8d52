package io.callisto.agents.protocol;

/** What a command is about, and what it needs. */
public enum CommandGroup {
    /** Allowed before AGTLogon too. */
    OPEN(false),
    SESSION(false),
    NAIL_UP(false),
    JOB(false),
    BLEND(false),
    HA(false),
    CALL(true),
    CONSULT(true),
    WRAP_UP(true),
    CALLBACK(true),
    DATA(true);

    private final boolean needsCall;

    CommandGroup(boolean needsCall) {
        this.needsCall = needsCall;
    }

    /** Whether its commands must name a call, by its session id. */
    public boolean needsCall() {
        return needsCall;
    }
}
