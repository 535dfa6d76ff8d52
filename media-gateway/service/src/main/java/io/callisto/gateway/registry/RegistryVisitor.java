package io.callisto.gateway.registry;

import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;

/**
 * Is told the records of a registry, in order. Terms (a scope under an epoch) are numbered from 0 in the order of
 * {@link #term}; entries from 0 in the order of {@link #placed} and {@link #refused}.
 */
public interface RegistryVisitor {
    void term(String scope, long epoch);

    /** @param dialed in milliseconds since 1970 */
    void placed(long idHigh, long idLow, int term, long dialed);

    void refused(long idHigh, long idLow, int term, RefusalReason reason);

    void progress(int entry, CallPhase phase, CallOutcome outcome, CallTimes times);

    /** A call belongs to this term's scope from now on. */
    default void handedOver(int entry, int term) {}

    /** Something of the agents' half of the gateway, which alone can read it. */
    default void note(int term, byte[] content) {}
}
