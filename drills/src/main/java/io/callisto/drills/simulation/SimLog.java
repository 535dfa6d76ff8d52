package io.callisto.drills.simulation;

import io.callisto.ha.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The event log as a read_committed reader sees it: transactions of a fenced producer, each with a position record. */
final class SimLog {
    /** What a producer that opens learns: its number, and which rows the last transaction has published. */
    record Opened(int producer, List<Long> position) {}

    private final World world;
    private final Checkers checkers;
    private final Map<Scope, Integer> producers = new HashMap<>();
    private final Map<Scope, List<Long>> positions = new HashMap<>();

    SimLog(World world, Checkers checkers) {
        this.world = world;
        this.checkers = checkers;
    }

    /** A new producer of this shard: those before it can commit no more. */
    Opened open(Scope shard) {
        int producer = producers.merge(shard, 1, Integer::sum);
        boolean blind = world.sabotaged(Sabotage.POSITION_IGNORED);
        return new Opened(producer, blind ? List.of() : positions.getOrDefault(shard, List.of()));
    }

    /** Events and position in one transaction; false: another producer has come. */
    boolean commit(Scope shard, long epoch, int producer, List<Tables.Event> events) {
        boolean current = producers.getOrDefault(shard, 0) == producer;
        if (!current && !world.sabotaged(Sabotage.PRODUCER_NOT_FENCED)) {
            checkers.refused(shard);
            return false;
        }
        positions.put(shard, events.stream().map(Tables.Event::row).toList());
        checkers.accepted(shard, epoch, "log");
        world.trace("log " + events.size() + " events of " + shard + " epoch " + Long.toHexString(epoch));
        events.forEach(checkers::published);
        return true;
    }

    /** Past the outbox: for the sabotage of that name. */
    void append(Tables.Event event) {
        checkers.published(event);
    }
}
