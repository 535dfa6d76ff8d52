package io.callisto.domain.agent;

import java.util.List;

/** What a command or an event comes to. */
public sealed interface Outcome {

    /**
     * It is done: the session is to be saved, then the effects are to be carried out in their order.
     *
     * @param session after it
     * @param effects in order; empty where nothing is to be done
     */
    record Accepted(AgentSession session, List<AgentEffect> effects) implements Outcome {
        public Accepted {
            effects = List.copyOf(effects);
        }
    }

    /**
     * Nothing is changed.
     *
     * @param code why
     * @param detail more about it, without personal data
     */
    record Refused(AgentErrorCode code, String detail) implements Outcome {}
}
