package io.callisto.director;

import io.callisto.domain.Ticker;
import io.callisto.ha.Candidacy;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FailBack;
import io.callisto.ha.Lease;
import io.callisto.ha.NodeId;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.RoleDutyFactory;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceDirectory;
import io.callisto.ha.ServiceHandle;
import io.callisto.ha.TestLeases;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/** Remembers who stands for what; the test drives the duties. */
final class FakeCoordinator implements Coordinator {
    final Map<String, RoleDutyFactory> standing = new ConcurrentHashMap<>();
    final Map<String, FailBack> failBacks = new ConcurrentHashMap<>();
    final Set<String> woken = new ConcurrentSkipListSet<>();
    final Map<String, Map<UUID, Consumer<String>>> listeners = new ConcurrentHashMap<>();
    final Set<String> services = new ConcurrentSkipListSet<>();

    /** The duty of a scope, taken over. */
    RoleDuty claim(Lease lease) {
        String scope = lease.scope().value();
        RoleDuty duty = Objects.requireNonNull(standing.get(scope)).create(lease, () -> woken.add(scope));
        duty.takeOver(lease);
        return duty;
    }

    void tell(String channel, String payload) {
        listeners.getOrDefault(channel, Map.of()).values().forEach(listener -> listener.accept(payload));
    }

    @Override
    public ServiceHandle register(String service) {
        services.add(service);
        return new Handle(service);
    }

    @Override
    public ServiceDirectory directory() {
        return new ServiceDirectory() {
            @Override
            public Optional<Endpoint> ownerOf(Scope scope, String name) {
                return Optional.empty();
            }

            @Override
            public List<Endpoint> all(String name) {
                return List.of(new Endpoint("s1", node(), "127.0.0.1:1"));
            }
        };
    }

    @Override
    public Ticker ticker() {
        return TestLeases.TICKER;
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
    public void close() {}

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
            return FakeCoordinator.this.server();
        }

        @Override
        public NodeId node() {
            return FakeCoordinator.this.node();
        }

        @Override
        public void publish(Map<String, String> endpoints) {}

        @Override
        public Candidacy standFor(Scope scope, Duration idle, FailBack failBack, RoleDutyFactory duties) {
            failBacks.put(scope.value(), failBack);
            return standFor(scope, idle, duties);
        }

        @Override
        public Candidacy standFor(Scope scope, Duration idle, RoleDutyFactory duties) {
            if (standing.putIfAbsent(scope.value(), duties) != null) {
                throw new IllegalStateException("stands for " + scope + " already");
            }
            return new Candidacy() {
                @Override
                public Scope scope() {
                    return scope;
                }

                @Override
                public Optional<Lease> lease() {
                    return Optional.empty();
                }

                @Override
                public void handOver() {}

                @Override
                public void wakeUp() {
                    woken.add(scope.value());
                }

                @Override
                public void close() {
                    standing.remove(scope.value());
                }
            };
        }

        @Override
        public AutoCloseable onNotify(String channel, Consumer<String> listener) {
            UUID id = UUID.randomUUID();
            listeners.computeIfAbsent(channel, c -> new ConcurrentHashMap<>()).put(id, listener);
            return () -> listeners.get(channel).remove(id);
        }

        @Override
        public void close() {
            services.remove(service);
        }
    }
}
