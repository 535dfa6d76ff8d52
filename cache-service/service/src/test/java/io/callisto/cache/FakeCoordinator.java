package io.callisto.cache;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Ownership by hand; the duty runs on the test's thread. */
final class FakeCoordinator implements Coordinator {
    private final String server;
    private final Ticker ticker;
    private volatile Optional<ServiceDirectory.Endpoint> owner = Optional.empty();
    final Map<String, String> published = new HashMap<>();
    private @Nullable RoleDutyFactory duties;

    FakeCoordinator(String server, Ticker ticker) {
        this.server = server;
        this.ticker = ticker;
    }

    /** What the directory says from now on. */
    void owner(String name, String address) {
        owner = Optional.of(new ServiceDirectory.Endpoint(name, new NodeId(new UUID(0, 1)), address));
    }

    void own(Lease lease) {
        RoleDuty duty = Objects.requireNonNull(duties).create(lease, () -> {});
        duty.takeOver(lease);
        duty.doWork(lease);
        assertThat(duty.firstWork()).isEqualTo("generation kept");
        assertThat(duty.firstWorkDone(0)).isTrue();
        duty.close();
    }

    @Override
    public ServiceHandle register(String service) {
        return new ServiceHandle() {
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
                published.putAll(endpoints);
            }

            @Override
            public Candidacy standFor(Scope scope, Duration idle, RoleDutyFactory factory) {
                duties = factory;
                return new Standing(scope);
            }

            @Override
            public AutoCloseable onNotify(String channel, Consumer<String> listener) {
                return () -> {};
            }

            @Override
            public void close() {
                published.clear();
            }
        };
    }

    @Override
    public ServiceDirectory directory() {
        return new ServiceDirectory() {
            @Override
            public Optional<Endpoint> ownerOf(Scope scope, String name) {
                return owner;
            }

            @Override
            public List<Endpoint> all(String name) {
                return owner.stream().toList();
            }
        };
    }

    @Override
    public Ticker ticker() {
        return ticker;
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

    private record Standing(Scope scope) implements Candidacy {
        @Override
        public Optional<Lease> lease() {
            return Optional.empty();
        }

        @Override
        public void handOver() {}

        @Override
        public void wakeUp() {
            // the test's thread runs the duty
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
