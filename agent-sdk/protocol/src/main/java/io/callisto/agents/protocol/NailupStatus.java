package io.callisto.agents.protocol;

/** States of an agent's permanent line. */
public enum NailupStatus implements Word {
    NOT_NAILED_UP("NotNailedUp"),
    PENDING_NAIL_UP("PendingNailUp"),
    NAILED_UP("NailedUp"),
    LOST("Lost");

    private final String text;

    NailupStatus(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
