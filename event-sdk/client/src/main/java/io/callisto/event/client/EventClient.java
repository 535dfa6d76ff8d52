package io.callisto.event.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets Callisto's events, typed, each at least once and in the order of its key.
 *
 * <pre>{@code
 * EventClient client = EventClient.builder()
 *         .bootstrapServers("localhost:9092")
 *         .group("my-app")
 *         .on(AttemptEvent.class, attempt -> System.out.println(attempt.phase()))
 *         .start();
 * }</pre>
 *
 * <p>An event's position is kept after its handler is done, so a crash repeats events and loses none; repeats are
 * dropped by their event id as far as the {@link DuplicateStore} remembers. Methods may be called from any thread, also
 * from a handler.
 */
public final class EventClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventClient.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final Duration SEEK_LIMIT = Duration.ofSeconds(30);

    private final ClientSettings settings;
    private final ClientState state;
    private final ClientCounts counts = new ClientCounts();
    private final ClientRunner runner;
    private final Thread thread;
    private final Thread siteThread;
    private @Nullable Thread hook;

    EventClient(ClientSettings settings) {
        this.settings = settings;
        this.state = new ClientState(settings.handling().observer(), settings.ticker());
        this.runner = new ClientRunner(settings, state, counts);
        this.thread = new Thread(runner, "callisto-events-" + settings.name());
        this.siteThread = new Thread(runner.sites(), "callisto-events-" + settings.name() + "-sites");
        siteThread.setDaemon(true);
    }

    /** Begins here. */
    public static EventClientBuilder builder() {
        return new EventClientBuilder();
    }

    void start(boolean closeWithJvm) {
        siteThread.start();
        thread.start();
        if (closeWithJvm) {
            Thread closer = new Thread(this::close, "callisto-events-" + settings.name() + "-close");
            hook = closer;
            Runtime.getRuntime().addShutdownHook(closer);
        }
        if (settings.reading().startup() == Startup.WAIT) {
            return;
        }
        try {
            awaitReading(settings.reading().startupLimit());
        } catch (EventClientException e) {
            close();
            throw e;
        }
    }

    /**
     * Waits until the client reads. Not needed after a start with {@link Startup#FAIL}.
     *
     * @throws EventClientException where it cannot, saying why and what to do
     */
    public void awaitReading(Duration limit) {
        try {
            state.awaitBegun(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventClientException("interrupted while the client starts", e);
        }
    }

    /** Handlers get nothing until {@link #resume}; the client stays in its group. */
    public void pause() {
        runner.pause(true);
    }

    public void resume() {
        runner.pause(false);
    }

    /**
     * Reads from there on, whatever was read before; events that were handled before come again. Concerns all
     * partitions of this client. Returns when the client reads from there; called by a handler it returns at once, and
     * holds after the handler's event.
     *
     * @throws EventClientException where that is not possible within 30 s
     */
    public void seek(StartAt at) {
        if (state.over()) {
            throw new EventClientException("the client has stopped", state.cause());
        }
        CompletableFuture<Void> done = runner.seek(at);
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            done.get(SEEK_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventClientException("interrupted while the client seeks " + at, e);
        } catch (ExecutionException | CancellationException | TimeoutException e) {
            String problem = state.problem();
            throw new EventClientException(
                    "the client could not begin at " + at + (problem == null ? "" : ": " + problem), e);
        }
    }

    /** How the client is. */
    public EventClientStatus status() {
        List<EventClientStatus.Site> sites = runner.sites().views().stream()
                .map(view -> new EventClientStatus.Site(view.name(), view.reachable()))
                .toList();
        return new EventClientStatus(
                state.state(),
                state.site(),
                sites,
                state.problem(),
                state.partitions(),
                state.lag(),
                counts.lastEventAt(),
                counts.lastHandledAt(),
                counts.counts());
    }

    /** Its name, as in the names of its threads. */
    public String name() {
        return settings.name();
    }

    /**
     * Waits until the client has stopped: closed by another thread, or by its error handler.
     *
     * @throws EventClientException where it has not stopped by {@link #close}
     */
    public void awaitStopped() throws InterruptedException {
        boolean ended = false;
        while (!ended) {
            ended = state.awaitEnd(Duration.ofHours(1)); // it may run for years
        }
        if (state.state() == EventClientStatus.State.FAILED) {
            throw new EventClientException(String.valueOf(state.problem()), state.cause());
        }
    }

    /** As {@link #close(Duration)} with 10 s. */
    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }

    /**
     * Lets the running handler end, keeps the positions, leaves the group. May be called again.
     *
     * @param limit for the handler; then its thread is interrupted
     */
    public void close(Duration limit) {
        runner.close();
        runner.sites().close();
        forgetHook();
        if (Thread.currentThread() == thread) {
            return; // ends when the handler that closes it is done
        }
        try {
            thread.join(Math.max(1, limit.toMillis()));
            if (thread.isAlive()) {
                log.atWarn().addKeyValue("client", settings.name()).log("a handler does not end; it is interrupted");
                thread.interrupt();
                thread.join(CLOSE_LIMIT.toMillis() / 2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forgetHook() {
        Thread closer = hook;
        if (closer != null && Thread.currentThread() != closer) {
            try {
                Runtime.getRuntime().removeShutdownHook(closer);
            } catch (IllegalStateException e) {
                log.atDebug().log("the JVM is on its way down");
            }
        }
    }
}
