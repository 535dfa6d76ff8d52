package io.callisto.agents.zones;

import io.callisto.domain.ZoneId;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent manager of one zone: a fenced tick each time it is asked, and with it the orders that wait, those included
 * that were given while the zone had no owner. Used by the role's thread only.
 */
final class ZoneDuty implements RoleDuty {
    private static final Logger log = LoggerFactory.getLogger(ZoneDuty.class);
    private static final ZoneCommands.Result NOTHING = new ZoneCommands.Result(0, false);

    private final FencedTransaction fenced;
    private final JdbcTickStore tickStore;
    private final ZoneCommands commands;
    private final ZoneId zone;
    private final Runnable handOver;
    private final ZonesMetrics metrics;
    private boolean serving;
    private boolean ticked;
    private boolean leaving;

    /**
     * @param handOver lets another server have the zone; may do nothing when called too early, then it is called again
     */
    ZoneDuty(
            FencedTransaction fenced,
            JdbcTickStore tickStore,
            ZoneCommands commands,
            ZoneId zone,
            Runnable handOver,
            ZonesMetrics metrics) {
        this.fenced = fenced;
        this.tickStore = tickStore;
        this.commands = commands;
        this.zone = zone;
        this.handOver = handOver;
        this.metrics = metrics;
    }

    @Override
    public void takeOver(Lease lease) {
        serving = true;
        metrics.tookOver();
        log.atInfo()
                .addKeyValue("zone", zone)
                .addKeyValue("epoch", lease.epoch())
                .log("agent manager is here");
    }

    @Override
    public int doWork(Lease lease) {
        if (leaving) {
            handOver.run();
            return 0;
        }
        ZoneCommands.Result result = fenced.run(lease, jdbc -> {
            Optional<Boolean> orders = tickStore.tick(jdbc, lease, zone);
            ticked = orders.isPresent();
            return orders.orElse(false) ? commands.apply(jdbc, lease) : NOTHING;
        });
        if (ticked) {
            metrics.ticked();
        }
        if (result.leaves()) {
            leaving = true;
            metrics.moved();
            log.atInfo().addKeyValue("zone", zone).log("zone is handed over");
            handOver.run();
        }
        // A tick is not more work: the next one is due after the idle time.
        return result.settled();
    }

    @Override
    public String firstWork() {
        return "zone tick";
    }

    @Override
    public boolean firstWorkDone(int done) {
        return ticked;
    }

    @Override
    public void close() {
        if (serving) {
            serving = false;
            metrics.left();
        }
    }
}
