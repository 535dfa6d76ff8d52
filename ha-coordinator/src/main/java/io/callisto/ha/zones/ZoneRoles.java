package io.callisto.ha.zones;

import io.callisto.domain.ZoneId;
import io.callisto.ha.Candidacy;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceHandle;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This JVM's candidacies for one role of the zones. Thread-safe. */
final class ZoneRoles implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ZoneRoles.class);

    private final ServiceHandle handle;
    private final ZoneRole role;
    private final Map<ZoneId, Candidacy> standing = new ConcurrentHashMap<>();
    private boolean closed;

    ZoneRoles(ServiceHandle handle, ZoneRole role) {
        this.handle = handle;
        this.role = role;
    }

    /** Stands for zones that are new, and no longer for those that are gone. */
    synchronized void standFor(List<ZoneId> zones) {
        if (closed) {
            return;
        }
        for (ZoneId zone : zones) {
            if (!standing.containsKey(zone)) {
                Candidacy candidacy = stand(zone);
                standing.put(zone, candidacy);
                log.atInfo().addKeyValue("scope", candidacy.scope()).log("standing for the role of a zone");
            }
        }
        for (ZoneId zone : List.copyOf(standing.keySet())) {
            if (!zones.contains(zone)) {
                Candidacy candidacy = Objects.requireNonNull(standing.remove(zone));
                candidacy.close();
                log.atInfo().addKeyValue("scope", candidacy.scope()).log("zone is gone");
            }
        }
    }

    private Candidacy stand(ZoneId zone) {
        Scope scope = role.scope().apply(zone);
        return handle.standFor(
                scope,
                role.idle(),
                role.failBack(),
                (lease, wakeUp) -> role.duties().create(zone, () -> handOver(zone)));
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
