package io.callisto.domain.attempt;

import java.util.EnumSet;
import java.util.Set;

/** States of an attempt. */
public enum AttemptState {
    /** Committed in the database with its gateway; only now may it be placed. */
    RESERVED,
    DIALING,
    RINGING,
    ANSWERED,
    COMPLETED;

    /** The states that may follow this one; phases may be skipped, because reports of the gateway may be missed. */
    public Set<AttemptState> next() {
        return switch (this) {
            case RESERVED -> EnumSet.of(DIALING, RINGING, ANSWERED, COMPLETED);
            case DIALING -> EnumSet.of(RINGING, ANSWERED, COMPLETED);
            case RINGING -> EnumSet.of(ANSWERED, COMPLETED);
            case ANSWERED -> EnumSet.of(COMPLETED);
            case COMPLETED -> EnumSet.noneOf(AttemptState.class);
        };
    }
}
