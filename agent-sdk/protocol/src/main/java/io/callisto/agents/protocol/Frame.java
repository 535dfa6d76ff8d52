package io.callisto.agents.protocol;

/** One text message of the WebSocket. */
public sealed interface Frame permits ClientFrame, ServerFrame {
    /** What it is called in the field {@code type}. */
    String type();
}
