package io.callisto.agents.client;

import io.callisto.agents.protocol.AgentView;
import io.callisto.agents.protocol.DesktopAddresses;
import io.callisto.agents.protocol.ServerFrame;

/**
 * What an agent hears. Called on the client's scheduler, one call at a time; must not block and must not throw.
 */
public interface AgentListener {
    /** A server has welcomed the client; commands may be sent. */
    default void connected(ServerFrame.Welcome welcome) {}

    /** The connection is lost; the client connects again by itself. */
    default void disconnected(String reason) {}

    /** Whether commands have a chance: connected, and the zone has an owner. Told when it changes. */
    default void available(boolean available) {}

    /** A notification, once and in order. */
    default void notified(ServerFrame.Notify notification) {}

    /** The whole state, in place of what was told before. */
    default void snapshot(AgentView state) {}

    /** Addresses of servers, agent managers and scripts: at login and whenever they change. */
    default void addresses(DesktopAddresses addresses) {}

    /** The session could not be resumed. */
    default void sessionLost(String agentSessionId) {}

    /** The connection is over for good; {@link AgentClient#connect} begins again. */
    default void ended(int code, String reason) {}
}
