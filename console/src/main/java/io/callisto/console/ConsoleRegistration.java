package io.callisto.console;

import io.callisto.console.trust.TrustRunner;
import io.callisto.ha.Coordinator;
import io.callisto.ha.ServiceHandle;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Tells the cluster where this console listens, from after the web server has started until before it stops. */
final class ConsoleRegistration implements SmartLifecycle {
    private static final String SERVICE = "console";
    private static final Logger log = LoggerFactory.getLogger(ConsoleRegistration.class);

    private final Coordinator coordinator;
    private final WebServerApplicationContext context;
    private final TrustRunner trust;
    private final String urlWithoutPort;

    private volatile @Nullable ServiceHandle handle;

    ConsoleRegistration(
            Coordinator coordinator, WebServerApplicationContext context, TrustRunner trust, String urlWithoutPort) {
        this.coordinator = coordinator;
        this.context = context;
        this.trust = trust;
        this.urlWithoutPort = urlWithoutPort;
    }

    @Override
    public void start() {
        WebServer server = context.getWebServer();
        if (server == null || handle != null) {
            return;
        }
        ServiceHandle registered = coordinator.register(SERVICE);
        handle = registered;
        // Ends with the handle.
        AutoCloseable unused = registered.onNotify(TrustRunner.CHANNEL, payload -> trust.wake());
        String url = urlWithoutPort + server.getPort();
        registered.publish(Map.of(SERVICE, url));
        log.atInfo()
                .addKeyValue("server", coordinator.server())
                .addKeyValue("url", url)
                .log("console is up");
    }

    @Override
    public void stop() {
        ServiceHandle registered = handle;
        handle = null;
        if (registered != null) {
            registered.close();
        }
    }

    @Override
    public boolean isRunning() {
        return handle != null;
    }

    /** After the web server, and before it when stopping. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
