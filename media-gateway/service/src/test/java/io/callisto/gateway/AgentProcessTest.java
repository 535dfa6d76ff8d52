package io.callisto.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callisto.domain.AttemptId;
import io.callisto.domain.Requirement;
import io.callisto.gateway.client.AgentCommands;
import io.callisto.gateway.client.AgentMediaClient;
import io.callisto.gateway.client.AttemptIdBytes;
import io.callisto.gateway.client.GatewayClient;
import io.callisto.gateway.client.GatewayLoads;
import io.callisto.gateway.client.GatewayUnavailable;
import io.callisto.gateway.client.Gateways;
import io.callisto.gateway.client.LegId;
import io.callisto.gateway.v1.AgentCommand;
import io.callisto.gateway.v1.BridgeChange;
import io.callisto.gateway.v1.CommandResult;
import io.callisto.gateway.v1.ExecuteRequest;
import io.callisto.gateway.v1.LegEnd;
import io.callisto.gateway.v1.LegEvent;
import io.callisto.gateway.v1.LegEventBatch;
import io.callisto.gateway.v1.LegEventKind;
import io.callisto.gateway.v1.LegState;
import io.callisto.gateway.v1.PlaceCall;
import io.callisto.gateway.v1.PlaceCallsRequest;
import io.callisto.ha.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway in a JVM of its own, killed while agents talk. */
class AgentProcessTest {
    private static final Scope ZONE = new Scope("agent-manager/0");
    private static final Scope JOB = new Scope("job/1/0");
    private static final int AGENTS = 50;

    @TempDir
    Path directory;

    private final List<Process> processes = new ArrayList<>();
    private long commands;

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    @Requirement({"FS-5", "AM-12", "AM-15"})
    void killed_while_agents_talk_it_is_found_gone_at_once_and_comes_back_with_the_truth() throws Exception {
        Process process = start();
        Queue<LegEventBatch> batches = new ConcurrentLinkedQueue<>();
        Queue<Throwable> ends = new ConcurrentLinkedQueue<>();
        Gateways gateways = gateways();
        GatewayLoads loads = new GatewayLoads(gateways, System::nanoTime);
        try (GatewayClient client = connect(gateways)) {
            AgentMediaClient media = client.agentMedia();
            client.announce(ZONE, 7);
            media.watch(
                    ZONE,
                    7,
                    OptionalLong.of(0),
                    batch -> {
                        loads.heard("g1", batch.getLoad());
                        batches.add(batch);
                    },
                    ends::add);
            talk(client, media);
            await().atMost(Duration.ofSeconds(30)).until(() -> count(batches, LegEventKind.EVENT_HELD) == AGENTS);
            assertThat(loads.choose()).contains("g1");

            long killed = System.nanoTime();
            process.destroyForcibly();
            await().atMost(Duration.ofSeconds(5)).until(() -> ends.size() == 1);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
            System.out.println("loss of the gateway seen after ms: " + millis);
            assertThat(ends.element()).isInstanceOf(GatewayUnavailable.class);
            assertThat(millis).isLessThan(2_000);
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        List<LegEvent> before = events(batches);
        batches.clear();

        start();
        try (GatewayClient client = connect(gateways())) {
            AgentMediaClient media = client.agentMedia();
            assertThat(execute(media, JOB, 6, AgentCommands.hangUp(command(), call(1))))
                    .containsExactly(CommandResult.COMMAND_STALE_EPOCH);
            long last = before.get(before.size() - 1).getSequence();
            media.watch(ZONE, 8, OptionalLong.of(last), batches::add, ends::add);
            await().until(() -> count(batches, LegEventKind.EVENT_LEG_ENDED) == AGENTS);
            assertThat(media.list(ZONE, 8).getLegsList()).isEmpty();
            assertThat(media.resolve(ZONE, 8, List.of(leg(1), leg(2))).getLegsList())
                    .extracting(LegState::getEnd)
                    .containsOnly(LegEnd.LEG_LOST);
        }
        List<LegEvent> all = new ArrayList<>(before);
        all.addAll(events(batches));
        checkRecordings(all);
    }

    @Test
    @Requirement("FS-5")
    void frozen_it_gets_no_more_legs_after_missed_heartbeats_and_its_watch_ends() throws Exception {
        Process process = start();
        Queue<Throwable> ends = new ConcurrentLinkedQueue<>();
        Gateways gateways = gateways();
        GatewayLoads loads = new GatewayLoads(gateways, System::nanoTime);
        try (GatewayClient client = connect(gateways)) {
            client.announce(ZONE, 7);
            client.agentMedia()
                    .watch(ZONE, 7, OptionalLong.empty(), batch -> loads.heard("g1", batch.getLoad()), ends::add);
            await().until(() -> loads.choose().isPresent());

            signal("STOP", process);
            long frozen = System.nanoTime();
            await().atMost(Duration.ofSeconds(10)).until(() -> loads.choose().isEmpty());
            long silent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - frozen);
            await().atMost(Duration.ofSeconds(20)).until(() -> ends.size() == 1);
            long ended = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - frozen);
            System.out.println("freeze of the gateway: no legs after ms " + silent + ", watch ended after ms " + ended);
            assertThat(ends.element()).isInstanceOf(GatewayUnavailable.class);
            assertThat(silent).isLessThan(5_000);
            signal("CONT", process);
            client.announce(ZONE, 8);
        }
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Everything in one order without a gap, and every recording that was started ends once, with its agent. */
    private static void checkRecordings(List<LegEvent> all) {
        Map<Long, String> open = new HashMap<>();
        int recordings = 0;
        for (int i = 0; i < all.size(); i++) {
            LegEvent event = all.get(i);
            assertThat(event.getSequence()).isEqualTo(i + 1);
            if (event.getKind() == LegEventKind.EVENT_TALK) {
                recordings++;
                open.put(event.getBridge().getBridgeId(), event.getBridge().getOwnerAgentId());
            } else if (event.getKind() == LegEventKind.EVENT_BRIDGE_OVER) {
                assertThat(open.remove(event.getBridge().getBridgeId()))
                        .isEqualTo(event.getBridge().getOwnerAgentId());
            }
        }
        assertThat(recordings).isEqualTo(AGENTS);
        assertThat(open).isEmpty();
    }

