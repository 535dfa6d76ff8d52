package io.callisto.server.infra;

import io.callisto.server.infra.JdbcBrokerStatusStore.State;
import io.callisto.server.process.Pause;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the database each second, and at once after a change, whether this broker is live. On its own thread: a
 * database that does not answer must not hold up anything else. A report that is older than a few seconds says nothing.
 */
final class BrokerStatusRunner {
    private static final Logger log = LoggerFactory.getLogger(BrokerStatusRunner.class);
    private static final long LOOK_MILLIS = 50;
    private static final long REPORT_MILLIS = 1_000;

    private final JdbcBrokerStatusStore store;
    private final String server;
    private final BooleanSupplier live;
    private final Thread thread = new Thread(this::run, "broker-status");
    private volatile boolean stopped;
    private boolean failing;

    BrokerStatusRunner(JdbcBrokerStatusStore store, String server, BooleanSupplier live) {
        this.store = store;
        this.server = server;
        this.live = live;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stopped) {
                State state = state();
                report(state);
                boolean changed = Pause.until(REPORT_MILLIS, LOOK_MILLIS, () -> stopped || state() != state);
                log.atDebug().addKeyValue("changed", changed).log("broker status is due");
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private State state() {
        return live.getAsBoolean() ? State.MASTER : State.DORMANT;
    }

    private void report(State state) {
        try {
            store.report(server, state);
            failing = false;
        } catch (SQLException | RuntimeException failed) {
            // The product's tables may not be there yet: the broker does not wait for their migration.
            if (!failing) {
                failing = true;
                log.atWarn().addKeyValue("reason", failed.toString()).log("broker status cannot be told now");
            }
        }
    }

    /** Tells that the broker has stopped; after that nothing more is told. */
    void stop() {
        stopped = true;
        try {
            thread.join(REPORT_MILLIS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        report(State.STOPPED);
    }
}
