package io.callisto.agents.zones;

import io.callisto.ha.Lease;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Carries out the orders to a zone's agent manager, in the order in which they were given. */
final class ZoneCommands {
    private static final Logger log = LoggerFactory.getLogger(ZoneCommands.class);

    /**
     * @param settled how many orders
     * @param leaves whether the zone must now be handed over
     */
    record Result(int settled, boolean leaves) {}

    private final JdbcCommandStore commands;
    private final String here;
    private final int batch;
    private final ZonesMetrics metrics;

    ZoneCommands(JdbcCommandStore commands, String here, int batch, ZonesMetrics metrics) {
        this.commands = commands;
        this.here = here;
        this.batch = batch;
        this.metrics = metrics;
    }

    /** Settles the oldest orders in the fenced transaction of {@code jdbc}. */
    Result apply(JdbcClient jdbc, Lease lease) {
        List<ZoneCommand> pending = commands.pending(jdbc, lease.scope(), batch);
        boolean leaves = false;
        for (ZoneCommand command : pending) {
            MoveDecision decision = MoveDecision.of(command, commands.facts(jdbc, lease, command, here));
            String to = command.to();
            if (decision.refusal() == null && to != null) {
                commands.allocate(jdbc, command, to);
                // The last order counts: moved away and back again is not moved.
                leaves = decision.leaves();
            }
            commands.settle(jdbc, lease, command, decision);
            metrics.settled(decision.refusal() == null);
            log.atInfo()
                    .addKeyValue("scope", lease.scope())
                    .addKeyValue("command", command.id())
                    .addKeyValue("kind", command.kind())
                    .addKeyValue("to", to)
                    .addKeyValue("refusal", decision.refusal())
                    .log("command settled");
        }
        return new Result(pending.size(), leaves);
    }
}
