package io.callisto.domain.agent;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A leg at the media gateway other than the customer's: a nailing, or a consultation.
 *
 * @param value unique
 */
public record LegId(UUID value) {

    /** The id of a session's leg number {@code number}: repeatable, so that a repeat opens no second leg. */
    static LegId of(AgentSessionId session, long number) {
        return new LegId(UUID.nameUUIDFromBytes((session.value() + "/leg/" + number).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
