package io.callisto.agents.protocol;

/** POM's agent states. */
public enum AgentState implements Word {
    READY("Ready"),
    NOT_READY("NotReady"),
    PENDING_NOT_READY("PendingNotReady"),
    PENDING_LOGOUT("PendingLogout"),
    BUSY("Busy"),
    WORK_NOT_READY("WorkNotReady"),
    LOGOUT("Logout"),
    UNKNOWN("Unknown");

    private final String text;

    AgentState(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
