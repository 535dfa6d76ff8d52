package io.callisto.gateway.legs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.callisto.domain.AttemptId;
import io.callisto.domain.Requirement;
import io.callisto.gateway.client.AgentCommands;
import io.callisto.gateway.client.AttemptIdBytes;
import io.callisto.gateway.client.LegId;
import io.callisto.gateway.v1.AgentCommand;
import io.callisto.gateway.v1.BridgeChange;
import io.callisto.gateway.v1.BridgeMode;
import io.callisto.gateway.v1.BridgeState;
import io.callisto.gateway.v1.CallState;
import io.callisto.gateway.v1.CommandResult;
import io.callisto.gateway.v1.LegEvent;
import io.callisto.gateway.v1.LegEventKind;
import io.callisto.gateway.v1.LegState;
import io.callisto.gateway.v1.ListLegsReply;
import io.callisto.ha.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can happen, in any order, with owners that change and a gateway that dies. */
class InterleavingsTest {
    private static final Scope ZONE = new Scope(LegBench.ZONE);
    private static final int STEPS = 600;
    private static final int SEEDS = 15;
    private static final Set<LegEventKind> EXPECTED = Set.copyOf(EnumSet.complementOf(EnumSet.of(
            LegEventKind.LEG_EVENT_KIND_UNSPECIFIED, LegEventKind.EVENT_CALL_GIVEN, LegEventKind.UNRECOGNIZED)));

    @TempDir
    Path root;

    private final Map<CommandResult, Integer> results = new HashMap<>();
    private final Map<LegEventKind, Integer> kinds = new HashMap<>();

