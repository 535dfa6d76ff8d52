package io.callisto.server.cluster;

import io.callisto.db.embedded.EmbeddedPostgres;
import io.callisto.db.embedded.EmbeddedPostgresException;
import io.callisto.domain.Ticker;
import io.callisto.server.process.Pause;
import io.callisto.server.process.ProcessFailure;
import io.callisto.server.process.ProcessIdentity;
import io.callisto.server.process.ProcessLauncher;
import io.callisto.server.process.ProcessSpec;
import io.callisto.server.supervisor.MemberRecord;
import io.callisto.server.supervisor.SupervisorFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Brings a cluster up: adopts what runs, starts what does not, all at once, and waits until everything does its work.
 * Where it
 * fails, what it started itself is stopped again. Used once, by one thread.
 */
final class Startup {
    private static final long PORT_LIMIT_MILLIS = 2_000;
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Duration REPEAT = Duration.ofSeconds(5);
    private static final int HOPELESS_FAILURES = 4;

    private final ClusterFiles files;
    private final ProcessLauncher launcher;
    private final Ticker ticker;
    private final Consumer<String> progress;
    private final List<String> started = new ArrayList<>();
    private final List<String> outdated = new ArrayList<>();
    private final long beganNanos;
    private ClusterState state;
    private CompletableFuture<Void> postgres = CompletableFuture.completedFuture(null);
    private boolean startedPostgres;

    Startup(
            ClusterFiles files,
            ClusterState state,
            ProcessLauncher launcher,
            Ticker ticker,
            Consumer<String> progress) {
        this.files = files;
        this.state = state;
        this.launcher = launcher;
        this.ticker = ticker;
        this.progress = progress;
        this.beganNanos = ticker.nanos();
    }

    void run() {
        bringUp();
        renew();
    }

