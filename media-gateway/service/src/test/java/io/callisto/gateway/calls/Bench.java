package io.callisto.gateway.calls;

import io.callisto.domain.AttemptId;
import io.callisto.domain.PhoneNumber;
import io.callisto.gateway.HandClock;
import io.callisto.gateway.events.CallStream;
import io.callisto.gateway.fence.Tickets;
import io.callisto.gateway.registry.Registry;
import io.callisto.gateway.registry.RegistryIdentity;
import io.callisto.gateway.registry.SpaceReservation;
import io.callisto.gateway.simulator.BehaviourProperties;
import io.callisto.gateway.simulator.ForcedOutcomes;
import io.callisto.gateway.simulator.Simulator;
import io.callisto.gateway.v1.CallEventBatch;
import io.callisto.gateway.v1.CallState;
import io.callisto.gateway.v1.PlaceResult;
import io.callisto.gateway.v1.RegistryEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An exchange over a registry on disk, with time in the hand of the test. */
final class Bench implements AutoCloseable {
    static final int TTL_MILLIS = 5_000;
    static final int CAPACITY = 10;

    /** Everyone talks for 10 s after 1 s of dialing and 5 s of ringing, unless the number says otherwise. */
    private static final BehaviourProperties STEADY = new BehaviourProperties(
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10));

    final HandClock clock = new HandClock();
    final Path directory;
    final Registry registry;
    final Exchange exchange;
    final int lost;

    Bench(Path directory) {
        this(directory, SpaceReservation.ZEROS);
    }

    Bench(Path directory, SpaceReservation space) {
        this.directory = directory;
        CallBook book = new CallBook();
        this.registry = Registry.open(directory, new RegistryIdentity(4711, 1), book, space, clock, 64 * 1024);
        this.exchange = new Exchange(
                book,
                registry,
                new Simulator(STEADY, new ForcedOutcomes(Map.of("1", "busy", "2", "no-answer")), 1),
                new Tickets(registry.run(), clock),
                clock,
                clock,
                new ExchangeSettings(CAPACITY, 1));
        this.lost = exchange.endLost();
    }

    /** The directory as the death of the process would leave it now, opened again. */
    Bench crash(Path copy) {
        try {
            Files.createDirectory(copy);
            Files.copy(directory.resolve("registry.log"), copy.resolve("registry.log"));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
        return new Bench(copy);
    }

    List<PlaceResult> place(String scope, long epoch, int... ids) {
        return placeWith(scope, epoch, exchange.ticket(), 4711, ids);
    }

    List<PlaceResult> placeWith(String scope, long epoch, long ticket, long incarnation, int... ids) {
        List<CallOrder> calls = Arrays.stream(ids)
                .mapToObj(id -> new CallOrder(id(id), number(id), Duration.ofSeconds(30), incarnation))
                .toList();
        return exchange.place(new PlaceOrder(scope, epoch, TTL_MILLIS, ticket, calls))
                .results();
    }

    CallState resolve(String scope, long epoch, int id) {
        return exchange.resolve(scope, epoch, List.of(id(id))).calls().get(0);
    }

    void advance(Duration duration) {
        clock.advance(duration);
        exchange.tick();
    }

    List<RegistryEntry> list(String prefix) {
        List<RegistryEntry> all = new ArrayList<>();
        try (RegistryListing listing = exchange.list(prefix)) {
            List<RegistryEntry> batch = listing.next();
            while (!batch.isEmpty()) {
                all.addAll(batch);
                batch = listing.next();
            }
        }
        return all;
    }

    static AttemptId id(int number) {
        return new AttemptId(new UUID(0x0190_0000_0000_7000L, number));
    }

    /** Ends in the id's last digit; 1 is busy, 2 does not answer. */
    static PhoneNumber number(int id) {
        return new PhoneNumber("+4930" + (1_000_000 + id));
    }

    @Override
    public void close() {
        registry.close();
    }

    /** Keeps what it is sent. */
    static final class Stream implements CallStream {
        final List<CallEventBatch> batches = new ArrayList<>();
        boolean ready = true;

        @Nullable
        End end;

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public void send(CallEventBatch batch) {
            batches.add(batch);
        }

        @Override
        public void end(End why) {
            end = why;
        }

        List<CallState> states() {
            return batches.stream()
                    .flatMap(batch -> batch.getCallsList().stream())
                    .toList();
        }
    }
}
