package io.callisto.events.aggregate;

import io.callisto.event.contract.AgentEvent;

/** An agent. */
record AgentKey(int organisationId, String agentId) {
    static AgentKey of(AgentEvent event) {
        return new AgentKey(event.organisationId(), event.agentId());
    }

    static AgentKey of(AgentDesk desk) {
        return new AgentKey(desk.organisationId(), desk.agentId());
    }
}
