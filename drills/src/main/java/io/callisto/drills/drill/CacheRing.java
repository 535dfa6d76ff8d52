package io.callisto.drills.drill;

import io.callisto.drills.api.ApiFailure;
import io.callisto.drills.api.CallistoApi;
import io.callisto.drills.history.Aspect;
import io.callisto.drills.history.Violation;
import io.callisto.drills.load.Patience;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether the cache nodes of all servers form one ring again: each must see as many as there are servers. */
final class CacheRing {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final Stage stage;

    CacheRing(Stage stage) {
        this.stage = stage;
    }

    List<Violation> check() {
        int wanted = stage.servers().size();
        if (Patience.until(LIMIT, () -> seen().values().stream().allMatch(count -> count == wanted))) {
            return List.of();
        }
        return List.of(new Violation(
                Aspect.LIVENESS,
                "the cache is not one ring of " + wanted + " after " + LIMIT.toSeconds() + " s; each server sees "
                        + seen()));
    }

    private Map<String, Integer> seen() {
        Map<String, Integer> seen = new LinkedHashMap<>();
        stage.apis().forEach((server, api) -> seen.put(server, count(api)));
        return seen;
    }

    private static int count(CallistoApi api) {
        try {
            return (int) Metrics.sum(api.text("/actuator/prometheus"), "callisto_cache_servers")
                    .orElse(-1);
        } catch (ApiFailure silent) {
            return -1;
        }
    }
}