    /** Every agent is nailed, talks with a customer and has held it. */
    private void talk(GatewayClient client, AgentMediaClient media) {
        List<AgentCommand> nails = new ArrayList<>();
        List<AgentCommand> gives = new ArrayList<>();
        List<AgentCommand> bridges = new ArrayList<>();
        List<AgentCommand> holds = new ArrayList<>();
        PlaceCallsRequest.Builder place = PlaceCallsRequest.newBuilder()
                .setScope(JOB.value())
                .setEpoch(7)
                .setTtlMillis(60_000)
                .setTicket(client.announce(JOB, 7).getTicket());
        long incarnation = client.describe().getIncarnation();
        for (int i = 1; i <= AGENTS; i++) {
            nails.add(AgentCommands.nailUp(command(), leg(i), "agent" + i, "100", Duration.ofSeconds(30)));
            gives.add(AgentCommands.handOver(command(), call(i), ZONE));
            bridges.add(AgentCommands.bridge(command(), leg(i), call(i)));
            holds.add(AgentCommands.change(command(), call(i), BridgeChange.HOLD));
            place.addCalls(PlaceCall.newBuilder()
                    .setAttemptId(AttemptIdBytes.encode(call(i)))
                    .setPhoneNumber("+49301234567")
                    .setRingTimeoutMillis(30_000)
                    .setIncarnation(incarnation));
        }
        execute(media, ZONE, 7, nails.toArray(AgentCommand[]::new));
        client.place(place.build());
        execute(media, JOB, 7, gives.toArray(AgentCommand[]::new));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> media.list(ZONE, 7).getLegsList().stream()
                        .allMatch(leg -> leg.getPhase() == io.callisto.gateway.v1.LegPhase.LEG_UP));
        execute(media, ZONE, 7, bridges.toArray(AgentCommand[]::new));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> media.list(ZONE, 7).getBridgesList().stream()
                        .allMatch(bridge -> bridge.getMode() == io.callisto.gateway.v1.BridgeMode.BRIDGE_TALKING));
        execute(media, ZONE, 7, holds.toArray(AgentCommand[]::new));
    }

    private static List<CommandResult> execute(
            AgentMediaClient media, Scope scope, long epoch, AgentCommand... commands) {
        List<CommandResult> results = media.execute(ExecuteRequest.newBuilder()
                        .setScope(scope.value())
                        .setEpoch(epoch)
                        .setTtlMillis(60_000)
                        .setTicket(media.list(scope, epoch).getTicket())
                        .addAllCommands(List.of(commands))
                        .build())
                .getResultsList();
        if (epoch == 7) {
            assertThat(results).containsOnly(CommandResult.COMMAND_DONE);
        }
        return results;
    }

    private Process start() throws IOException {
        Files.deleteIfExists(directory.resolve("endpoint"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MediaGatewayApplication.class.getName(),
                        "--callisto.gateway.port=0",
                        "--callisto.gateway.directory=" + directory,
                        "--callisto.gateway.time-factor=10",
                        "--callisto.gateway.forced-outcomes.4567=answer",
                        "--callisto.gateway.agent-phones.patience-min=5m",
                        "--callisto.gateway.agent-phones.patience-max=5m",
                        "--callisto.gateway.agent-phones.talk-min=15m",
                        "--callisto.gateway.agent-phones.talk-mean=15m")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out.txt").toFile())
                .start();
        processes.add(process);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            assertThat(process.isAlive()).isTrue();
            return Files.exists(directory.resolve("endpoint"));
        });
        return process;
    }

    private Gateways gateways() throws IOException {
        return Gateways.parse(
                "g1=" + Files.readString(directory.resolve("endpoint")).strip());
    }

    private static GatewayClient connect(Gateways gateways) {
        return GatewayClient.connect(gateways.addresses().get(0), Duration.ofSeconds(20));
    }

    private static long count(Queue<LegEventBatch> batches, LegEventKind kind) {
        return events(batches).stream().filter(event -> event.getKind() == kind).count();
    }

    private static List<LegEvent> events(Queue<LegEventBatch> batches) {
        return batches.stream().flatMap(batch -> batch.getEventsList().stream()).toList();
    }

    private UUID command() {
        return new UUID(79, ++commands);
    }

    private static LegId leg(int number) {
        return new LegId(new UUID(0x0190_0000_0000_7001L, number));
    }

    private static AttemptId call(int number) {
        return new AttemptId(new UUID(0x0190_0000_0000_7000L, number));
    }
}
