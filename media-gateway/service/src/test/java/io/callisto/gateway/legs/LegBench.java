package io.callisto.gateway.legs;

import io.callisto.domain.AttemptId;
import io.callisto.domain.PhoneNumber;
import io.callisto.gateway.HandClock;
import io.callisto.gateway.calls.CallBook;
import io.callisto.gateway.calls.CallOrder;
import io.callisto.gateway.calls.Exchange;
import io.callisto.gateway.calls.ExchangeSettings;
import io.callisto.gateway.calls.PlaceOrder;
import io.callisto.gateway.client.AgentCommands;
import io.callisto.gateway.client.LegId;
import io.callisto.gateway.events.CallStream;
import io.callisto.gateway.fence.Tickets;
import io.callisto.gateway.registry.Registry;
import io.callisto.gateway.registry.RegistryIdentity;
import io.callisto.gateway.registry.SpaceReservation;
import io.callisto.gateway.simulator.BehaviourProperties;
import io.callisto.gateway.simulator.ForcedOutcomes;
import io.callisto.gateway.simulator.PhoneProperties;
import io.callisto.gateway.simulator.PhoneSimulator;
import io.callisto.gateway.simulator.Simulator;
import io.callisto.gateway.v1.AgentCommand;
import io.callisto.gateway.v1.BridgeChange;
import io.callisto.gateway.v1.BridgeState;
import io.callisto.gateway.v1.CallState;
import io.callisto.gateway.v1.CommandResult;
import io.callisto.gateway.v1.LegEvent;
import io.callisto.gateway.v1.LegEventBatch;
import io.callisto.gateway.v1.LegEventKind;
import io.callisto.gateway.v1.LegState;
import io.callisto.gateway.v1.PlaceResult;
import io.callisto.ha.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Both halves of a gateway over a registry on disk, with time in the hand of the test. */
final class LegBench implements AutoCloseable {
    static final String ZONE = "agent-manager/0";
    static final String OTHER_ZONE = "agent-manager/1";
    static final String JOB = "job/1/0";
    static final int LEG_CAPACITY = 8;
    static final Duration RING = Duration.ofSeconds(1);
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Duration TALK = Duration.ofSeconds(60);
    static final Duration MESSAGE = Duration.ofSeconds(6);
    /** From placing a call to its answer. */
    static final Duration ANSWER = Duration.ofSeconds(6);

