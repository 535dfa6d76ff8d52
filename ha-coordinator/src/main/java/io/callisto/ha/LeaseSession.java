package io.callisto.ha;

import java.util.Optional;

/** One open connection for leases. Used by one thread; broken for good after the first exception. */
public interface LeaseSession extends AutoCloseable {
    LeaseStore leases();

    NodeStore nodes();

    /** Empty where the database knows nothing of presence, as in a simulation. */
    default Optional<PresenceStore> presence() {
        return Optional.empty();
    }

    /** Empty where nobody wants to know. */
    default Optional<CourseStore> courses() {
        return Optional.empty();
    }

    @Override
    void close();
}
