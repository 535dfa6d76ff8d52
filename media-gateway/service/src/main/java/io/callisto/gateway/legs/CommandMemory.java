package io.callisto.gateway.legs;

import io.callisto.gateway.v1.CommandResult;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What commands led to, by scope and id, for longer than any command lives: so an id that is forgotten is too late.
 * Guarded by the exchange's lock.
 */
final class CommandMemory {
    /** Longest ttl of a command. */
    static final int MAX_TTL_MILLIS = 60_000;

    /** Who asks again with a fresh ticket is answered with the first result for this long. */
    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(10);

    private record Seen(CommandResult result, long atNanos) {}

    private final Map<String, LinkedHashMap<UUID, Seen>> byScope = new HashMap<>();

    /** The first result of the command; null: it was not seen. */
    @Nullable
    CommandResult find(String scope, UUID command) {
        Map<UUID, Seen> seen = byScope.get(scope);
        Seen first = seen == null ? null : seen.get(command);
        return first == null ? null : first.result();
    }

    void keep(String scope, UUID command, CommandResult result, long nowNanos) {
        LinkedHashMap<UUID, Seen> seen = byScope.computeIfAbsent(scope, unknown -> new LinkedHashMap<>());
        Iterator<Seen> oldest = seen.values().iterator();
        while (oldest.hasNext() && nowNanos - oldest.next().atNanos() > KEPT_NANOS) {
            oldest.remove();
        }
        seen.putIfAbsent(command, new Seen(result, nowNanos));
    }
}
