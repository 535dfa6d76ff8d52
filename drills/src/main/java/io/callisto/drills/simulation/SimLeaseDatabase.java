package io.callisto.drills.simulation;

import io.callisto.ha.LeaseDatabase;
import io.callisto.ha.LeaseSession;
import java.util.function.Supplier;

/**
 * The lease connection of one server. A call lets the world go on until its request arrives and is answered; a long
 * wait for an answer is only charged to the caller's own time, so that callers do not wait for one another.
 */
final class SimLeaseDatabase implements LeaseDatabase {
    /** Longer waits are not spent inside a call. */
    private static final long LONGEST_WAIT = 120 * World.MILLI;

    private static final long TIMEOUT = 600 * World.MILLI;

    private final World world;
    private final SimDatabase database;
    private final SimServer server;

    SimLeaseDatabase(World world, SimDatabase database, SimServer server) {
        this.world = world;
        this.database = database;
        this.server = server;
    }

    @Override
    public LeaseSession open() {
        call(database.life(), () -> true);
        return new SimLeaseSession(world, database, this, server);
    }

    @Override
    public String address() {
        return "simulated";
    }

    /**
     * One statement's round trip.
     *
     * @param life of the database when the connection was made
     */
    <T> T call(int life, Supplier<T> effect) {
        catchUp();
        Link link = server.databaseLink();
        if (link.losesRequest()) {
            throw noAnswer("request lost");
        }
        long there = link.delay();
        if (there > LONGEST_WAIT) {
            world.after(there, () -> late(life, effect));
            throw noAnswer("request late");
        }
        world.runUntil(world.now() + there);
        if (database.down() || database.life() != life) {
            server.spend(World.MILLI);
            throw new SimFailure("connection refused");
        }
        T result = effect.get();
        long back = link.delayBack();
        if (link.losesReply() || back > TIMEOUT) {
            throw noAnswer("reply lost");
        }
        server.spend(back);
        requireAlive();
        return result;
    }

    /** It waited for somebody's lock. */
    boolean waitFor(long untilNanos, long stepNanos) {
        if (world.now() >= untilNanos || world.violation() != null) {
            return false;
        }
        world.runUntil(world.now() + stepNanos);
        return true;
    }

    private <T> void late(int life, Supplier<T> effect) {
        if (!database.down() && database.life() == life) {
            try {
                T nobodyReadsIt = effect.get();
                world.trace(server + " late statement took effect: "
                        + nobodyReadsIt.getClass().getSimpleName());
            } catch (SimFailure e) {
                world.trace(server + " late statement: " + e.getMessage());
            }
        }
    }

    /** What was charged to the caller's own time is waited for now. */
    private void catchUp() {
        requireAlive();
        if (server.ownNow() - world.now() > LONGEST_WAIT) {
            throw new SimFailure("the connection broke meanwhile");
        }
        world.runUntil(server.ownNow());
        requireAlive();
        if (server.pausedUntil() > world.now()) {
            server.spend(server.pausedUntil() - world.now());
            throw new SimFailure("the connection broke during the pause");
        }
    }

    private void requireAlive() {
        if (!server.alive() || world.violation() != null) {
            throw new SimFailure("the process is gone");
        }
    }

    private SimFailure noAnswer(String why) {
        server.spend(TIMEOUT);
        world.trace(server + " lease call: " + why);
        return new SimFailure(why);
    }
}
