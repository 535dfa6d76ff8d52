package io.callisto.manager.dialing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of the scope that are not final; exactly the rows of the database. Bounded by the strategy's most
 * calls.
 */
final class InFlight {
    private final Map<UUID, LiveAttempt> attempts = new LinkedHashMap<>();
    private final Map<String, Integer> perGateway = new HashMap<>();
    private long entered;
    private long placed;

    void put(LiveAttempt attempt) {
        if (attempts.put(attempt.id(), attempt) == null) {
            perGateway.merge(attempt.gatewayId(), 1, Integer::sum);
            entered++;
        }
    }

    /** How many attempts have come in since the takeover, those taken over included. */
    long reservedSoFar() {
        return entered;
    }

    /** A gateway has taken a call. */
    void placed() {
        placed++;
    }

    /** How many calls the gateways have taken since the takeover. */
    long placedSoFar() {
        return placed;
    }

    void remove(UUID id) {
        LiveAttempt gone = attempts.remove(id);
        if (gone != null) {
            perGateway.merge(gone.gatewayId(), -1, Integer::sum);
        }
    }

    @Nullable
    LiveAttempt find(UUID id) {
        return attempts.get(id);
    }

    int size() {
        return attempts.size();
    }

    int at(String gatewayId) {
        return perGateway.getOrDefault(gatewayId, 0);
    }

    /** A copy: the ids of what is in flight at a gateway. */
    List<UUID> idsAt(String gatewayId) {
        List<UUID> ids = new ArrayList<>();
        for (LiveAttempt attempt : attempts.values()) {
            if (attempt.gatewayId().equals(gatewayId)) {
                ids.add(attempt.id());
            }
        }
        return ids;
    }

    Collection<LiveAttempt> all() {
        return Collections.unmodifiableCollection(attempts.values());
    }

    /** Asks later: the gateway has just told of the call. */
    void extend(UUID id, long deadlineNanos) {
        attempts.computeIfPresent(
                id, (key, attempt) -> attempt.moved(attempt.state(), attempt.version(), deadlineNanos));
    }
}
