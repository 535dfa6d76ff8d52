package io.callisto.domain.agent;

import io.callisto.domain.InvariantBroken;
import java.util.EnumSet;
import java.util.Set;

/** An agent's standing connection to a media gateway. */
public enum NailState {
    NOT_NAILED,
    /** The desktop is asked to confirm, or the agent's phone rings. */
    NAILING,
    NAILED,
    /** Gone without being asked for; it is nailed up again by itself. */
    LOST;

    /** The states that may follow this one. */
    public Set<NailState> next() {
        return switch (this) {
            case NOT_NAILED -> EnumSet.of(NAILING);
            case NAILING -> EnumSet.of(NOT_NAILED, NAILED, LOST);
            case NAILED -> EnumSet.of(NOT_NAILED, LOST);
            case LOST -> EnumSet.of(NOT_NAILED, NAILING);
        };
    }

    /**
     * The move from this state to {@code to}, which code of ours wants: a wrong one is a bug, not a refusal.
     *
     * @return {@code to}
     * @throws InvariantBroken INV-8, where {@link #next()} does not hold it
     */
    public NailState move(NailState to) {
        if (!next().contains(to)) {
            throw new InvariantBroken("INV-8", "an agent's nailing cannot move from " + this + " to " + to);
        }
        return to;
    }
}
