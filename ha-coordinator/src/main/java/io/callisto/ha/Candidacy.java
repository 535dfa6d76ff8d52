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
     * Lets another candidate have the scope, the allocated server ({@code scope_wish}) first: the running piece of work
     * ends, the duty is closed, the lease released, and this candidate holds back for a moment. It goes on standing.
     * May be called by the duty itself; returns at once. Nothing happens where the scope is not held.
     */
    void handOver();

    /**
     * Hands over: the running piece of work ends, the duty is closed, the lease released, and only then this returns.
     */
    @Override
    void close();
}
