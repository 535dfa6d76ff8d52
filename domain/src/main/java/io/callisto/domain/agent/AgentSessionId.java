package io.callisto.domain.agent;

import java.util.UUID;

/**
 * Id of an agent's session, which lasts from logon to logoff, whatever servers and desktops come and go.
 *
 * @param value time-ordered, see {@link io.callisto.domain.IdGenerator}
 */
public record AgentSessionId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
