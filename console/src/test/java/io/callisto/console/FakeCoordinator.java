package io.callisto.console;

import io.callisto.domain.Ticker;
import io.callisto.ha.Candidacy;
import io.callisto.ha.Coordinator;
import io.callisto.ha.NodeId;
import io.callisto.ha.RoleDutyFactory;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceDirectory;
import io.callisto.ha.ServiceHandle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A coordinator without a cluster: remembers what services publish. */
final class FakeCoordinator implements Coordinator, ServiceDirectory {
    private final String server;
    private final Map<String, Map<String, String>> published = new ConcurrentHashMap<>();

    FakeCoordinator(String server) {
        this.server = server;
    }

    /** What is published now, by service. */
    Map<String, Map<String, String>> published() {
        return published;
    }

    @Override
    public ServiceHandle register(String service) {
        if (published.putIfAbsent(service, Map.of()) != null) {
            throw new IllegalStateException(service + " is announced already");
        }
        return new Handle(service);
    }

    @Override
    public ServiceDirectory directory() {
        return this;
    }

    @Override
    public Optional<Endpoint> ownerOf(Scope scope, String name) {
        return Optional.empty();
    }

    @Override
    public List<Endpoint> all(String name) {
        return List.of();
    }

    @Override
    public Ticker ticker() {
        return System::nanoTime;
    }

    @Override
    public NodeId node() {
        return new NodeId(new UUID(0, 1));
    }

    @Override
    public String server() {
        return server;
    }

    @Override
    public void close() {
        published.clear();
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
            return server;
        }

        @Override
        public NodeId node() {
            return FakeCoordinator.this.node();
        }

        @Override
        public void publish(Map<String, String> endpoints) {
            published.put(service, Map.copyOf(endpoints));
        }

        @Override
        public Candidacy standFor(Scope scope, Duration idle, RoleDutyFactory duties) {
            throw new UnsupportedOperationException("the console owns nothing");
        }

        @Override
        public AutoCloseable onNotify(String channel, Consumer<String> listener) {
            return () -> {};
        }

        @Override
        public void close() {
            published.remove(service);
        }
    }
}
