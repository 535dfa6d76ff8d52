package io.callisto.ha;

import io.callisto.domain.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator without a cluster, for tests of services: remembers what they publish, stand for and listen to. The
 * test says who owns what, claims leases ({@link TestLeases}) and runs the duties on its own thread. Thread-safe.
 */
public final class FakeCoordinator implements Coordinator {
    private static final NodeId NODE = new NodeId(new UUID(0, 1));

    private final String server;
    private final Ticker ticker;
    private final Map<String, Handle> services = new ConcurrentHashMap<>();
    private final Map<String, Standing> standing = new ConcurrentHashMap<>();
    private final Map<String, Integer> wakeUps = new ConcurrentHashMap<>();
    private final Set<String> handedOver = new ConcurrentSkipListSet<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Map<Scope, ServiceDirectory.Endpoint> owners = new ConcurrentHashMap<>();

    private record Listener(String channel, Consumer<String> hears) {}

    /** Of server s1, for leases of {@link TestLeases}. */
    public FakeCoordinator() {
        this("s1", TestLeases.TICKER);
    }

    /**
     * @param ticker the clock of lease deadlines
     */
    public FakeCoordinator(String server, Ticker ticker) {
        this.server = server;
        this.ticker = ticker;
    }

    /** Names of the services that are registered. */
    public Set<String> services() {
        return Set.copyOf(services.keySet());
    }

    /** The endpoints that a service has published; empty where it has none, or is gone. */
    public Map<String, String> published(String service) {
        Handle handle = services.get(service);
        return handle == null ? Map.of() : handle.published;
    }

    /** Scopes that somebody stands for. */
    public Set<String> standing() {
        return Set.copyOf(standing.keySet());
    }

    /**
     * How somebody stands for the scope.
     *
     * @throws NullPointerException where nobody does
     */
    public FailBack failBack(String scope) {
        return Objects.requireNonNull(standing.get(scope)).failBack;
    }

    /** Scopes whose duty was woken, by its candidacy or by itself, since the last {@link #forgetWakeUps}. */
    public Set<String> woken() {
        return new TreeSet<>(wakeUps.keySet());
    }

    /** How often the scope's duty was. */
    public int wakeUps(Scope scope) {
        return wakeUps.getOrDefault(scope.value(), 0);
    }

    public void forgetWakeUps() {
        wakeUps.clear();
    }

    /** Scopes that somebody wanted another candidate to have. */
    public Set<String> handedOver() {
        return Set.copyOf(handedOver);
    }

    /** Channels that somebody listens to. */
    public Set<String> channels() {
        Set<String> channels = new TreeSet<>();
        listeners.forEach(listener -> channels.add(listener.channel));
        return channels;
    }

    /** Delivers a notification. */
    public void tell(String channel, String payload) {
        for (Listener listener : listeners) {
            if (listener.channel.equals(channel)) {
                listener.hears.accept(payload);
            }
        }
    }

    /** What the directory says of a scope from now on; {@link ServiceDirectory#all} names all owners. */
    public void owner(Scope scope, String name, String address) {
        owners.put(scope, new ServiceDirectory.Endpoint(name, NODE, address));
    }

    /**
     * Becomes the owner, anew where it is one: whoever stands for the scope makes a duty, which takes over.
     *
     * @return the duty; closing it ends the ownership, as {@link #lose} does
     */
    public RoleDuty claim(Lease lease) {
        return of(lease.scope()).claim(lease);
    }

    /** The duty ends; whoever asks sees no lease. */
    public void lose(Scope scope) {
        of(scope).lose();
    }

    /** What the node believes, without the duty hearing of it: as where its thread hangs. */
    public void believe(Lease lease) {
        of(lease.scope()).lease = lease;
    }

    private Standing of(Scope scope) {
        Standing found = standing.get(scope.value());
        if (found == null) {
            throw new IllegalStateException("nobody stands for " + scope + ", but for " + standing.keySet());
        }
        return found;
    }

