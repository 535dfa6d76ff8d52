package io.callisto.domain.agent;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The call that a command means, POM's "session"; it is the customer leg's id at the media gateway. The first call of
 * an attempt has the attempt's id, a redial one of its own.
 *
 * @param value unique
 */
public record CallId(UUID value) implements Comparable<CallId> {

    /** The id of a session's call number {@code number}: repeatable, so that a repeat starts no second call. */
    static CallId of(AgentSessionId session, long number) {
        return new CallId(
                UUID.nameUUIDFromBytes((session.value() + "/call/" + number).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public int compareTo(CallId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
