package io.callisto.ha;

/** Hears how a new owner gets to work. Called on the role's thread; must be quick. */
interface TakeoverListener {
    /** Hears nothing. */
    TakeoverListener NONE = new TakeoverListener() {
        @Override
        public void ready(Takeover takeover, long nanos) {}

        @Override
        public void firstWork(Takeover takeover, String what, long readyNanos, long nanos) {}
    };

    /** The duty has taken over. */
    void ready(Takeover takeover, long nanos);

    /**
     * The first work is done.
     *
     * @param what the duty's name for it
     */
    void firstWork(Takeover takeover, String what, long readyNanos, long nanos);
}
