package io.callisto.director.imports;

import io.callisto.domain.ZoneId;
import io.callisto.ha.Candidacy;
import io.callisto.ha.FailBack;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceHandle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This JVM's candidacies for the directors of the zones. Thread-safe. */
final class ZoneDirectors implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ZoneDirectors.class);

    private final ServiceHandle handle;
    private final Duration idle;
    private final FailBack failBack;
    private final BiFunction<ZoneId, Runnable, RoleDuty> duties;
    private final Map<ZoneId, Candidacy> standing = new ConcurrentHashMap<>();
    private boolean closed;

    /**
     * @param duties given a zone and what lets another server have it
     */
    ZoneDirectors(
            ServiceHandle handle, Duration idle, FailBack failBack, BiFunction<ZoneId, Runnable, RoleDuty> duties) {
        this.handle = handle;
        this.idle = idle;
        this.failBack = failBack;
        this.duties = duties;
    }

    /** Stands for zones that are new, and no longer for those that are gone. */
    synchronized void standFor(List<ZoneId> zones) {
        if (closed) {
            return;
        }
        for (ZoneId zone : zones) {
            if (!standing.containsKey(zone)) {
                standing.put(zone, stand(zone));
                log.atInfo().addKeyValue("zone", zone).log("standing for zone director");
            }
        }
        for (ZoneId zone : List.copyOf(standing.keySet())) {
            if (!zones.contains(zone)) {
                Objects.requireNonNull(standing.remove(zone)).close();
                log.atInfo().addKeyValue("zone", zone).log("zone is gone");
            }
        }
    }

    private Candidacy stand(ZoneId zone) {
        return handle.standFor(
                Scope.director(zone), idle, failBack, (lease, wakeUp) -> duties.apply(zone, () -> handOver(zone)));
    }

    /** Does nothing while the candidacy is only being made: the duty asks again. */
    private void handOver(ZoneId zone) {
        Candidacy candidacy = standing.get(zone);
        if (candidacy != null) {
            candidacy.handOver();
        }
    }

    /**
     * Wakes the duty of a scope. Takes no lock: the thread that brings the news must not wait for a role that is handed
     * over.
     *
     * @param scope as NOTIFY tells it; empty: all of them
     */
    void wakeUp(String scope) {
        for (Candidacy candidacy : standing.values()) {
            if (scope.isEmpty() || candidacy.scope().value().equals(scope)) {
                candidacy.wakeUp();
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        standing.values().forEach(Candidacy::close);
        standing.clear();
    }
}
