package io.callisto.gateway.client;

import io.callisto.domain.Ticker;
import io.callisto.gateway.v1.LegLoad;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which gateway takes an agent's next leg: of those that were heard of lately and take legs, the one with the most room
 * in proportion to its size. Fed with what the watches tell, which is something new at least every second; so a gateway
 * that is frozen or gone is left out soon, without a call to it. Thread-safe.
 */
public final class GatewayLoads {
    /** Two batches of a watch that do not come, and the time that the third takes. */
    public static final Duration SILENCE = Duration.ofMillis(2_500);

    private record Heard(LegLoad load, long atNanos, int chosenSince) {}

    private final Gateways gateways;
    private final Ticker ticker;
    private final Map<String, Heard> byId = new HashMap<>();

    public GatewayLoads(Gateways gateways, Ticker ticker) {
        this.gateways = gateways;
        this.ticker = ticker;
    }

    /** A batch or a list has come from the gateway. */
    public synchronized void heard(String gatewayId, LegLoad load) {
        byId.put(gatewayId, new Heard(load, ticker.nanos(), 0));
    }

    /** The watch of the gateway has ended, or a call has failed. */
    public synchronized void lost(String gatewayId) {
        byId.remove(gatewayId);
    }

    /** Whether it was heard of lately. */
    public synchronized boolean alive(String gatewayId) {
        Heard heard = byId.get(gatewayId);
        return heard != null && ticker.nanos() - heard.atNanos() <= SILENCE.toNanos();
    }

    /** The gateway for a new leg; each choice counts as one leg until the gateway tells its load again. */
    public synchronized Optional<String> choose() {
        return choose(Set.of());
    }

    /**
     * The gateway for a new leg.
     *
     * @param without gateways that have just refused one
     */
    public synchronized Optional<String> choose(Set<String> without) {
        String best = null;
        double most = 0;
        List<String> ids = gateways.addresses().stream().map(GatewayAddress::id).toList();
        for (String id : ids) {
            double room = without.contains(id) ? 0 : room(id);
            if (room > most) {
                best = id;
                most = room;
            }
        }
        if (best != null) {
            byId.computeIfPresent(
                    best, (id, heard) -> new Heard(heard.load(), heard.atNanos(), heard.chosenSince() + 1));
        }
        return Optional.ofNullable(best);
    }

    /** Free share of its ports, 0 where it takes no legs. */
    private double room(String id) {
        Heard heard = byId.get(id);
        if (heard == null || !alive(id) || heard.load().getDraining()) {
            return 0;
        }
        int free = heard.load().getLegCapacity() - heard.load().getLiveLegs() - heard.chosenSince();
        return free / (double) heard.load().getLegCapacity();
    }
}