    private void bringUp() {
        try {
            ClusterPlan plan = new ClusterPlan(state, files);
            postgres = startPostgres(plan);
            plan.infrastructure().keySet().forEach(spec -> ensure(spec, plan.portsOf(spec.name())));
            ServerPlan servers = new ServerPlan(state, files);
            servers.names().forEach(server -> ensureServer(servers, server));
            if (!started.isEmpty()) {
                progress.accept("started " + String.join(", ", started) + (startedPostgres ? ", postgres" : ""));
            }
            postgres.join();
            await();
        } catch (CompletionException e) {
            undo();
            throw new ClusterFailure(message(e.getCause() == null ? e : e.getCause()), e);
        } catch (ClusterFailure | EmbeddedPostgresException | ProcessFailure e) {
            undo();
            throw new ClusterFailure(message(e), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Only one part, without waiting for others. */
    void part(String name) {
        ClusterPlan plan = new ClusterPlan(state, files);
        ServerPlan servers = new ServerPlan(state, files);
        try {
            if (name.equals("postgres")) {
                plan.postgres(launcher.log(name)).start();
            } else if (servers.names().contains(name)) {
                ensureServer(servers, name);
            } else {
                ProcessSpec spec = plan.infrastructure().keySet().stream()
                        .filter(known -> known.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new ClusterFailure("the cluster in " + files.home() + " has no " + name));
                ensure(spec, plan.portsOf(name));
            }
        } catch (EmbeddedPostgresException | ProcessFailure e) {
            throw new ClusterFailure(message(e), e);
        }
    }

    private static String message(Throwable e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private CompletableFuture<Void> startPostgres(ClusterPlan plan) {
        if (!plan.embeddedDatabase()) {
            return CompletableFuture.completedFuture(null);
        }
        EmbeddedPostgres server = plan.postgres(launcher.log("postgres"));
        startedPostgres = server.pid().isEmpty();
        return CompletableFuture.runAsync(server::start);
    }

    private void ensureServer(ServerPlan servers, String server) {
        boolean ran = running(server).isPresent();
        if (!ran) {
            moveRestPort(server);
        }
        boolean changed =
                new SupervisorFiles(files.home(), server).writePlan(new ServerPlan(state, files).plan(server));
        ensure(servers.supervisor(server, files.home()), List.of());
        if (ran && changed) {
            outdated.add(server);
        }
    }

    /**
     * Servers that ran before with settings that have changed since, such as the addresses of others: one after
     * another,
     * so that there is always one to take over.
     */
    private void renew() {
        ServerPlan servers = new ServerPlan(state, files);
        if (servers.names().size() == 1) {
            outdated.forEach(server -> progress.accept(
                    server + " goes on with its earlier settings; to apply new ones: callisto down, then up"));
            return;
        }
        try {
            for (String server : outdated) {
                progress.accept("restarting " + server + ", whose settings have changed");
                new Shutdown(files, state, launcher, progress).only(List.of(server), false);
                save(state.withoutProcess(server));
                ensure(servers.supervisor(server, files.home()), List.of());
                await();
            }
        } catch (ProcessFailure e) {
            throw new ClusterFailure(message(e), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static ClusterFailure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ClusterFailure("interrupted; what was started goes on, see: callisto status", e);
    }

    private void ensure(ProcessSpec spec, List<Integer> ports) {
        Optional<ProcessIdentity> found = running(spec.name());
        if (found.isPresent()) {
            save(state.withProcess(spec.name(), found.get()));
            return;
        }
        ports.forEach(port -> requireFree(spec.name(), port));
        Process process = launcher.start(spec, state.hostOf(spec.name()).enter());
        started.add(spec.name());
        save(state.withProcess(spec.name(), ProcessIdentity.of(process.toHandle())));
    }

    private Optional<ProcessIdentity> running(String name) {
        ProcessIdentity recorded = state.processes().get(name);
        if (recorded != null && recorded.alive()) {
            return Optional.of(recorded);
        }
        // What nobody recorded was left by a start that was killed, and may have had other settings.
        launcher.find(name).ifPresent(stranger -> {
            progress.accept("stopping " + name + ", which an interrupted start left behind");
            ProcessLauncher.stop(stranger, 25);
        });
        return Optional.empty();
    }

    /** People read REST's port from the table, so it may change; a supervisor's orphan keeps it. */
    private void moveRestPort(String server) {
        String purpose = server + "-rest";
        int before = state.port(purpose);
        if (PortBook.free(state.hostOf(server), before)
                || launcher.find(server + "-server").isPresent()
                || launcher.find(server + "-console").isPresent()) {
            return;
        }
        Map<String, Integer> others = new TreeMap<>(state.ports());
        others.remove(purpose);
        PortBook book = new PortBook(files.home(), state::hostOf, others);
        book.needRest(purpose, 0);
        save(state.withPorts(book.ports()));
        progress.accept("port " + before + " is in use by another program: REST of " + server + " moves to port "
                + state.port(purpose));
    }

    /** A part that was killed a moment ago may still have its port while the system clears it away. */
    private void requireFree(String what, int port) {
        boolean free;
        try {
            free = Pause.until(PORT_LIMIT_MILLIS, 20, () -> PortBook.free(state.hostOf(what), port));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            free = false;
        }
        if (!free) {
            throw new ClusterFailure(
                    "port " + port + " of " + what + " is in use by another program. Stop that program, "
                            + "or give the part another port in " + files.home().resolve("cluster.json"));
        }
    }

    private void save(ClusterState newest) {
        state = newest;
        files.save(newest);
    }

    private void await() throws InterruptedException {
        StatusReader reader = new StatusReader(files, state, launcher);
        String said = "";
        long saidNanos = ticker.nanos();
        while (true) {
            List<ClusterStatus.ProcessStatus> all = reader.processes();
            List<String> waiting = all.stream()
                    .filter(process -> !process.ready())
                    .map(ClusterStatus.ProcessStatus::name)
                    .toList();
            failIfHopeless(all);
            if (waiting.isEmpty()) {
                return;
            }
            String line = "waiting for " + String.join(", ", waiting);
            long now = ticker.nanos();
            if (!line.equals(said) || now - saidNanos > REPEAT.toNanos()) {
                progress.accept(String.format(java.util.Locale.ROOT, "%5.1f s  %s", seconds(now), line));
                said = line;
                saidNanos = now;
            }
            if (now - beganNanos > LIMIT.toNanos()) {
                throw new ClusterFailure("not ready after " + LIMIT.toSeconds() + " s: " + line + "\nLogs: "
                        + files.home().resolve("logs"));
            }
            Pause.millis(200);
        }
    }

    private double seconds(long now) {
        return (now - beganNanos) / 1e9;
    }

    private void failIfHopeless(List<ClusterStatus.ProcessStatus> all) {
        for (ClusterStatus.ProcessStatus process : all) {
            if (process.state().equals("DEAD") && state.processes().containsKey(process.name())) {
                throw ended(process.name());
            }
        }
        for (String server : new ServerPlan(state, files).names()) {
            new SupervisorFiles(files.home(), server).records().forEach((name, record) -> {
                if (hopeless(record)) {
                    throw ended(name);
                }
            });
        }
    }

    private static boolean hopeless(MemberRecord record) {
        return record.failures() >= HOPELESS_FAILURES
                && (record.process() == null || !record.process().alive());
    }

    private ClusterFailure ended(String name) {
        String tail = launcher.logTail(name);
        String reason = tail.contains("No space left on device")
                ? "the disk is full. Free some space, then try again; what was acknowledged is safe."
                : tail.contains("Address already in use") ? "its port is in use by another program." : "it ended.";
        return new ClusterFailure(
                name + " does not start: " + reason + "\nEnd of " + launcher.log(name) + ":\n" + tail);
    }

    /** Leaves nothing behind of a start that failed. */
    private void undo() {
        // A start in flight would leave its server behind.
        boolean up = postgres.handle((done, failure) -> failure == null).join();
        new Shutdown(files, state, launcher, progress).only(started, startedPostgres && up);
    }
}
