package io.callisto.console.zones;

import java.util.ArrayList;
import java.util.List;

/**
 * What applying an allocation would do. Pure.
 *
 * @param moves roles that are not held by the wanted server
 */
record ApplyPlan(List<ZoneMove> moves) {

    static ApplyPlan of(Zone zone, Allocation wanted) {
        List<ZoneMove> moves = new ArrayList<>();
        wanted.servers().forEach((kind, server) -> {
            ZoneRole role = zone.role(kind);
            String current = role == null ? null : role.current();
            // Also what nobody holds: whoever happens to claim it first must hand it on.
            if (!server.equals(current)) {
                moves.add(new ZoneMove(kind.scope(zone.zoneId()).value(), current, server, null));
            }
        });
        return new ApplyPlan(List.copyOf(moves));
    }

    /** Agents come with their manager; until there are agents nobody is logged out. */
    int agentsToLogOut() {
        return 0;
    }

    String warning(Zone zone) {
        if (moves.isEmpty()) {
            return "Nothing moves: every role of zone " + zone.name() + " is where it is wanted.";
        }
        StringBuilder text = new StringBuilder();
        for (ZoneMove move : moves) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(move.scope())
                    .append(move.from() == null ? " (held by nobody)" : " from " + move.from())
                    .append(" to ")
                    .append(move.to());
        }
        return "Zone " + zone.name() + " moves: " + text + ". " + agentsToLogOut()
                + " agents of the zone are logged out, and the zone stands still until its new owners are there.";
    }
}
