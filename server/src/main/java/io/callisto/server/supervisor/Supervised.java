package io.callisto.server.supervisor;

import io.callisto.server.process.ProcessIdentity;
import io.callisto.server.process.ProcessLauncher;
import io.callisto.server.process.ProcessSpec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process under supervision. Owned by the supervisor's thread. */
final class Supervised {
    private static final Logger log = LoggerFactory.getLogger(Supervised.class);

    private final SupervisorPlan.Member member;
    private final ProcessLauncher launcher;
    private final Runnable onExit;
    private @Nullable ProcessIdentity process;
    private boolean running;
    private boolean stopping;
    private boolean wishedStopped;
    private int failures;
    private long startedNanos;
    private long notBeforeNanos;

    Supervised(SupervisorPlan.Member member, ProcessLauncher launcher, Runnable onExit, long nowNanos) {
        this.member = member;
        this.launcher = launcher;
        this.onExit = onExit;
        this.startedNanos = nowNanos;
        this.notBeforeNanos = nowNanos;
    }

    SupervisorPlan.Member member() {
        return member;
    }

    String name() {
        return member.spec().name();
    }

    boolean running() {
        return running;
    }

    /**
     * Takes over what an earlier supervisor started; a recorded process that has died meanwhile is reported by the next
     * look.
     */
    void adopt(@Nullable MemberRecord before) {
        ProcessIdentity recorded = before == null ? null : before.process();
        ProcessIdentity found = launcher.find(name()).orElse(recorded);
        if (found != null) {
            process = found;
            running = true;
            if (!found.equals(recorded)) {
                requestStop(); // nobody knows with which settings it was started
            }
            found.handle().ifPresent(this::watch);
            log.atInfo()
                    .addKeyValue("process", name())
                    .addKeyValue("pid", found.pid())
                    .addKeyValue("alive", found.alive())
                    .log("process adopted");
        }
    }

    /** Only wakes the supervisor, which looks for itself. */
    private void watch(ProcessHandle handle) {
        CompletableFuture<Void> unused = handle.onExit().thenRun(onExit);
    }

    void wish(boolean stop) {
        wishedStopped = stop && member.obeysWish();
    }

    /** Whether it may run; the wish is the administrator's, the rest is the back-off. */
    boolean due(long nowNanos) {
        return !running && !wishedStopped && nowNanos - notBeforeNanos >= 0;
    }

    boolean mustStop() {
        return running && wishedStopped && !stopping;
    }

    void start(long nowNanos) {
        ProcessSpec spec = member.spec();
        Process started = launcher.start(spec);
        process = ProcessIdentity.of(started.toHandle());
        running = true;
        stopping = false;
        startedNanos = nowNanos;
        watch(started.toHandle());
        log.atInfo()
                .addKeyValue("process", name())
                .addKeyValue("pid", started.pid())
                .log("process started");
    }

    /** Tells the process to end; {@link #ended} sees it when it has. */
    void requestStop() {
        ProcessIdentity known = process;
        if (known != null) {
            stopping = true;
            known.handle().ifPresent(ProcessHandle::destroy);
        }
    }

    void kill() {
        ProcessIdentity known = process;
        if (known != null) {
            known.handle().ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** The id of the process where it has ended since the last look, else 0. */
    long ended(long nowNanos) {
        ProcessIdentity known = process;
        if (!running || known == null || known.alive()) {
            return 0;
        }
        running = false;
        Duration uptime = Duration.ofNanos(nowNanos - startedNanos);
        failures = stopping ? 0 : BackOff.failures(failures, uptime);
        Duration wait = stopping ? Duration.ZERO : BackOff.delay(failures);
        notBeforeNanos = nowNanos + wait.toNanos();
        log.atWarn()
                .addKeyValue("process", name())
                .addKeyValue("pid", known.pid())
                .addKeyValue("asked", stopping)
                .addKeyValue("restartMillis", wait.toMillis())
                .log("process ended");
        stopping = false;
        return known.pid();
    }

    MemberRecord toRecord() {
        return new MemberRecord(member.service(), process, failures, wishedStopped);
    }
}
