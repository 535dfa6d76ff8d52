package io.callisto.gateway.calls;

import io.callisto.gateway.v1.CallPhase;
import java.util.List;

/** The agents' half of the gateway, as the exchange drives it. Every method is called under the exchange's lock. */
public interface AgentSide {
    /** Why a call has moved. */
    enum Cause {
        /** Its far end, or the network. */
        FAR_END,
        COMMAND,
        /** The gateway stops, or has begun to run again. */
        LOSS
    }

    /** A gateway without agents. */
    AgentSide NONE = new AgentSide() {};

    /** A call has come to this phase; table and registry say so already. */
    default void callMoved(int entry, CallPhase phase, Cause cause) {}

    /** A scope has a new epoch. */
    default void fenced(String scope, long epoch) {}

    /** Moves the legs that are due. */
    default void moveDue(long nowNanos) {}

    /** What is to be sent now, in order. */
    default List<Runnable> collect(long nowNanos, long ticket) {
        return List.of();
    }

    /** Ends every leg: the gateway stops. */
    default void endAll() {}

    /** Ends all streams at the next tick. */
    default void endWatches() {}
}
