package io.callisto.domain;

import java.util.UUID;

/**
 * Id of an attempt, made by the dialer before anything is written; it is the call's id at the media gateway too.
 *
 * @param value time-ordered, see {@link IdGenerator}
 */
public record AttemptId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