    /** Customers answer after 1 s of dialing and 5 s of ringing and hold the line for 10 s; 1 at the end is busy. */
    private static final BehaviourProperties CUSTOMERS = new BehaviourProperties(
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
    final Switchboard switchboard;
    final LegBook book;
    final int lostLegs;
    private long commands;

    LegBench(Path directory) {
        this(directory, phones(0));
    }

    LegBench(Path directory, PhoneProperties phones) {
        this.directory = directory;
        CallBook calls = new CallBook();
        this.book = new LegBook(calls);
        this.registry = Registry.open(
                directory, new RegistryIdentity(4711, 1), book, SpaceReservation.ZEROS, clock, 256 * 1024);
        Tickets tickets = new Tickets(registry.run(), clock);
        this.exchange = new Exchange(
                calls,
                registry,
                new Simulator(CUSTOMERS, new ForcedOutcomes(Map.of("1", "busy")), 1),
                tickets,
                clock,
                clock,
                new ExchangeSettings(100, 1));
        this.switchboard = exchange.attach(
                control -> new Switchboard(control, book, new PhoneSimulator(phones, 1), tickets, LEG_CAPACITY));
        exchange.endLost();
        this.lostLegs = switchboard.endLost();
    }

    /** Agents' phones; 1 at a number's end is busy, 2 does not answer, 3 fails. */
    static PhoneProperties phones(double drop) {
        return new PhoneProperties(
                1,
                0,
                0,
                0,
                RING,
                RING,
                drop,
                Duration.ofSeconds(30),
                Duration.ofMillis(100),
                Duration.ofSeconds(30),
                PATIENCE,
                PATIENCE,
                TALK,
                TALK,
                Duration.ofMinutes(15),
                MESSAGE,
                Map.of("1", "busy", "2", "no-answer", "3", "network-failure"));
    }

    /** The directory as the death of the process would leave it now, opened again. */
    LegBench crash(Path copy) {
        try {
            Files.createDirectory(copy);
            registry.write(registry.position());
            Files.copy(directory.resolve("registry.log"), copy.resolve("registry.log"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new LegBench(copy);
    }

    UUID command() {
        return new UUID(77, ++commands);
    }

    CommandResult run(String scope, long epoch, AgentCommand command) {
        return switchboard
                .execute(new CommandOrder(scope, epoch, 5_000, exchange.ticket(), List.of(command)))
                .results()
                .get(0);
    }

    CommandResult run(AgentCommand command) {
        return run(ZONE, 1, command);
    }

    CommandResult nail(int leg) {
        return nail(leg, "100");
    }

    CommandResult nail(int leg, String number) {
        return run(AgentCommands.nailUp(command(), leg(leg), "agent" + leg, number, Duration.ofSeconds(10)));
    }

    /** Legs that are up. */
    void up(int... legs) {
        for (int leg : legs) {
            require(nail(leg), CommandResult.COMMAND_DONE);
        }
        advance(RING);
    }

    /** Places a call of the job. */
    void place(String scope, int call) {
        PlaceResult result = exchange.place(new PlaceOrder(
                        scope,
                        1,
                        5_000,
                        exchange.ticket(),
                        List.of(new CallOrder(
                                call(call),
                                new PhoneNumber("+4930" + (1_000_000 + call)),
                                Duration.ofSeconds(30),
                                4711))))
                .results()
                .get(0);
        if (result != PlaceResult.PLACED) {
            throw new AssertionError(result);
        }
    }

    CommandResult handOver(int call) {
        return run(JOB, 1, AgentCommands.handOver(command(), call(call), new Scope(ZONE)));
    }

    /** Calls of the job, answered and then handed over to the zone. */
    void received(int... calls) {
        exchange.announce(ZONE, 1);
        for (int call : calls) {
            place(JOB, call);
        }
        advance(Duration.ofSeconds(1));
        advance(Duration.ofSeconds(5));
        for (int call : calls) {
            require(handOver(call), CommandResult.COMMAND_DONE);
        }
    }

    CommandResult bridge(int leg, int call) {
        return run(AgentCommands.bridge(command(), leg(leg), call(call)));
    }

    CommandResult consult(int call, int leg) {
        return run(AgentCommands.consult(command(), call(call), leg(leg)));
    }

    CommandResult change(int call, BridgeChange change) {
        return run(AgentCommands.change(command(), call(call), change));
    }

    CommandResult drop(int leg) {
        return run(AgentCommands.drop(command(), leg(leg)));
    }

    void advance(Duration duration) {
        clock.advance(duration);
        exchange.tick();
    }

    /** Lets time pass in small steps, so that what follows from one move has its own time. */
    void pass(Duration duration) {
        for (long millis = 0; millis < duration.toMillis(); millis += 500) {
            advance(Duration.ofMillis(500));
        }
    }

    /** Everything that has happened is on disk and sent. */
    void settle() {
        registry.sync(registry.position());
        exchange.tick();
    }

    LegState resolve(int leg) {
        return switchboard.resolve(ZONE, 1, List.of(leg(leg))).getLegs(0);
    }

    CallState resolveCall(int call) {
        return exchange.resolve(JOB, 1, List.of(call(call))).calls().get(0);
    }

    /** The only bridge of the zone. */
    BridgeState bridgeNow() {
        return switchboard.list(ZONE, 1).getBridges(0);
    }

    /** Everything the zone was told so far. */
    List<LegEvent> events() {
        return events(ZONE, 0);
    }

    List<LegEvent> events(String scope, long after) {
        Stream stream = new Stream();
        long epoch = exchange.announce(scope, 1).highestEpoch();
        Switchboard.Subscription subscription = switchboard.watch(scope, epoch, OptionalLong.of(after), stream);
        if (subscription == null) {
            throw new AssertionError("not watched");
        }
        settle();
        switchboard.unwatch(subscription);
        return stream.events();
    }

    List<LegEventKind> kinds() {
        return events().stream().map(LegEvent::getKind).toList();
    }

    static LegId leg(int number) {
        return new LegId(new UUID(0x0190_0000_0000_7001L, number));
    }

    static AttemptId call(int number) {
        return new AttemptId(new UUID(0x0190_0000_0000_7000L, number));
    }

    private static void require(CommandResult result, CommandResult wanted) {
        if (result != wanted) {
            throw new AssertionError(result);
        }
    }

    @Override
    public void close() {
        registry.close();
    }

    /** Keeps what it is sent. */
    static final class Stream implements LegStream {
        final List<LegEventBatch> batches = new ArrayList<>();
        boolean ready = true;

        CallStream.@Nullable End end;

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public void send(LegEventBatch batch) {
            batches.add(batch);
        }

        @Override
        public void end(CallStream.End why) {
            end = why;
        }

        List<LegEvent> events() {
            return batches.stream()
                    .flatMap(batch -> batch.getEventsList().stream())
                    .toList();
        }
    }
}
