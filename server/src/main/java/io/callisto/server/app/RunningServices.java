package io.callisto.server.app;

import io.callisto.ha.Coordinator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The contexts of this JVM. Closing releases all roles before anything else stops, so that a successor need not wait.
 * Thread-safe.
 */
final class RunningServices {
    private static final Logger log = LoggerFactory.getLogger(RunningServices.class);

    private final @Nullable Class<?> shared;
    private final List<ServiceName> services;
    private final String[] args;
    private final Map<ServiceName, ConfigurableApplicationContext> contexts = new EnumMap<>(ServiceName.class);
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable ConfigurableApplicationContext parent;
    private volatile @Nullable Coordinator coordinator;

    private RunningServices(@Nullable Class<?> shared, List<ServiceName> services, String[] args) {
        this.shared = shared;
        this.services = services;
        this.args = args.clone();
    }

    /**
     * Services as children of one parent context.
     *
     * @param others that have a JVM of their own
     */
    static RunningServices allBut(Set<String> others, String[] args) {
        List<ServiceName> services = Arrays.stream(ServiceName.values())
                .filter(service -> !others.contains(service.text()))
                .toList();
        return new RunningServices(ServerConfiguration.class, services, args);
    }

    /** One service, which makes its own coordinator and cache node. */
    static RunningServices one(ServiceName service, String[] args) {
        return new RunningServices(null, List.of(service), args);
    }

    /** Starts what the JVM's services share. */
    void start() {
        if (shared != null) {
            ConfigurableApplicationContext context = builder(shared, false).run(args);
            parent = context;
            coordinator = context.getBean(Coordinator.class);
        }
    }

    /** Makes the services run that are not named in {@code stopped}, and no others. */
    synchronized void apply(Set<String> stopped) {
        for (ServiceName service : services) {
            boolean wanted = !stopped.contains(service.text());
            ConfigurableApplicationContext context = contexts.get(service);
            if (wanted && context == null && !closed.get()) {
                contexts.put(service, run(service));
            } else if (!wanted && context != null) {
                contexts.remove(service);
                if (shared == null) {
                    // It goes with the only service, and first; a wish to run makes a new one.
                    releaseRoles();
                    coordinator = null;
                }
                context.close();
                log.atInfo().addKeyValue("service", service.text()).log("service stopped as wished");
            }
        }
    }

    private ConfigurableApplicationContext run(ServiceName service) {
        long started = System.nanoTime();
        SpringApplicationBuilder builder = builder(service.application(), service.web());
        ConfigurableApplicationContext above = parent;
        if (above != null) {
            builder.parent(above);
        }
        ConfigurableApplicationContext context = builder.run(args);
        if (coordinator == null) {
            coordinator = context.getBeanProvider(Coordinator.class).getIfAvailable();
        }
        log.atInfo()
                .addKeyValue("service", service.text())
                .addKeyValue("millis", (System.nanoTime() - started) / 1_000_000)
                .log("service started");
        return context;
    }

    private static SpringApplicationBuilder builder(Class<?> source, boolean web) {
        return new SpringApplicationBuilder(source)
                .web(web ? WebApplicationType.SERVLET : WebApplicationType.NONE)
                .registerShutdownHook(false)
                .logStartupInfo(false);
    }

    private void releaseRoles() {
        Coordinator roles = coordinator;
        if (roles != null) {
            roles.close();
        }
    }

    /** For the state file: stopped where this JVM's only service is, as wished. */
    synchronized String state() {
        return shared == null && contexts.isEmpty() ? "STOPPED" : "RUNNING";
    }

    /** Whether the JVM is about to end. */
    boolean isClosed() {
        return closed.get();
    }

    /** Roles first, then the contexts in the reverse order of their start. */
    void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        releaseRoles();
        synchronized (this) {
            List<ConfigurableApplicationContext> newestFirst = new ArrayList<>(contexts.values());
            Collections.reverse(newestFirst);
            newestFirst.forEach(ConfigurableApplicationContext::close);
        }
        ConfigurableApplicationContext last = parent;
        if (last != null) {
            last.close();
        }
    }
}
