package io.callisto.ha;

import io.callisto.domain.Ticker;
import io.callisto.ha.LeaseStatistics.Event;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops duties whose deadline has passed even while the lease thread waits for the database. It only shortens the time
 * in which an owner tries what the fence would refuse.
 */
final class DeadlineRunner implements Runnable, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DeadlineRunner.class);
    private static final Duration EVERY = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofMillis(750);

    private final Collection<Seat> seats;
    private final Runnable wakeLeaseThread;
    private final LeaseStatistics statistics;
    private final Ticker ticker;
    private volatile boolean stopped;

    DeadlineRunner(Collection<Seat> seats, Runnable wakeLeaseThread, LeaseStatistics statistics, Ticker ticker) {
        this.ticker = ticker;
        this.seats = seats;
        this.wakeLeaseThread = wakeLeaseThread;
        this.statistics = statistics;
    }

    @Override
    public void run() {
        try {
            long last = ticker.nanos();
            while (!stopped) {
                check();
                last = notice(last, ticker.nanos());
                TimeUnit.MILLISECONDS.sleep(EVERY.toMillis());
            }
        } catch (InterruptedException e) {
            log.atDebug().log("deadline watch stopped");
        }
    }

    @Override
    public void close() {
        stopped = true;
    }

    /** A process that stood still wakes up with old beliefs: worth a line, the deadlines have done the rest. */
    private long notice(long last, long now) {
        if (now - last > PAUSE.toNanos()) {
            statistics.count(Event.PAUSED);
            log.atWarn()
                    .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(now - last))
                    .log("this process stood still: frozen, or short of CPU");
            wakeLeaseThread.run();
        }
        return now;
    }

    private void check() {
        for (Seat seat : seats) {
            if (seat.expire()) {
                statistics.count(Event.DEADLINE_PASSED);
                log.atWarn()
                        .addKeyValue("scope", seat.scope())
                        .log("no renewal was confirmed in time: the duty was stopped");
                wakeLeaseThread.run();
            }
        }
    }
}
