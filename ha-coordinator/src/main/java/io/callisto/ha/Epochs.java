package io.callisto.ha;

/**
 * How epochs are numbered: {@code (database timeline << 40) | counter}. A standby that is promoted has a higher
 * timeline, so every epoch it gives out is above those it may have lost.
 */
public final class Epochs {
    private static final int COUNTER_BITS = 40;

    private Epochs() {}

    /** Below every epoch of this timeline, above every epoch of the ones before. */
    public static long base(int timeline) {
        return (long) timeline << COUNTER_BITS;
    }

    /** The epoch of the next owner. */
    public static long next(int timeline, long current) {
        return Math.max(current, base(timeline)) + 1;
    }

    public static int timeline(long epoch) {
        return (int) (epoch >>> COUNTER_BITS);
    }

    /** Whether somebody has ever owned a scope that stands at this epoch. */
    static boolean everOwned(long epoch) {
        return (epoch & (base(1) - 1)) != 0;
    }
}
