package io.callisto.benchmarks.failover;

import io.callisto.server.process.Pause;
import java.util.function.BooleanSupplier;

/**
 * The work of the role in a worker, for contenders whose library runs it until it ends.
 *
 * @param effects where to leave effects
 * @param worker who we are
 */
record Role(JdbcEffectStore effects, String worker) {
    static final long EVERY_MILLIS = 25;

    /** Works as long as the contender's own check says yes. */
    void work(BooleanSupplier owner) {
        try {
            while (owner.getAsBoolean()) {
                effects.act(worker);
                Pause.millis(EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
