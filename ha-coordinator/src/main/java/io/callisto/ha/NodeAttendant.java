package io.callisto.ha;

import io.callisto.domain.Ticker;
import io.callisto.ha.NodeStore.Node;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, on every new connection and then now and again, whether this node may own anything at all: not beside a twin
 * of the same name that was there before, and not on a database that a newer program has migrated. Measures its clock
 * against the database's. Used by the lease thread; the answers may be read by any.
 */
final class NodeAttendant implements LeaseAttendant {
    private static final Logger log = LoggerFactory.getLogger(NodeAttendant.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration EVERY_WHILE_BARRED = Duration.ofSeconds(1);

    private final Node node;
    private final String schema;
    private final SeatKeeper keeper;
    private final Clock clock;
    private final Duration skewLimit;
    private final Ticker ticker;
    private final CompletableFuture<UUID> cluster = new CompletableFuture<>();
    private volatile String barredBecause = "";
    private volatile ClockSkew skew = ClockSkew.UNKNOWN;
    private long nextNanos;

    NodeAttendant(Node node, String schema, SeatKeeper keeper, Clock clock, Duration skewLimit, Ticker ticker) {
        this.node = node;
        this.schema = schema;
        this.keeper = keeper;
        this.clock = clock;
        this.skewLimit = skewLimit;
        this.ticker = ticker;
        this.nextNanos = ticker.nanos();
    }

    /** This database's cluster, as soon as it is known. */
    CompletableFuture<UUID> cluster() {
        return cluster;
    }

    /** Why this node stands for nothing; empty where it may. Thread-safe. */
    String barredBecause() {
        return barredBecause;
    }

    /** Thread-safe. */
    ClockSkew skew() {
        return skew;
    }

    @Override
    public void opened(LeaseSession session) {
        session.presence().ifPresent(presence -> {
            enter(presence);
            measure(presence);
        });
        nextNanos = ticker.nanos() + (barredBecause.isEmpty() ? EVERY : EVERY_WHILE_BARRED).toNanos();
    }

    @Override
    public void work(LeaseSession session) {
        if (ticker.nanos() - nextNanos >= 0) {
            opened(session);
        }
    }

    private void enter(PresenceStore presence) {
        PresenceStore.Entry entry = presence.enter(node.id(), schema);
        cluster.complete(entry.cluster());
        String why = "";
        if (SchemaVersion.newer(entry.schema(), schema)) {
            why = "the database has schema " + entry.schema() + ", this program knows schema " + schema
                    + " at most: start this server with the newer program";
        } else if (entry.olderTwin().isPresent()) {
            why = "another process is running as " + node.process() + " of server " + node.server() + " (node "
                    + entry.olderTwin().get() + "): give this one another callisto.server-name, or stop the other";
        }
        boolean changed = why.isEmpty() != barredBecause.isEmpty();
        if (changed) {
            presence.standing(node.id(), why.isEmpty());
        }
        keeper.bar(!why.isEmpty());
        if (changed && why.isEmpty()) {
            log.atInfo().addKeyValue("node", node.id()).log("this process may own scopes now");
        } else if (!why.isEmpty() && !why.equals(barredBecause)) {
            log.atError()
                    .addKeyValue("node", node.id())
                    .addKeyValue("reason", why)
                    .log("this process stands for nothing");
        }
        barredBecause = why;
    }

    private void measure(PresenceStore presence) {
        long before = clock.millis();
        long database = presence.now().toEpochMilli();
        ClockSkew now = ClockSkew.measured(before, database, clock.millis(), skewLimit);
        boolean was = skew.beyond();
        skew = now;
        presence.tellSkew(node.id(), now.millis());
        if (now.beyond() != was) {
            (now.beyond() ? log.atWarn() : log.atInfo())
                    .addKeyValue("skewMillis", now.millis())
                    .addKeyValue("limit", skewLimit)
                    .log(
                            now.beyond()
                                    ? "this server's clock is far from the database's: set it right, calling hours"
                                            + " depend on it"
                                    : "this server's clock is near the database's again");
        }
    }
}
