package io.callisto.ha;

import io.callisto.ha.NotificationRunner.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** One service's handle on the JVM's coordinator. Thread-safe. */
final class RegisteredService implements ServiceHandle {
    private final String service;
    private final LeaseCoordinator coordinator;
    private final Announcement announcement;
    private final List<Seat> seats = new CopyOnWriteArrayList<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private boolean closed;

    RegisteredService(String service, LeaseCoordinator coordinator, Announcement announcement) {
        this.service = service;
        this.coordinator = coordinator;
        this.announcement = announcement;
    }

    @Override
    public String service() {
        return service;
    }

    @Override
    public String server() {
        return coordinator.server();
    }

    @Override
    public NodeId node() {
        return coordinator.node();
    }

    @Override
    public synchronized void publish(Map<String, String> endpoints) {
        requireOpen();
        announcement.publish(service, endpoints);
        coordinator.wakeLeaseThread();
    }

    @Override
    public Candidacy standFor(Scope scope, Duration idle, RoleDutyFactory duties) {
        return standFor(scope, idle, FailBack.NEVER, duties);
    }

    @Override
    public synchronized Candidacy standFor(Scope scope, Duration idle, FailBack failBack, RoleDutyFactory duties) {
        requireOpen();
        seats.removeIf(seat -> seat.closable());
        Seat seat = coordinator.seat(service, failBack, scope, idle, duties);
        seats.add(seat);
        return seat;
    }

    @Override
    public synchronized AutoCloseable onNotify(String channel, Consumer<String> listener) {
        requireOpen();
        Subscription subscription = coordinator.subscribe(channel, listener);
        subscriptions.add(subscription);
        return () -> {
            subscriptions.remove(subscription);
            subscription.close();
        };
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        startClosing();
        for (Seat seat : seats) {
            if (!seat.servedByCurrentThread()) {
                seat.awaitClosed();
            }
        }
        subscriptions.forEach(Subscription::close);
        announcement.remove(service);
        coordinator.forget(this);
    }

    /** Lets all pieces of work end at the same time. */
    void startClosing() {
        seats.forEach(Seat::startClosing);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the handle of " + service + " is closed");
        }
    }
}
