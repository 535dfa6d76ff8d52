package io.callisto.manager.gateway;

import io.callisto.domain.attempt.CallReport;
import io.callisto.gateway.client.GatewayUnavailable;
import io.callisto.gateway.client.Watch;
import io.callisto.ha.Scope;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * One media gateway. Every method blocks for a bounded time and throws {@link GatewayUnavailable} where no answer came;
 * whether
 * a command had an effect is then unknown. Thread-safe.
 */
public interface CallGateway {
    /** As in {@code attempt.gateway_id}. */
    String id();

    /** Fences the scope: once accepted, the gateway takes nothing of a lower epoch. */
    Announced announce(Scope scope, long epoch);

    /** Places calls; a result for each, in order. */
    Placed place(PlaceOrder order);

    /** What became of the attempts, in order; an unknown one can never be placed afterwards. */
    Resolved resolve(Scope scope, long epoch, List<UUID> attempts);

    /** Ends those of the calls that still live. */
    void hangUp(Scope scope, long epoch, List<UUID> attempts);

    /** Progress of the scope's calls. After the listener's first batch nothing is missed. */
    Watch watch(Scope scope, long epoch, WatchListener listener);

    /** Hears a watch. Called on the gateway client's threads, one call at a time. */
    interface WatchListener {
        /**
         * @param reports may be empty
         * @param ticket reading of the gateway's clock
         */
        void onBatch(List<Report> reports, long ticket);

        /** The watch has ended by itself. */
        void onEnd(Throwable reason);
    }

    /**
     * @param attempt the call's id
     * @param call where it stands
     */
    record Report(UUID attempt, CallReport call) {}

    /**
     * @param accepted false: the gateway knows a higher epoch of the scope
     * @param incarnation of the gateway's registry
     * @param capacity calls that it takes at once
     */
    record Announced(boolean accepted, long incarnation, int capacity) {}

    /**
     * @param attempt the call's id
     * @param phoneNumber E.164
     * @param incarnation of the gateway, fixed by the reservation
     */
    record Call(UUID attempt, String phoneNumber, long incarnation) {}

    /**
     * @param scope whose calls they are
     * @param epoch of the scope's owner
     * @param ticket the gateway's clock, read before the calls were reserved
     * @param ttl the gateway refuses the order once the ticket is older
     * @param ringTimeout longest ringing
     * @param calls at most 1,000
     */
    record PlaceOrder(Scope scope, long epoch, long ticket, Duration ttl, Duration ringTimeout, List<Call> calls) {}

    /** Answer for one call. */
    enum PlaceResult {
        PLACED,
        /** Known already: only {@link CallGateway#resolve} can tell more. */
        ALREADY_SEEN,
        STALE_EPOCH,
        TOO_LATE,
        NO_CAPACITY,
        OTHER_INCARNATION,
        INVALID
    }

    /**
     * @param results in the order of the calls
     * @param ticket for the next order
     */
    record Placed(List<PlaceResult> results, long ticket) {}

    /**
     * @param accepted false: the gateway knows a higher epoch; nothing was recorded and there are no calls
     * @param incarnation of the gateway's registry
     * @param calls in the order of the ids
     * @param ticket for the next order
     */
    record Resolved(boolean accepted, long incarnation, List<CallReport> calls, long ticket) {}
}
