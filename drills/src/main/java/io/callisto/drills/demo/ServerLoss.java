package io.callisto.drills.demo;

import io.callisto.drills.history.JdbcHistoryStore;
import io.callisto.drills.history.Owner;
import io.callisto.server.cluster.ClusterStatus.ProcessStatus;
import io.callisto.server.cluster.LocalCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Kills a server and watches its roles find new masters. Used by one thread. */
final class ServerLoss {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration FIRST_WORK_LIMIT = Duration.ofSeconds(5);
    private static final long LOOK_NANOS = 50_000_000;

    private final LocalCluster cluster;
    private final JdbcHistoryStore history;
    private final Map<UUID, String> servers = new HashMap<>();
    private @Nullable Instant brokerLiveAt;

    ServerLoss(LocalCluster cluster, JdbcHistoryStore history) {
        this.cluster = cluster;
        this.history = history;
    }

    /** The server that holds the scope. */
    String holderOf(String scope) {
        return await(
                "an owner of " + scope,
                () -> history.owners().stream()
                        .filter(owner -> owner.scope().equals(scope) && owner.held())
                        .map(Owner::server)
                        .findFirst());
    }

    /** Waits until the server holds the scope. */
    void awaitHolder(String scope, String server) {
        await(
                server + " to hold " + scope,
                () -> history.owners().stream()
                        .filter(owner -> owner.scope().equals(scope) && owner.held() && server.equals(owner.server()))
                        .findFirst());
    }

    /** {@code kill -9} of all that runs on the server, the supervisor first: nobody is to start it again. */
    Takeover kill(String server) {
        List<Owner> lost = history.owners().stream()
                .filter(owner -> owner.held() && server.equals(owner.server()))
                .toList();
        if (lost.isEmpty()) {
            throw new IllegalStateException(server + " holds no role");
        }
        Instant at = history.clock();
        processesOf(server).forEach(ServerLoss::kill);
        long end = System.nanoTime() + LIMIT.toNanos();
        Takeover takeover = look(server, at, lost);
        while (!takeover.complete()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("nobody took over " + takeover.missing() + " from " + server
                        + " within " + LIMIT.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK_NANOS);
            noteBroker(server);
            takeover = look(server, at, lost);
        }
        return takeover;
    }

    /** The same takeover, as it looks now. */
    Takeover lookAgain(Takeover before) {
        return look(before.server(), before.at(), before.lost());
    }

    /** Waits a moment for the first work of every new master: a role may have none to do. */
    Takeover awaitFirstWork(Takeover takeover) {
        long end = System.nanoTime() + FIRST_WORK_LIMIT.toNanos();
        Takeover now = lookAgain(takeover);
        while (!now.allAtWork() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            now = lookAgain(takeover);
        }
        return now;
    }

    /** The server whose message broker is live, where one says so. */
    List<String> liveBrokers() {
        return history.liveBrokers();
    }

    /** Waits until another server's message broker is live; returns the seconds since the loss. */
    double awaitBroker(Takeover takeover) {
        Instant live = await("a live message broker", () -> {
            noteBroker(takeover.server());
            return Optional.ofNullable(brokerLiveAt);
        });
        return Math.round(Duration.between(takeover.at(), live).toMillis() / 10.0) / 100.0;
    }

    /** Looked for while roles are awaited, or its time would be theirs. */
    private void noteBroker(String lost) {
        if (brokerLiveAt == null && history.liveBrokers().stream().anyMatch(server -> !server.equals(lost))) {
            brokerLiveAt = history.clock();
        }
    }

    private Takeover look(String server, Instant at, List<Owner> lost) {
        history.owners().forEach(owner -> {
            if (owner.node() != null && owner.server() != null) {
                servers.put(owner.node(), owner.server());
            }
        });
        return new Takeover(server, at, lost, history.transitionsSince(at), servers);
    }

    private List<Long> processesOf(String server) {
        return cluster.status().orElseThrow().servers().stream()
                .filter(one -> one.name().equals(server))
                .flatMap(one -> one.processes().stream())
                .sorted(Comparator.comparing(
                        (ProcessStatus process) -> !process.name().equals(server)))
                .map(ProcessStatus::pid)
                .filter(pid -> pid != null)
                .toList();
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    private static <T> T await(String what, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() - end < 0) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        throw new IllegalStateException("waited " + LIMIT.toSeconds() + " s in vain for " + what);
    }
}
