package io.callisto.ha;

/** What else is done on the lease connection, in short pieces after the renewals. Called on the lease thread only. */
interface LeaseAttendant {
    /** Does nothing. */
    LeaseAttendant NONE = new LeaseAttendant() {
        @Override
        public void opened(LeaseSession session) {}

        @Override
        public void work(LeaseSession session) {}
    };

    /** A connection was opened and the node registered; nothing was claimed on it yet. */
    void opened(LeaseSession session);

    /** Does what is due. An exception costs the connection. */
    void work(LeaseSession session);
}
