package io.callisto.agents.protocol;

/** POM's states of an agent's call. */
public enum CallState implements Word {
    NO_STATE("NoState"),
    IDLE("Idle"),
    TALKING("Talking"),
    HELD("Held"),
    DIALING("Dialing"),
    PREVIEW("Preview"),
    WRAPUP("Wrapup"),
    CALLBACK("Callback"),
    CONSULT("Consult"),
    CONFERENCE_OWNER("ConferenceOwner"),
    CONFERENCE_PASSIVE("ConferencePassive"),
    PENDING_CALL("PendingCall");

    private final String text;

    CallState(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
