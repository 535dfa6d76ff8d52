package io.callisto.server.app;

import io.callisto.server.process.Pause;
import io.callisto.server.process.StateFile;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Keeps the services of this JVM as the administrator wishes them, until the JVM ends: when the database tells of a
 * wish, and now and then by itself, as a message can be missed. A stopped service leaves its roles to others; the
 * process stays.
 * Where a supervisor starts and stops the processes, wishes are the supervisor's.
 */
final class WishRunner {
    private static final Logger log = LoggerFactory.getLogger(WishRunner.class);

    private final RunningServices services;
    private final JdbcWishStore wishes;
    private final Duration look;

    /**
     * @param look longest wait between two looks
     */
    WishRunner(RunningServices services, JdbcWishStore wishes, Duration look) {
        this.services = services;
        this.wishes = wishes;
        this.look = look;
    }

    /** The first look, which starts the services; its failure is the process's. */
    void start() {
        services.apply(wishes.stopped());
    }

    void run() throws InterruptedException {
        boolean failed = false;
        String told = services.state();
        while (!services.isClosed()) {
            try {
                wishes.awaitChange(look);
                services.apply(wishes.stopped());
                failed = false;
                if (!told.equals(services.state())) {
                    told = services.state();
                    StateFile.report(told);
                }
            } catch (DataAccessException e) {
                wishes.reset();
                if (!failed) {
                    log.atWarn().addKeyValue("reason", e.getMessage()).log("cannot read the wishes for services");
                }
                failed = true;
                Pause.millis(look.toMillis());
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("a service does not start or stop as wished");
                Pause.millis(look.toMillis());
            }
        }
    }
}
