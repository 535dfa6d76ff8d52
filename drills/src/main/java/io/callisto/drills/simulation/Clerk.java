package io.callisto.drills.simulation;

import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;

/** A role that works in the database only, as directors do: one fenced tick after the other. */
final class Clerk implements RoleDuty {
    private static final long PERIOD = 150 * World.MILLI;

    private final Script script;

    Clerk(Script script) {
        this.script = script;
    }

    @Override
    public void takeOver(Lease lease) {
        script.begin(this::tick);
    }

    private void tick() {
        script.fenced(
                "tick",
                (tables, tx) -> tx.change(next -> {
                    next.ticks.merge(script.lease().scope(), 1, Integer::sum);
                    return true;
                }),
                () -> script.later(PERIOD, this::tick));
    }

    @Override
    public int doWork(Lease lease) {
        return script.run(lease);
    }

    @Override
    public void close() {
        script.close();
    }
}
