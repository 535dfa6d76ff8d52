package io.callisto.server.infra;

import io.callisto.server.process.Pause;
import io.callisto.server.process.StateFile;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches a started broker and stops it. */
final class BrokerRunner {
    private static final Logger log = LoggerFactory.getLogger(BrokerRunner.class);
    private static final long LOOK_MILLIS = 100;
    /** A backup that restarts passes through STOPPED: only one that stays there has ended. */
    private static final int LOOKS_UNTIL_ENDED = 50;
    /** One that served has lost its lock: the sooner it is gone, the sooner it waits for the lock again. */
    private static final int LOOKS_UNTIL_ENDED_AFTER_SERVICE = 3;

    private final EmbeddedActiveMQ embedded;
    private volatile boolean asked;

    BrokerRunner(EmbeddedActiveMQ embedded) {
        this.embedded = embedded;
    }

    /** Reports whether the broker is live or waits, and returns when it has stopped for good. */
    void watch() throws InterruptedException {
        ActiveMQServer server = embedded.getActiveMQServer();
        String reported = "";
        int stopped = 0;
        boolean served = false;
        while (stopped < (served ? LOOKS_UNTIL_ENDED_AFTER_SERVICE : LOOKS_UNTIL_ENDED)) {
            String state = state(server);
            served |= state.equals("LIVE");
            if (!state.equals(reported)) {
                StateFile.report(state);
                log.atInfo().addKeyValue("state", state).log("broker");
                reported = state;
            }
            stopped = state.equals("STOPPED") ? stopped + 1 : 0;
            Pause.millis(LOOK_MILLIS);
        }
        if (!asked) {
            log.atError().log("broker has stopped, most likely because it lost the lock of its store");
        }
    }

    private static String state(ActiveMQServer server) {
        if (server.isActive()) {
            return "LIVE";
        }
        // It neither serves nor waits: nobody may count on it.
        return server.getState() == ActiveMQServer.SERVER_STATE.STOPPED ? "STOPPED" : "STANDBY";
    }

    /** Whether this broker is the one that serves now. */
    boolean live() {
        ActiveMQServer server = embedded.getActiveMQServer();
        return server != null && server.isActive();
    }

    /** Hands over to a waiting broker. */
    void stop() {
        asked = true;
        try {
            embedded.getActiveMQServer().stop(true);
        } catch (Exception e) {
            log.atWarn().setCause(e).log("broker did not stop cleanly");
        }
    }
}
