package io.callisto.outbox.backlog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures the backlog when it is due, and says so when an alarm is raised or cleared. Thread-safe. */
public final class BacklogWatch {
    private static final Logger log = LoggerFactory.getLogger(BacklogWatch.class);

    private final JdbcBacklogStore store;
    private final BacklogLimits limits;

    public BacklogWatch(JdbcBacklogStore store, BacklogLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /** The backlog, measured by this process or, a moment ago, by another. */
    public Backlog look() {
        return store.takeTurn(limits).map(this::measure).orElseGet(store::read);
    }

    private Backlog measure(Backlog before) {
        Backlog now = store.measure(limits);
        if (now.late() && !before.late()) {
            log.atWarn()
                    .addKeyValue("rows", now.rows())
                    .addKeyValue("oldestSeconds", now.oldestSeconds())
                    .addKeyValue("limit", limits.lateAfter())
                    .log("alarm: events wait to be published for too long");
        } else if (before.late() && !now.late()) {
            log.atInfo().addKeyValue("rows", now.rows()).log("alarm over: events are published in time again");
        }
        if (now.full() && !before.full()) {
            log.atError()
                    .addKeyValue("rows", now.rows())
                    .addKeyValue("limit", limits.fullRows())
                    .log("alarm: the outbox is full; no job is started and nothing is dialed until events are"
                            + " published");
        } else if (before.full() && !now.full()) {
            log.atInfo()
                    .addKeyValue("rows", now.rows())
                    .addKeyValue("resumeBelow", limits.resumeRows())
                    .log("alarm over: the outbox has room again; jobs are started and dialed");
        }
        return now;
    }

    BacklogLimits limits() {
        return limits;
    }
}
