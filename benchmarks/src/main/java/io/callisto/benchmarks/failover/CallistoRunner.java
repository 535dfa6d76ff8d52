package io.callisto.benchmarks.failover;

import io.callisto.db.embedded.EmbeddedPostgres;
import io.callisto.domain.Ticker;
import io.callisto.domain.TimeOrderedIds;
import io.callisto.ha.CoordinatorSettings;
import io.callisto.ha.DatabaseAddress;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.ha.LeaseCoordinator;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.Scope;
import io.callisto.ha.TimingProfile;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;

/** This product's coordinator, as every service uses it: a lease, a duty, fenced transactions. */
final class CallistoRunner implements Competitor {
    private final WorkerSettings settings;
    private final DataSource pool;
    private final Role role;

    CallistoRunner(WorkerSettings settings, DataSource pool, Role role) {
        this.settings = settings;
        this.pool = pool;
        this.role = role;
    }

    @Override
    public void start() {
        Ticker ticker = System::nanoTime;
        LeaseCoordinator coordinator = LeaseCoordinator.start(
                coordinatorSettings(), ticker, new TimeOrderedIds(Clock.systemUTC(), new SecureRandom()));
        FencedTransaction transaction = new FencedTransaction(pool, ticker);
        coordinator
                .register("bench")
                .standFor(
                        new Scope("bench/" + settings.contender().id()),
                        Duration.ofMillis(Role.EVERY_MILLIS),
                        (lease, wakeUp) -> new FencedEffects(transaction, role));
    }

    private CoordinatorSettings coordinatorSettings() {
        boolean small = settings.contender().name().contains("SMALL");
        return new CoordinatorSettings(
                settings.worker(),
                "bench",
                ProcessHandle.current().pid(),
                new DatabaseAddress(settings.jdbcUrl(), EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD),
                settings.zooKeeper(),
                "/callisto/" + settings.contender().id(),
                small ? TimingProfile.SMALL : TimingProfile.FAST,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }

    /** Leaves an effect at each piece of work, and says that there was nothing more to do. */
    private static final class FencedEffects implements RoleDuty {
        private final FencedTransaction transaction;
        private final Role role;

        FencedEffects(FencedTransaction transaction, Role role) {
            this.transaction = transaction;
            this.role = role;
        }

        @Override
        public void takeOver(Lease lease) {
            doWork(lease);
        }

        @Override
        public int doWork(Lease lease) {
            transaction.run(lease, jdbc -> {
                role.effects().act(jdbc, role.worker());
                return 0;
            });
            return 0;
        }

        @Override
        public void close() {}
    }
}
