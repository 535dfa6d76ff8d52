package io.callisto.rules;

import io.callisto.domain.Ticker;
import io.callisto.ha.Candidacy;
import io.callisto.ha.Coordinator;
import io.callisto.ha.Lease;
import io.callisto.ha.NodeId;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.RoleDutyFactory;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceDirectory;
import io.callisto.ha.ServiceHandle;
import io.callisto.rules.client.FakeRuleEngine;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A coordinator whose ownership and time a test moves by hand; the duty runs on the test's thread. */
final class FakeCoordinator implements Coordinator {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger wakeUps = new AtomicInteger();
    private volatile String published = "";
    private volatile Optional<Lease> lease = Optional.empty();
    private @Nullable RoleDutyFactory duties;
    private @Nullable RoleDuty duty;

    /** Becomes the owner: the duty takes over. */
    void own(Lease claimed) {
        lose();
        lease = Optional.of(claimed);
        RoleDuty next = java.util.Objects.requireNonNull(duties).create(claimed, wakeUps::incrementAndGet);
        duty = next;
        next.takeOver(claimed);
    }

    int wakeUps() {
        return wakeUps.get();
    }

    boolean firstWorkDone() {
        return java.util.Objects.requireNonNull(duty).firstWorkDone(0);
    }

    /** The duty ends; whoever asks sees no lease. */
    void lose() {
        lease = Optional.empty();
        if (duty != null) {
            duty.close();
            duty = null;
        }
    }

    /** What the node believes, without the duty hearing of it: as where its thread hangs. */
    void believe(Optional<Lease> believed) {
        lease = believed;
    }

    void workAfter(Duration time) {
        nanos.addAndGet(time.toNanos());
        java.util.Objects.requireNonNull(duty).doWork(lease.orElseThrow());
    }

    String published() {
        return published;
    }

    @Override
    public ServiceHandle register(String service) {
        return new Handle(service);
    }

    @Override
    public ServiceDirectory directory() {
        return FakeRuleEngine.directoryOf(() -> published);
    }

    @Override
    public Ticker ticker() {
        return nanos::get;
    }

    @Override
    public NodeId node() {
        return new NodeId(new UUID(0, 1));
    }

    @Override
    public String server() {
        return "s1";
    }

    @Override
    public void close() {
        lose();
    }

    private final class Handle implements ServiceHandle {
        private final String service;

        Handle(String service) {
            this.service = service;
        }

        @Override
        public String service() {
            return service;
        }

        @Override
        public String server() {
            return "s1";
        }

        @Override
        public NodeId node() {
            return FakeCoordinator.this.node();
        }

        @Override
        public void publish(Map<String, String> endpoints) {
            published = java.util.Objects.requireNonNull(endpoints.get("rule-engine"));
        }

        @Override
        public Candidacy standFor(Scope scope, Duration idle, RoleDutyFactory factory) {
            duties = factory;
            return new Candidacy() {
                @Override
                public Scope scope() {
                    return scope;
                }

                @Override
                public Optional<Lease> lease() {
                    return lease.filter(held -> held.live(ticker()));
                }

                @Override
                public void handOver() {}

                @Override
                public void wakeUp() {
                    // the test's thread runs the duty
                }

                @Override
                public void close() {
                    lose();
                }
            };
        }

        @Override
        public AutoCloseable onNotify(String channel, Consumer<String> listener) {
            return () -> {};
        }

        @Override
        public void close() {
            lose();
            published = "";
        }
    }
}
