package io.callisto.ha;

/** One open connection for leases. Used by one thread; broken for good after the first exception. */
interface LeaseSession extends AutoCloseable {
    LeaseStore leases();

    NodeStore nodes();

    @Override
    void close();
}