    @Override
    public ServiceHandle register(String service) {
        Handle handle = new Handle(service);
        if (services.putIfAbsent(service, handle) != null) {
            throw new IllegalStateException(service + " is announced already");
        }
        return handle;
    }

    @Override
    public ServiceDirectory directory() {
        return new ServiceDirectory() {
            @Override
            public Optional<Endpoint> ownerOf(Scope scope, String name) {
                return Optional.ofNullable(owners.get(scope));
            }

            @Override
            public List<Endpoint> all(String name) {
                return List.copyOf(owners.values());
            }
        };
    }

    @Override
    public Ticker ticker() {
        return ticker;
    }

    @Override
    public NodeId node() {
        return NODE;
    }

    @Override
    public String server() {
        return server;
    }

    @Override
    public void close() {
        services.values().forEach(Handle::close);
    }

    private final class Handle implements ServiceHandle {
        private final String service;
        private volatile Map<String, String> published = Map.of();

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
            return NODE;
        }

        @Override
        public void publish(Map<String, String> endpoints) {
            published = Map.copyOf(endpoints);
        }

        @Override
        public Candidacy standFor(Scope scope, Duration idle, RoleDutyFactory duties) {
            return standFor(scope, idle, FailBack.NEVER, duties);
        }

        @Override
        public Candidacy standFor(Scope scope, Duration idle, FailBack failBack, RoleDutyFactory duties) {
            Standing candidacy = new Standing(this, scope, failBack, duties);
            if (standing.putIfAbsent(scope.value(), candidacy) != null) {
                throw new IllegalStateException("stands for it already: " + scope);
            }
            return candidacy;
        }

        @Override
        public AutoCloseable onNotify(String channel, Consumer<String> hears) {
            Listener listener = new Listener(channel, hears);
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }

        /** Ends no listening, as the real one would: so that tests see who forgets to. */
        @Override
        public void close() {
            standing.values().stream()
                    .filter(candidacy -> candidacy.handle == this)
                    .forEach(Standing::close);
            services.remove(service, this);
        }
    }

    private final class Standing implements Candidacy {
        private final Handle handle;
        private final Scope scope;
        private final FailBack failBack;
        private final RoleDutyFactory duties;
        private volatile @Nullable Lease lease;
        private volatile @Nullable Tenant tenant;

        Standing(Handle handle, Scope scope, FailBack failBack, RoleDutyFactory duties) {
            this.handle = handle;
            this.scope = scope;
            this.failBack = failBack;
            this.duties = duties;
        }

        RoleDuty claim(Lease claimed) {
            lose();
            lease = claimed;
            Tenant next = new Tenant(this, duties.create(claimed, this::wakeUp));
            tenant = next;
            next.takeOver(claimed);
            return next;
        }

        void lose() {
            Tenant last = tenant;
            tenant = null;
            lease = null;
            if (last != null) {
                last.duty.close();
            }
        }

        @Override
        public Scope scope() {
            return scope;
        }

        @Override
        public Optional<Lease> lease() {
            return Optional.ofNullable(lease).filter(held -> held.live(ticker));
        }

        @Override
        public void wakeUp() {
            wakeUps.merge(scope.value(), 1, Integer::sum);
        }

        @Override
        public void handOver() {
            handedOver.add(scope.value());
        }

        @Override
        public void close() {
            standing.remove(scope.value(), this);
            lose();
        }
    }

    /** The duty of one ownership, closed once. */
    private static final class Tenant implements RoleDuty {
        private final Standing standing;
        private final RoleDuty duty;

        Tenant(Standing standing, RoleDuty duty) {
            this.standing = standing;
            this.duty = duty;
        }

        @Override
        public void takeOver(Lease lease) {
            duty.takeOver(lease);
        }

        @Override
        public int doWork(Lease lease) {
            return duty.doWork(lease);
        }

        @Override
        public String firstWork() {
            return duty.firstWork();
        }

        @Override
        public boolean firstWorkDone(int done) {
            return duty.firstWorkDone(done);
        }

        @Override
        public void close() {
            if (standing.tenant == this) {
                standing.lose();
            }
        }
    }
}
