package io.callisto.ha;

import java.util.Optional;

/** A service's standing wish to own a scope. Thread-safe. */
public interface Candidacy extends AutoCloseable {
    Scope scope();

    /** The newest lease, empty while another node (or none) owns the scope or the deadline has passed. */
    Optional<Lease> lease();

    /** Ends the duty's waiting, if it is running. */
    void wakeUp();

    /**
     * Hands over: the running piece of work ends, the duty is closed, the lease released, and only then this returns.
     */
    @Override
    void close();
}
