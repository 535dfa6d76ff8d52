package io.callisto.agents.protocol;

/** POM's types of callbacks. */
public enum CallbackType implements Word {
    AGENT("Agent"),
    CAMPAIGN("Campaign"),
    STANDARD("Standard"),
    STRICT_AGENT("StrictAgent");

    private final String text;

    CallbackType(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
