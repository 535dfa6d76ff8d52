package io.callisto.event.spring;

import io.callisto.event.client.EventClient;
import io.callisto.event.client.EventClientStatus;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * The application's event client: begins when everything else runs, and ends first. A context that is stopped and
 * started again gets a new client.
 */
public final class CallistoEvents implements SmartLifecycle {
    private final Supplier<Optional<EventClient>> start;
    private volatile @Nullable EventClient client;

    /**
     * @param start makes a client and starts it; none where there is no handler
     */
    CallistoEvents(Supplier<Optional<EventClient>> start) {
        this.start = start;
    }

    /** The client, to pause it or to read again; empty while the context is stopped or has no handlers. */
    public Optional<EventClient> client() {
        return Optional.ofNullable(client);
    }

    /** How it is; empty where there is none. */
    public Optional<EventClientStatus> status() {
        return client().map(EventClient::status);
    }

    @Override
    public void start() {
        if (client == null) {
            client = start.get().orElse(null);
        }
    }

    @Override
    public void stop() {
        EventClient running = client;
        client = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean isRunning() {
        return client != null;
    }
}
