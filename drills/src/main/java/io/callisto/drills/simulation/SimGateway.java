package io.callisto.drills.simulation;

import io.callisto.ha.Scope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The media gateway: refuses orders of former epochs, ids it has seen, and orders that come too late; makes "never
 * placed" true by writing it down first.
 */
final class SimGateway {
    static final long TTL = 800 * World.MILLI;

    /** How an order was answered. */
    enum Placing {
        PLACED,
        SEEN,
        TOO_LATE,
        STALE
    }

    /** What became of a call. */
    enum Fate {
        LIVE,
        ANSWERED,
        BUSY,
        NEVER_PLACED,
        STALE
    }

    /**
     * @param ticketNanos the gateway's own time as the orderer last heard it
     * @param sentNanos true time of sending, for the checkers alone
     */
    record Order(Scope scope, long epoch, UUID call, int contact, int number, long ticketNanos, long sentNanos) {}

    /**
     * @param ticketNanos the gateway's time
     */
    record Announced(boolean stale, long ticketNanos) {}

    private record Call(int contact, long endsNanos, boolean answered) {}

    private final World world;
    private final Checkers checkers;
    private final double rate;
    private final Map<Scope, Long> epochs = new HashMap<>();
    private final Map<UUID, Call> calls = new HashMap<>();
    private final Set<UUID> refused = new HashSet<>();

    SimGateway(World world, Checkers checkers, double rate) {
        this.world = world;
        this.checkers = checkers;
        this.rate = rate;
    }

    private long clock() {
        return (long) (world.now() * rate);
    }

    private boolean stale(Scope scope, long epoch) {
        if (world.sabotaged(Sabotage.GATEWAY_FENCE_OFF)) {
            return false;
        }
        long highest = epochs.merge(scope, epoch, Math::max);
        if (epoch < highest) {
            checkers.refused(scope);
        }
        return epoch < highest;
    }

    /** From now on nothing of a lower epoch is taken. */
    Announced announce(Scope scope, long epoch) {
        boolean stale = stale(scope, epoch);
        if (!stale) {
            checkers.accepted(scope, epoch, "gateway announce");
        }
        return new Announced(stale, clock());
    }

    Placing place(Order order) {
        if (stale(order.scope(), order.epoch())) {
            return Placing.STALE;
        }
        boolean seen = calls.containsKey(order.call()) && !world.sabotaged(Sabotage.SEEN_IDS_FORGOTTEN);
        if (seen || refused.contains(order.call())) {
            return Placing.SEEN;
        }
        if (clock() - order.ticketNanos() > TTL && !world.sabotaged(Sabotage.TICKET_TTL_IGNORED)) {
            refused.add(order.call());
            return Placing.TOO_LATE;
        }
        long ends = world.now() + world.millisBetween(200, 1_500);
        calls.put(order.call(), new Call(order.contact(), ends, world.chance(0.6)));
        world.trace("gateway placed contact " + order.contact() + " attempt " + order.number() + " epoch "
                + Long.toHexString(order.epoch()));
        checkers.placed(
                order,
                contact -> calls.values().stream()
                        .filter(call -> call.contact() == contact && call.endsNanos() > world.now())
                        .count());
        return Placing.PLACED;
    }

    Fate resolve(Scope scope, long epoch, UUID id) {
        if (stale(scope, epoch)) {
            return Fate.STALE;
        }
        Call call = calls.get(id);
        if (call != null) {
            return call.endsNanos() > world.now() ? Fate.LIVE : call.answered() ? Fate.ANSWERED : Fate.BUSY;
        }
        if (!world.sabotaged(Sabotage.RESOLVE_WITHOUT_TOMBSTONE)) {
            refused.add(id);
        }
        checkers.answeredNeverPlaced(id);
        return Fate.NEVER_PLACED;
    }
}
