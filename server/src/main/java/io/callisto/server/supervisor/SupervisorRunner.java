package io.callisto.server.supervisor;

import io.callisto.domain.Ticker;
import io.callisto.server.process.ProcessLauncher;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a server's processes running. One thread; an exit wakes it, and a look ten times a second finds what no exit
 * told.
 * Leases of a dead process are freed by its certificate, which is retried for as long as the database does not answer.
 */
final class SupervisorRunner {
    private static final Logger log = LoggerFactory.getLogger(SupervisorRunner.class);
    private static final long LOOK_MILLIS = 100;
    /** The database tells of a wish; this is for a message that was missed. */
    private static final long WISHES_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long STOP_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(25);

    private final SupervisorFiles files;
    private final JdbcSupervisionStore store;
    private final Ticker ticker;
    private final List<Supervised> members;
    private final Semaphore wake = new Semaphore(0);
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Deque<Death> uncertified = new ArrayDeque<>();
    private long nextDatabaseNanos;
    private boolean databaseMissing;
    private boolean changed;

    /** A process that has ended and whose leases are not free yet. */
    private record Death(String service, long pid) {}

    SupervisorRunner(SupervisorPlan plan, SupervisorFiles files, ProcessLauncher launcher, Ticker ticker) {
        this.files = files;
        this.store = new JdbcSupervisionStore(plan);
        this.ticker = ticker;
        this.members = plan.members().stream()
                .map(member -> new Supervised(member, launcher, wake::release, ticker.nanos()))
                .toList();
        this.nextDatabaseNanos = ticker.nanos();
    }

    /** Asks {@link #run} to end all processes and return. */
    void stop() {
        stopping.set(true);
        wake.release();
    }

    void run() throws InterruptedException {
        Map<String, MemberRecord> before = files.records();
        members.forEach(member -> member.adopt(before.get(member.name())));
        while (!stopping.get()) {
            look();
            // Before anything is started: others wait for the certificate.
            askDatabase(false);
            for (Supervised member : members) {
                if (member.due(ticker.nanos())) {
                    start(member);
                } else if (member.mustStop()) {
                    member.requestStop();
                }
            }
            pause();
        }
        endAll(false);
        endAll(true);
        askDatabase(true);
        save();
        store.close();
    }

    private void start(Supervised member) {
        try {
            member.start(ticker.nanos());
        } catch (RuntimeException e) {
            log.atError().addKeyValue("process", member.name()).setCause(e).log("process does not start");
        }
        save();
    }

    private void look() {
        for (Supervised member : members) {
            long pid = member.ended(ticker.nanos());
            if (pid != 0) {
                uncertified.add(new Death(member.member().service(), pid));
                nextDatabaseNanos = ticker.nanos();
                changed = true;
            }
        }
    }

    private void askDatabase(boolean last) {
        if (!last && ticker.nanos() - nextDatabaseNanos < 0 && !store.told()) {
            return;
        }
        nextDatabaseNanos = ticker.nanos() + WISHES_NANOS;
        try {
            while (!uncertified.isEmpty()) {
                Death death = uncertified.getFirst();
                store.certify(death.service(), death.pid());
                uncertified.removeFirst();
            }
            if (!last) {
                // Asked also where nobody obeys: a connection that is open and warm certifies sooner.
                Set<String> stopped = store.stopped();
                members.forEach(
                        member -> member.wish(stopped.contains(member.member().service())));
            }
            databaseMissing = false;
        } catch (SQLException e) {
            if (!databaseMissing) {
                log.atWarn().addKeyValue("reason", e.getMessage()).log("database does not answer");
            }
            databaseMissing = true;
        }
    }

    /** The services first, so that their roles are handed over while the broker still runs. */
    private void endAll(boolean last) throws InterruptedException {
        List<Supervised> group = members.stream()
                .filter(member -> member.member().endsLast() == last)
                .toList();
        group.forEach(Supervised::requestStop);
        long limit = ticker.nanos() + STOP_LIMIT_NANOS;
        boolean killed = false;
        while (group.stream().anyMatch(Supervised::running)) {
            look();
            askDatabase(false);
            pause();
            if (!killed && ticker.nanos() - limit > 0) {
                group.forEach(Supervised::kill);
                killed = true;
            }
        }
    }

    private void pause() throws InterruptedException {
        if (changed) {
            save();
        }
        if (wake.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            wake.drainPermits();
        }
    }

    private void save() {
        changed = false;
        Map<String, MemberRecord> records = new TreeMap<>();
        members.forEach(member -> records.put(member.name(), member.toRecord()));
        try {
            files.writeRecords(records);
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("cannot write the supervisor's records");
        }
    }
}
