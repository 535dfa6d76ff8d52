package io.callisto.gateway.server;

import io.callisto.gateway.calls.Exchange;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that moves the calls and sends the events. */
final class TickRunner {
    /** Also the time over which events are gathered into a batch. */
    private static final Duration PERIOD = Duration.ofMillis(20);

    private static final Logger log = LoggerFactory.getLogger(TickRunner.class);

    private final Exchange exchange;
    private final Thread thread = new Thread(this::run, "call-clock");
    private volatile boolean stopped;

    TickRunner(Exchange exchange) {
        this.exchange = exchange;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends the thread after one more tick. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopped) {
            tick();
            LockSupport.parkNanos(PERIOD.toNanos());
        }
        tick();
    }

    private void tick() {
        try {
            exchange.tick();
        } catch (RuntimeException bug) {
            // One call's bug must not stop all the others.
            log.atError().setCause(bug).log("moving the calls failed");
        }
    }
}
