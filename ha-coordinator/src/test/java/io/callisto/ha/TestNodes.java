package io.callisto.ha;

import io.callisto.db.TestDatabase;
import io.callisto.ha.CoordinatorSettings.Patience;
import io.callisto.ha.CoordinatorSettings.Peers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Coordinators of one test, closed at its end. */
final class TestNodes implements AutoCloseable {
    static final Patience QUICK =
            new Patience(true, Duration.ofMillis(600), Duration.ofSeconds(30), Duration.ofSeconds(1));

    private final TestDatabase database;
    private final List<LeaseCoordinator> open = new CopyOnWriteArrayList<>();

    TestNodes(TestDatabase database) {
        this.database = database;
    }

    LeaseCoordinator start(String server) {
        return start(server, QUICK, Clock.systemUTC());
    }

    LeaseCoordinator start(String server, Patience patience, Clock clock) {
        return start(server, "server", patience, clock, database.jdbcUrl());
    }

    LeaseCoordinator start(String server, String process, Patience patience, Clock clock, String url) {
        LeaseCoordinator coordinator = LeaseCoordinator.start(
                settings(server, process, patience, url, database.user(), database.password()),
                System::nanoTime,
                clock,
                UUID::randomUUID);
        open.add(0, coordinator);
        return coordinator;
    }

    static CoordinatorSettings settings(
            String server, String process, Patience patience, String url, String user, String password) {
        return new CoordinatorSettings(
                server,
                process,
                ProcessHandle.current().pid(),
                new DatabaseAddress(url, user, password),
                "",
                "/callisto",
                TimingProfile.SMALL,
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Peers.LOCAL,
                patience);
    }

    @Override
    public void close() {
        open.forEach(LeaseCoordinator::close);
        open.clear();
    }
}
