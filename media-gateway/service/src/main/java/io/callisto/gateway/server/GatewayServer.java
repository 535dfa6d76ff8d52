package io.callisto.gateway.server;

import io.callisto.domain.Ticker;
import io.callisto.gateway.calls.Exchange;
import io.callisto.gateway.legs.Switchboard;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Listens, and drains when it is stopped: no new calls, live ones may end until the drain timeout, the rest ends as
 * lost; the
 * watchers hear of all of it. The file {@code endpoint} in the directory says {@code host:port} once it listens.
 */
public final class GatewayServer implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(GatewayServer.class);

    /** They wait for the disk most of the time; more at once make one group commit larger. */
    private static final int COMMAND_THREADS = 16;

    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
    private static final int MAX_CALLS_PER_CONNECTION = 256;

    private final Settings settings;
    private final Exchange exchange;
    private final Switchboard switchboard;
    private final Ticker ticker;
    private final TickRunner clock;
    private @Nullable Server server;
    private @Nullable ExecutorService commands;

    /**
     * What a server needs to know.
     *
     * @param port 0: a free one
     * @param directory of the registry
     * @param drainTimeout how long calls may go on after a stop was asked for
     */
    public record Settings(String id, String host, int port, Path directory, Duration drainTimeout) {}

    public GatewayServer(Settings settings, Exchange exchange, Switchboard switchboard, Ticker ticker) {
        this.settings = settings;
        this.exchange = exchange;
        this.switchboard = switchboard;
        this.ticker = ticker;
        this.clock = new TickRunner(exchange);
    }

    @Override
    public synchronized void start() {
        AtomicInteger number = new AtomicInteger();
        ExecutorService executor = Executors.newFixedThreadPool(COMMAND_THREADS, task -> {
            Thread thread = new Thread(task, "gateway-command-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        Server listening;
        try {
            listening = NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), settings.port()))
                    .addService(new GatewayEndpoint(settings.id(), exchange, switchboard))
                    .addService(new AgentMediaEndpoint(switchboard))
                    .executor(executor)
                    .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                    .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
                    .permitKeepAliveTime(1, TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true)
                    .keepAliveTime(10, TimeUnit.SECONDS)
                    .keepAliveTimeout(5, TimeUnit.SECONDS)
                    .build()
                    .start();
            publish(settings.host() + ":" + listening.getPort());
        } catch (IOException failure) {
            executor.shutdownNow();
            throw new GatewayStartFailure(
                    "it cannot listen on " + settings.host() + ":" + settings.port() + " (" + failure.getMessage()
                            + ")",
                    "End whatever uses the port, or set another callisto.gateway.port (0: any free one)"
                            + " and callisto.gateway.host to an address of this machine.",
                    failure);
        }
        clock.start();
        commands = executor;
        server = listening;
        log.atInfo()
                .addKeyValue("gateway", settings.id())
                .addKeyValue("port", listening.getPort())
                .log("media gateway listens");
    }

    /** The port that it listens on. */
    public synchronized int port() {
        if (server == null) {
            throw new IllegalStateException("the gateway does not listen");
        }
        return server.getPort();
    }

    @Override
    public synchronized void stop() {
        if (server == null || commands == null) {
            return;
        }
        exchange.drain();
        long deadline = ticker.nanos() + settings.drainTimeout().toNanos();
        while (exchange.status().liveCalls() > 0 && ticker.nanos() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        int lost = exchange.endAll();
        // Bounded: a disk that hangs must not keep the process from ending.
        long settled = ticker.nanos() + SETTLE_NANOS;
        while (!exchange.settled() && ticker.nanos() - settled < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        // The clock's last tick sends the last events; with its thread gone, this one may end the streams.
        clock.stop();
        exchange.endWatches();
        exchange.tick();
        server.shutdown();
        try {
            if (!server.awaitTermination(1, TimeUnit.SECONDS)) {
                server.shutdownNow().awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        commands.shutdownNow();
        server = null;
        log.atInfo()
                .addKeyValue("gateway", settings.id())
                .addKeyValue("lost", lost)
                .log("media gateway stopped");
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }

    private void publish(String address) throws IOException {
        Path draft = settings.directory().resolve("endpoint.new");
        Files.writeString(draft, address + "\n");
        Files.move(draft, settings.directory().resolve("endpoint"), StandardCopyOption.ATOMIC_MOVE);
    }
}
