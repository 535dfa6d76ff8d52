package io.callisto.agents.zones;

import org.jspecify.annotations.Nullable;

/**
 * An order that waits.
 *
 * @param id orders are applied by rising id
 * @param kind such as {@code MOVE_ZONE}
 * @param to the server that the payload names; null where it names none
 */
record ZoneCommand(long id, String kind, @Nullable String to) {}
