package io.callisto.director.zones;

import io.callisto.domain.ZoneId;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the rows of zones that are being deleted, once nobody owns them. Used by the role's thread only. */
public final class ZoneRemoval {
    private static final Logger log = LoggerFactory.getLogger(ZoneRemoval.class);

    private final FencedTransaction fenced;
    private final JdbcZoneRemovalStore store = new JdbcZoneRemovalStore();

    public ZoneRemoval(FencedTransaction fenced) {
        this.fenced = fenced;
    }

    /**
     * Removes what may go.
     *
     * @param lease of the common director
     * @return how many zones went
     */
    public int work(Lease lease) {
        List<ZoneId> removed = fenced.run(lease, jdbc -> {
            List<ZoneId> zones = store.removable(jdbc);
            zones.forEach(zone -> store.remove(jdbc, zone, lease.epoch()));
            return zones;
        });
        removed.forEach(zone -> log.atInfo().addKeyValue("zone", zone).log("zone deleted"));
        return removed.size();
    }
}
