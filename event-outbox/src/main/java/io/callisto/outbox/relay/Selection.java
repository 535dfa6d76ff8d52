package io.callisto.outbox.relay;

import io.callisto.event.contract.EventType;
import java.util.Set;

/**
 * Which rows of the outbox a relay asks for.
 *
 * @param limit most rows, 0 for none
 * @param held streams to leave out, because their topic is missing
 * @param later types to leave out, because they wait for others of theirs
 */
public record Selection(int limit, Set<EventStream> held, Set<EventType> later) {
    /** No rows. */
    public static final Selection NONE = new Selection(0, Set.of(), Set.of());

    public Selection {
        held = Set.copyOf(held);
        later = Set.copyOf(later);
    }
}
