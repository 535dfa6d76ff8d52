package io.callisto.manager.gateway;

import io.callisto.gateway.client.Watch;
import io.callisto.ha.Scope;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A gateway that cannot use up the threads of all jobs: one that does not answer holds each caller for its whole time
 * limit, and without a limit on how many it holds, a few jobs would leave no thread for the gateways that do answer.
 */
public final class LimitedCallGateway implements CallGateway {
    private final CallGateway gateway;
    private final Duration patience;
    private final Semaphore free;

    /**
     * @param most calls that may be waiting for it at once
     * @param patience how long a call waits for its turn; an announcement does not wait, it is tried again
     */
    public LimitedCallGateway(CallGateway gateway, int most, Duration patience) {
        this.gateway = gateway;
        this.patience = patience;
        this.free = new Semaphore(most);
    }

    @Override
    public String id() {
        return gateway.id();
    }

    @Override
    public Announced announce(Scope scope, long epoch) {
        if (!free.tryAcquire()) {
            throw new GatewayBusy(id());
        }
        return acquired(() -> gateway.announce(scope, epoch));
    }

    @Override
    public Placed place(PlaceOrder order) {
        return inTurn(() -> gateway.place(order));
    }

    @Override
    public Resolved resolve(Scope scope, long epoch, List<UUID> attempts) {
        return inTurn(() -> gateway.resolve(scope, epoch, attempts));
    }

    @Override
    public void hangUp(Scope scope, long epoch, List<UUID> attempts) {
        inTurn(() -> {
            gateway.hangUp(scope, epoch, attempts);
            return attempts;
        });
    }

    /** Does not block: no turn to wait for. */
    @Override
    public Watch watch(Scope scope, long epoch, WatchListener listener) {
        return gateway.watch(scope, epoch, listener);
    }

    private <T> T inTurn(Supplier<T> call) {
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new GatewayBusy(id());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new GatewayBusy(id());
        }
        return acquired(call);
    }

    private <T> T acquired(Supplier<T> call) {
        try {
            return call.get();
        } finally {
            free.release();
        }
    }
}
