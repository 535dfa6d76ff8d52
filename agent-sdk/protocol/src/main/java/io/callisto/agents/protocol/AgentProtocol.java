package io.callisto.agents.protocol;

import java.time.Duration;

/** Names and limits that both sides of the protocol keep. */
public final class AgentProtocol {
    /** Name of the WebSocket sub-protocol; another number would be another protocol. */
    public static final String SUB_PROTOCOL = "callisto.agent.v1";

    /** Path of the WebSocket on every server. */
    public static final String PATH = "/agent/v1";

    /** A longer frame of a desktop, in UTF-8, is refused. */
    public static final int MAX_FRAME_BYTES = 64 * 1024;

    /** No frame of a server is longer. */
    public static final int MAX_SERVER_FRAME_BYTES = 1024 * 1024;

    /** How long the result of a command is kept to answer its repeats. */
    public static final Duration RESULTS_KEPT = Duration.ofMinutes(10);

    /** How often a server pings. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** After so long without a frame either side gives the connection up. */
    public static final Duration LOST_AFTER = Duration.ofSeconds(15);

    /** A client acknowledges at the latest after so many notifications. */
    public static final int ACK_EVERY = 16;

    /** Consults that an agent may have pending at once (POM's limit). */
    public static final int PENDING_CONSULTS = 2;

    private AgentProtocol() {}
}
