package io.callisto.drills.simulation;

/** The way between one server and one partner. What is on its way arrives even where the sender has died. */
final class Link {
    private static final long SLOWEST_MILLIS = 3_000;

    private final World world;
    private boolean cutThere;
    private boolean cutBack;
    private double loss;
    private long extraThereMillis;
    private long extraBackMillis;

    Link(World world) {
        this.world = world;
    }

    void cut(boolean there, boolean back) {
        cutThere = there;
        cutBack = back;
    }

    boolean cut() {
        return cutThere || cutBack;
    }

    void lose(double part) {
        loss = part;
    }

    /** Adds up to so much to every request, and to every reply: they may overtake one another. */
    void slow(long thereMillis, long backMillis) {
        extraThereMillis = thereMillis;
        extraBackMillis = backMillis;
    }

    void heal() {
        cutThere = false;
        cutBack = false;
        loss = 0;
        slow(0, 0);
    }

    boolean losesRequest() {
        return cutThere || world.chance(loss);
    }

    boolean losesReply() {
        return cutBack || world.chance(loss);
    }

    /** How long one request takes. */
    long delay() {
        return delay(0, extraThereMillis);
    }

    /** How long one reply takes. */
    long delayBack() {
        return delay(extraBackMillis / 2, extraBackMillis);
    }

    private long delay(long leastMillis, long mostMillis) {
        long usual = world.between(100_000, 2 * World.MILLI);
        if (world.calm()) {
            return usual;
        }
        long spike = world.chance(0.01) ? world.millisBetween(20, SLOWEST_MILLIS) : 0;
        return usual + spike + world.millisBetween(leastMillis, mostMillis);
    }
}
