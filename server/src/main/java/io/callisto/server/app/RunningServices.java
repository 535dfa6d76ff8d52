package io.callisto.server.app;

import io.callisto.ha.Coordinator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The contexts of this JVM. Closing releases all roles before anything else stops, so that a successor need not wait.
 */
final class RunningServices {
    private static final Logger log = LoggerFactory.getLogger(RunningServices.class);

    private final @Nullable Class<?> shared;
    private final List<ServiceName> services;
    private final String[] args;
    private final Deque<ConfigurableApplicationContext> contexts = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private RunningServices(@Nullable Class<?> shared, List<ServiceName> services, String[] args) {
        this.shared = shared;
        this.services = services;
        this.args = args.clone();
    }

    /** Every service as a child of one parent context. */
    static RunningServices all(String[] args) {
        return new RunningServices(ServerConfiguration.class, List.of(ServiceName.values()), args);
    }

    /** One service, which makes its own coordinator and cache node. */
    static RunningServices one(ServiceName service, String[] args) {
        return new RunningServices(null, List.of(service), args);
    }

    void start() {
        ConfigurableApplicationContext parent =
                shared == null ? null : add(builder(shared, false).run(args));
        for (ServiceName service : services) {
            long started = System.nanoTime();
            SpringApplicationBuilder builder = builder(service.application(), service.web());
            if (parent != null) {
                builder.parent(parent);
            }
            add(builder.run(args));
            log.atInfo()
                    .addKeyValue("service", service.text())
                    .addKeyValue("millis", (System.nanoTime() - started) / 1_000_000)
                    .log("service started");
        }
    }

    private static SpringApplicationBuilder builder(Class<?> source, boolean web) {
        return new SpringApplicationBuilder(source)
                .web(web ? WebApplicationType.SERVLET : WebApplicationType.NONE)
                .registerShutdownHook(false)
                .logStartupInfo(false);
    }

    private ConfigurableApplicationContext add(ConfigurableApplicationContext context) {
        synchronized (contexts) {
            contexts.push(context);
        }
        return context;
    }

    /** Roles first, then the contexts in the reverse order of their start. */
    void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        List<ConfigurableApplicationContext> newestFirst;
        synchronized (contexts) {
            newestFirst = List.copyOf(contexts);
        }
        newestFirst.stream()
                .flatMap(context -> context.getBeanProvider(Coordinator.class).stream())
                .distinct()
                .forEach(Coordinator::close);
        newestFirst.forEach(ConfigurableApplicationContext::close);
    }
}
