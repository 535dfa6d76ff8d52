package io.callisto.server.app;

import io.callisto.server.process.Pause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Keeps the services of the one JVM as the administrator wishes them, once a second, until the JVM ends. A stopped
 * service leaves its roles to others; the process stays. In the processes layout wishes are the supervisor's.
 */
final class WishRunner {
    private static final Logger log = LoggerFactory.getLogger(WishRunner.class);
    private static final long LOOK_MILLIS = 1_000;

    private final RunningServices services;
    private final SingleConnectionDataSource connection;
    private final JdbcWishStore wishes;

    WishRunner(RunningServices services, SingleConnectionDataSource connection, String server) {
        this.services = services;
        this.connection = connection;
        this.wishes = new JdbcWishStore(connection, server);
    }

    /** The first look, which starts the services; its failure is the process's. */
    void start() {
        services.apply(wishes.stopped());
    }

    void run() throws InterruptedException {
        boolean failed = false;
        while (true) {
            Pause.millis(LOOK_MILLIS);
            try {
                services.apply(wishes.stopped());
                failed = false;
            } catch (DataAccessException e) {
                connection.resetConnection();
                if (!failed) {
                    log.atWarn().addKeyValue("reason", e.getMessage()).log("cannot read the wishes for services");
                }
                failed = true;
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("a service does not start or stop as wished");
            }
        }
    }
}