    @Test
    @Requirement({"AM-15", "FS-5"})
    void no_leg_and_no_customer_is_in_two_places_and_everything_ends() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            new Shift(seed).run();
        }
        System.out.println(results + " " + kinds);
        // A search that never comes to something proves nothing about it.
        assertThat(kinds.keySet()).containsAll(EXPECTED);
        assertThat(kinds.get(LegEventKind.EVENT_TALK)).isGreaterThan(10 * SEEDS);
    }

    private final class Shift {
        private final long seed;
        private final SplittableRandom random;
        private final Path directory;
        private final List<LegBench> all = new ArrayList<>();
        private final Map<AgentCommand, CommandResult> done = new LinkedHashMap<>();
        private LegBench bench;
        private long epoch = 1;
        private int legs;
        private int calls;

        private Shift(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.directory = root.resolve("seed" + seed);
            this.bench = new LegBench(directory, LegBench.phones(0.2));
            all.add(bench);
        }

        private void run() {
            try {
                bench.exchange.announce(LegBench.ZONE, epoch);
                for (int step = 0; step < STEPS; step++) {
                    act();
                    check(bench.switchboard.list(LegBench.ZONE, epoch));
                    if (random.nextInt(250) == 0) {
                        crash(directory.resolveSibling(directory.getFileName() + "-" + all.size()));
                        all.add(bench);
                    }
                }
                endAll();
                checkFeed(bench.events(LegBench.ZONE, 0));
            } catch (AssertionError failure) {
                throw new AssertionError("with seed " + seed, failure);
            } finally {
                all.forEach(LegBench::close);
            }
        }

        /** The gateway dies: what it told stands, and what lived is gone. */
        private void crash(Path copy) {
            List<LegEvent> told = bench.events(LegBench.ZONE, 0);
            bench = bench.crash(copy);
            done.clear();
            assertThat(bench.events(LegBench.ZONE, 0).subList(0, told.size())).isEqualTo(told);
            ListLegsReply list = bench.switchboard.list(LegBench.ZONE, epoch);
            assertThat(list.getLegsList()).isEmpty();
            assertThat(list.getBridgesList()).isEmpty();
            assertThat(list.getCallsList()).isEmpty();
        }

        private void act() {
            switch (random.nextInt(20)) {
                case 0 -> bench.advance(Duration.ofMillis(random.nextLong(8_000)));
                case 1, 2 -> bench.advance(Duration.ofMillis(random.nextLong(1_000)));
                case 3 -> raise();
                case 4, 5 -> placeNext();
                case 6 -> repeat();
                default -> run(command());
            }
        }

        /** Handed over at once, mostly. */
        private void placeNext() {
            bench.place(LegBench.JOB, ++calls);
            if (random.nextInt(4) > 0) {
                run(AgentCommands.handOver(bench.command(), LegBench.call(calls), ZONE));
            }
        }

        private void raise() {
            if (random.nextInt(4) == 0) {
                epoch++;
                bench.exchange.announce(LegBench.ZONE, epoch);
                AgentCommand late = command();
                if (!late.hasHandOver()) {
                    assertThat(bench.run(LegBench.ZONE, epoch - 1, late)).isEqualTo(CommandResult.COMMAND_STALE_EPOCH);
                }
            }
        }

        /** Whatever was answered once is answered so again, and nothing happens. */
        private void repeat() {
            if (done.isEmpty()) {
                return;
            }
            List<AgentCommand> known = new ArrayList<>(done.keySet());
            AgentCommand command = known.get(random.nextInt(known.size()));
            ListLegsReply before = bench.switchboard.list(LegBench.ZONE, epoch);
            CommandResult again = send(command);
            assertThat(again).isEqualTo(done.get(command));
            assertThat(bench.switchboard.list(LegBench.ZONE, epoch).getSequence())
                    .isEqualTo(before.getSequence());
        }

        private void run(AgentCommand command) {
            CommandResult result = send(command);
            results.merge(result, 1, Integer::sum);
            done.put(command, result);
            if (done.size() > 5) {
                done.remove(done.keySet().iterator().next());
            }
        }

        private CommandResult send(AgentCommand command) {
            return command.hasHandOver()
                    ? bench.run(LegBench.JOB, 1, command)
                    : bench.run(LegBench.ZONE, epoch, command);
        }

        private AgentCommand command() {
            return switch (random.nextInt(16)) {
                case 0, 1 ->
                    AgentCommands.nailUp(
                            bench.command(), LegBench.leg(++legs), "agent" + legs, number(), Duration.ofSeconds(9));
                case 2 -> AgentCommands.dialOut(bench.command(), LegBench.leg(++legs), number(), Duration.ofSeconds(9));
                case 3 ->
                    AgentCommands.trunk(
                            bench.command(), LegBench.leg(++legs), "agent" + legs, "g2", Duration.ofSeconds(9));
                case 4 -> random.nextBoolean() ? AgentCommands.drop(bench.command(), anyLeg()) : lend();
                case 5 -> AgentCommands.handOver(bench.command(), anyCall(), ZONE);
                case 6 -> AgentCommands.takeBack(bench.command(), anyLeg());
                case 7, 8, 9 -> AgentCommands.bridge(bench.command(), anyLeg(), anyCall());
                case 10, 11 -> AgentCommands.consult(bench.command(), bridged(), anyLeg());
                case 12, 13 -> AgentCommands.change(bench.command(), bridged(), anyChange());
                case 14 ->
                    random.nextBoolean()
                            ? AgentCommands.dtmf(bench.command(), bridged(), "1")
                            : AgentCommands.announce(bench.command(), anyCall(), "nuisance");
                default ->
                    random.nextInt(3) == 0
                            ? AgentCommands.hangUp(bench.command(), anyCall())
                            : AgentCommands.change(bench.command(), bridged(), anyChange());
            };
        }

        private AgentCommand lend() {
            return random.nextBoolean()
                    ? AgentCommands.lend(bench.command(), anyLeg(), "g2")
                    : AgentCommands.takeBack(bench.command(), anyLeg());
        }

        private String number() {
            return "555" + random.nextInt(10);
        }

        private LegId anyLeg() {
            List<LegState> live = bench.switchboard.list(LegBench.ZONE, epoch).getLegsList();
            return live.isEmpty() || random.nextInt(10) == 0
                    ? LegBench.leg(1 + random.nextInt(legs + 1))
                    : LegId.decode(live.get(random.nextInt(live.size())).getLegId());
        }

        private AttemptId anyCall() {
            List<CallState> live = bench.switchboard.list(LegBench.ZONE, epoch).getCallsList();
            return live.isEmpty() || random.nextInt(8) == 0
                    ? LegBench.call(Math.max(1, calls - random.nextInt(6)))
                    : AttemptIdBytes.decode(
                            live.get(random.nextInt(live.size())).getAttemptId());
        }

        private AttemptId bridged() {
            List<BridgeState> bridges =
                    bench.switchboard.list(LegBench.ZONE, epoch).getBridgesList();
            return bridges.isEmpty() || random.nextInt(10) == 0
                    ? anyCall()
                    : AttemptIdBytes.decode(
                            bridges.get(random.nextInt(bridges.size())).getAttemptId());
        }

        private BridgeChange anyChange() {
            BridgeChange[] all = {
                BridgeChange.UNBRIDGE,
                BridgeChange.HOLD,
                BridgeChange.UNHOLD,
                BridgeChange.END_CONSULT,
                BridgeChange.START_CONFERENCE,
                BridgeChange.END_CONFERENCE,
                BridgeChange.COMPLETE_TRANSFER,
                BridgeChange.CHANGE_OWNER
            };
            return all[random.nextInt(all.length)];
        }

        /** Without another command but the end of the shift, all of it ends by itself. */
        private void endAll() {
            bench.pass(Duration.ofMinutes(3));
            ListLegsReply rest = bench.switchboard.list(LegBench.ZONE, epoch);
            assertThat(rest.getCallsList()).isEmpty();
            assertThat(rest.getBridgesList()).isEmpty();
            assertThat(bench.exchange.status().liveCalls()).isZero();
            for (LegState leg : rest.getLegsList()) {
                send(AgentCommands.drop(bench.command(), LegId.decode(leg.getLegId())));
            }
            assertThat(bench.switchboard.list(LegBench.ZONE, epoch).getLegsList())
                    .isEmpty();
            assertThat(bench.switchboard.load().getLiveLegs()).isZero();
        }

        /** A recorder that reads it: no gap, no double, each bridge from its first event to one end. */
        private void checkFeed(List<LegEvent> events) {
            Map<Long, BridgeMode> open = new HashMap<>();
            Set<Long> over = new HashSet<>();
            Set<ByteString> ended = new HashSet<>();
            Set<ByteString> received = new HashSet<>();
            for (int i = 0; i < events.size(); i++) {
                LegEvent event = events.get(i);
                kinds.merge(event.getKind(), 1, Integer::sum);
                assertThat(event.getSequence()).isEqualTo(i + 1);
                if (event.hasBridge()) {
                    long id = event.getBridge().getBridgeId();
                    assertThat(over).doesNotContain(id);
                    assertThat(open.containsKey(id)).isEqualTo(id != event.getSequence());
                    open.put(id, event.getBridge().getMode());
                    if (event.getKind() == LegEventKind.EVENT_BRIDGE_OVER) {
                        over.add(id);
                        open.remove(id);
                    }
                } else if (event.getKind() == LegEventKind.EVENT_CALL_RECEIVED) {
                    assertThat(received.add(event.getCall().getAttemptId())).isTrue();
                } else if (event.getKind() == LegEventKind.EVENT_CALL_ENDED) {
                    assertThat(ended.add(event.getCall().getAttemptId())).isTrue();
                }
            }
            assertThat(open).isEmpty();
            assertThat(ended).isEqualTo(received);
        }
    }

    private static void check(ListLegsReply list) {
        Map<ByteString, ByteString> callOfLeg = new HashMap<>();
        Set<ByteString> bridgedCalls = new HashSet<>();
        Set<ByteString> liveCalls = new HashSet<>();
        list.getCallsList().forEach(call -> liveCalls.add(call.getAttemptId()));
        for (BridgeState bridge : list.getBridgesList()) {
            assertThat(bridgedCalls.add(bridge.getAttemptId())).isTrue();
            assertThat(liveCalls).contains(bridge.getAttemptId());
            assertThat(callOfLeg.put(bridge.getOwnerLegId(), bridge.getAttemptId()))
                    .isNull();
            boolean three = bridge.getMode() == BridgeMode.BRIDGE_CONSULTING
                    || bridge.getMode() == BridgeMode.BRIDGE_CONFERENCE;
            assertThat(bridge.getSecondLegId().isEmpty()).isEqualTo(!three);
            if (three) {
                assertThat(callOfLeg.put(bridge.getSecondLegId(), bridge.getAttemptId()))
                        .isNull();
            }
        }
        Map<ByteString, ByteString> told = new HashMap<>();
        for (LegState leg : list.getLegsList()) {
            if (!leg.getAttemptId().isEmpty()) {
                assertThat(leg.getLentTo()).isEmpty();
                told.put(leg.getLegId(), leg.getAttemptId());
            }
        }
        assertThat(told).isEqualTo(callOfLeg);
        assertThat(list.getLegsCount()).isLessThanOrEqualTo(LegBench.LEG_CAPACITY);
    }
}
