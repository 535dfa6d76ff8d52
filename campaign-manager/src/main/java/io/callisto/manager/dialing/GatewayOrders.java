package io.callisto.manager.dialing;

import io.callisto.domain.CompletionCode;
import io.callisto.ha.Fenced;
import io.callisto.ha.Lease;
import io.callisto.manager.dialing.DialingMetrics.Step;
import io.callisto.manager.gateway.CallGateway;
import io.callisto.manager.gateway.CallGateway.PlaceOrder;
import io.callisto.manager.gateway.CallGateway.Placed;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Sends committed reservations to a gateway, each once, and keeps to what the gateway takes. A gateway may be used by
 * other jobs and
 * servers, so what it takes of us is found out: a refusal for want of capacity lowers the ceiling, time raises it
 * again.
 */
final class GatewayOrders {
    /** One order on the wire while the next one is reserved. */
    private static final int MAX_ORDERS = 2;
    /** The ceiling grows by this part of itself. */
    private static final int GROWTH = 10;

    private static final long HOLD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final CallGateway gateway;
    private final DialerParts parts;
    private final JobSpec spec;
    private final Lease lease;
    private final DialerMemory memory;
    private final BlockingCallRunner calls;
    private final GatewayLink link;
    private int capacity;
    private int ceiling;
    private int out;
    private long holdNanos;
    private long growNanos;

    GatewayOrders(
            CallGateway gateway,
            DialerParts parts,
            JobSpec spec,
            Lease lease,
            DialerMemory memory,
            BlockingCallRunner calls,
            GatewayLink link) {
        this.gateway = gateway;
        this.parts = parts;
        this.spec = spec;
        this.lease = lease;
        this.memory = memory;
        this.calls = calls;
        this.link = link;
        this.holdNanos = parts.ticker().nanos();
        this.growNanos = holdNanos;
    }

    void opened(int callsAtOnce) {
        capacity = callsAtOnce;
        ceiling = callsAtOnce;
    }

    /** How many more calls may be reserved for the gateway. */
    int room(long now) {
        if (out >= MAX_ORDERS || now - holdNanos < 0) {
            return 0;
        }
        if (ceiling < capacity && now - growNanos >= 0) {
            ceiling = Math.min(capacity, ceiling + Math.max(1, ceiling / GROWTH));
            growNanos = now + HOLD_NANOS;
        }
        return Math.max(0, ceiling - memory.inFlight().at(gateway.id()));
    }

    /**
     * @param ticket the gateway's clock, read before the reservation
     * @param opening of the link
     */
    void send(List<LiveAttempt> attempts, long ticket, int opening) {
        List<CallGateway.Call> wanted = attempts.stream()
                .map(attempt -> new CallGateway.Call(attempt.id(), attempt.phoneNumber(), attempt.incarnation()))
                .toList();
        PlaceOrder order = new PlaceOrder(
                spec.scope(),
                lease.epoch(),
                ticket,
                parts.properties().placeTtl(),
                spec.node().ringTimeout(),
                wanted);
        out++;
        calls.run(
                () -> parts.metrics().time(Step.PLACE, () -> gateway.place(order)),
                placed -> {
                    out--;
                    placed(attempts, placed);
                },
                failure -> {
                    // Placed or not: only the gateway knows. The order is never sent again.
                    out--;
                    attempts.forEach(attempt -> link.resolve(attempt.id()));
                    link.failed(opening, failure);
                });
    }

    private void placed(List<LiveAttempt> attempts, Placed placed) {
        int full = 0;
        for (int i = 0; i < attempts.size(); i++) {
            UUID id = attempts.get(i).id();
            if (i >= placed.results().size()) {
                link.resolve(id);
                continue;
            }
            switch (placed.results().get(i)) {
                case PLACED -> memory.inFlight().placed();
                case ALREADY_SEEN -> link.resolve(id);
                case STALE_EPOCH -> throw new Fenced(lease, "media gateway " + gateway.id() + " knows a higher epoch");
                case TOO_LATE, INVALID -> memory.inbox().close(id, CompletionCode.NOT_PLACED);
                case NO_CAPACITY -> {
                    memory.inbox().close(id, CompletionCode.NO_RESOURCE);
                    full++;
                }
                case OTHER_INCARNATION -> {
                    memory.inbox().close(id, CompletionCode.NOT_PLACED);
                    link.down("its registry is a new one");
                }
            }
        }
        if (full > 0) {
            ceiling = Math.max(1, memory.inFlight().at(gateway.id()) - full);
            holdNanos = parts.ticker().nanos() + HOLD_NANOS;
            growNanos = holdNanos + HOLD_NANOS;
        }
    }
}
