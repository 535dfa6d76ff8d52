package io.callisto.manager.allocation;

import io.callisto.domain.Ticker;
import io.callisto.ha.Candidacy;
import io.callisto.ha.Coordinator;
import io.callisto.ha.Lease;
import io.callisto.ha.NodeId;
import io.callisto.ha.RoleDutyFactory;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceDirectory;
import io.callisto.ha.ServiceHandle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/** Writes down who stands for what; nobody becomes an owner. Thread-safe. */
public final class FakeCoordinator implements Coordinator {
    private final NodeId node = new NodeId(new UUID(0, 1));
    private final String server;
    private final Set<String> standing = new ConcurrentSkipListSet<>();
    private final Map<String, String> published = new ConcurrentHashMap<>();
    private final Map<String, Consumer<String>> listeners = new ConcurrentHashMap<>();

    /** The coordinator of server s1. */
    public FakeCoordinator() {
        this("s1");
    }

    FakeCoordinator(String server) {
        this.server = server;
    }

    /** Scopes that somebody stands for. */
    public Set<String> standing() {
        return Set.copyOf(standing);
    }

    /** Endpoints by name. */
    public Map<String, String> published() {
        return new TreeMap<>(published);
    }

    /** Delivers a notification. */
    public void hint(String channel) {
        Consumer<String> listener = listeners.get(channel);
        if (listener != null) {
            listener.accept("");
        }
    }

    @Override
    public ServiceHandle register(String service) {
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
                return List.of();
            }
        };
    }

    @Override
    public Ticker ticker() {
        return System::nanoTime;
    }

    @Override
    public NodeId node() {
        return node;
    }

    @Override
    public String server() {
        return server;
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
            return server;
        }

        @Override
        public NodeId node() {
            return node;
        }

        @Override
        public void publish(Map<String, String> endpoints) {
            published.putAll(endpoints);
        }

        @Override
        public Candidacy standFor(Scope scope, Duration idle, RoleDutyFactory duties) {
            if (!standing.add(scope.value())) {
                throw new IllegalStateException("stands for it already: " + scope);
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
                public void wakeUp() {}

                @Override
                public void close() {
                    standing.remove(scope.value());
                }
            };
        }

        @Override
        public AutoCloseable onNotify(String channel, Consumer<String> listener) {
            listeners.put(channel, listener);
            return () -> listeners.remove(channel);
        }

        @Override
        public void close() {
            published.clear();
        }
    }
}
