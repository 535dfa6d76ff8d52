package io.callisto.ha;

/** Who is there, as a fast and unreliable hint. */
interface Membership extends AutoCloseable {
    /** Nobody is seen to come or go. */
    Membership NONE = new Membership() {
        @Override
        public void start(Runnable onVanished) {}

        @Override
        public void close() {}
    };

    /**
     * Joins, now or when the service can be reached; never waits.
     *
     * @param onVanished a member has gone, or may have; cheap, on any thread
     */
    void start(Runnable onVanished);

    /** How it stands, for operators; thread-safe. */
    default HintState state() {
        return HintState.OFF;
    }

    /** Leaves at once. */
    @Override
    void close();
}
