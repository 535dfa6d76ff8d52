package io.callisto.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callisto.domain.AttemptId;
import io.callisto.domain.Requirement;
import io.callisto.gateway.client.AttemptIdBytes;
import io.callisto.gateway.client.GatewayAddress;
import io.callisto.gateway.client.GatewayClient;
import io.callisto.gateway.client.GatewayUnavailable;
import io.callisto.gateway.client.Gateways;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import io.callisto.gateway.v1.CallState;
import io.callisto.gateway.v1.PlaceCall;
import io.callisto.gateway.v1.PlaceCallsReply;
import io.callisto.gateway.v1.PlaceCallsRequest;
import io.callisto.gateway.v1.PlaceResult;
import io.callisto.ha.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real application in a JVM of its own, killed without warning. */
class GatewayProcessTest {
    private static final Scope JOB = new Scope("job/1/0");

    @TempDir
    Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    @Requirement({"CM-4", "CM-5"})
    void killed_under_load_the_gateway_knows_what_it_placed_and_refuses_the_rest_for_ever() throws Exception {
        Process process = start();
        Map<AttemptId, PlaceResult> told = new LinkedHashMap<>();
        List<AttemptId> untold = new ArrayList<>();
        long incarnation;
        try (GatewayClient client = connect()) {
            incarnation = client.describe().getIncarnation();
            long ticket = client.announce(JOB, 7).getTicket();
            AtomicInteger answered = new AtomicInteger();
            Thread killer = new Thread(() -> {
                await().until(() -> answered.get() >= 20);
                process.destroyForcibly();
            });
            killer.start();
            for (int batch = 0; batch < 100_000; batch++) {
                List<AttemptId> ids = ids(batch * 100, 100);
                try {
                    PlaceCallsReply reply = client.place(request(7, ticket, incarnation, ids));
                    for (int i = 0; i < ids.size(); i++) {
                        told.put(ids.get(i), reply.getResults(i));
                    }
                    answered.incrementAndGet();
                } catch (GatewayUnavailable killed) {
                    untold.addAll(ids);
                    break;
                }
            }
            killer.join();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(untold).hasSize(100);

        start();
        try (GatewayClient client = connect()) {
            assertThat(client.describe().getIncarnation()).isEqualTo(incarnation);
            assertThat(client.announce(JOB, 6).getAccepted()).isFalse();
            long ticket = client.announce(JOB, 8).getTicket();

            List<AttemptId> all = new ArrayList<>(told.keySet());
            for (int from = 0; from < all.size(); from += 1_000) {
                List<AttemptId> some = all.subList(from, Math.min(all.size(), from + 1_000));
                List<CallState> states = client.resolve(JOB, 8, some).getCallsList();
                for (int i = 0; i < some.size(); i++) {
                    boolean placed = told.get(some.get(i)) == PlaceResult.PLACED;
                    assertThat(states.get(i).getPhase()).isEqualTo(placed ? CallPhase.ENDED : CallPhase.NEVER_PLACED);
                    assertThat(states.get(i).getOutcome() != CallOutcome.CALL_OUTCOME_UNSPECIFIED)
                            .isEqualTo(placed);
                }
            }
            // Either it was recorded before the kill or it never will be: placing it again is refused both ways.
            client.resolve(JOB, 8, untold);
            assertThat(client.place(request(8, ticket, incarnation, untold)).getResultsList())
                    .containsOnly(PlaceResult.ALREADY_SEEN);
            assertThat(client.place(request(8, ticket, incarnation, ids(90_000_000, 3)))
                            .getResultsList())
                    .containsOnly(PlaceResult.PLACED);
        }
    }

    @Test
    void a_terminated_gateway_drains_and_leaves_a_clean_registry() throws Exception {
        Process process = start();
        try (GatewayClient client = connect()) {
            long ticket = client.announce(JOB, 1).getTicket();
            client.place(request(1, ticket, client.describe().getIncarnation(), ids(0, 10)));
        }
        process.destroy();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(directory.resolve("out.txt"))).contains("media gateway stopped");
        assertThat(Files.size(directory.resolve("registry.log"))).isLessThan(4_096);
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
                        "--callisto.gateway.capacity=5000",
                        "--callisto.gateway.time-factor=100",
                        "--callisto.gateway.drain-timeout=10s")
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

    private GatewayClient connect() throws IOException {
        GatewayAddress address = Gateways.parse(
                        "g1=" + Files.readString(directory.resolve("endpoint")).strip())
                .addresses()
                .get(0);
        return GatewayClient.connect(address, Duration.ofSeconds(20));
    }

    private static List<AttemptId> ids(int first, int count) {
        List<AttemptId> ids = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            ids.add(new AttemptId(new UUID(0x0190_0000_0000_7000L, i)));
        }
        return ids;
    }

    private static PlaceCallsRequest request(long epoch, long ticket, long incarnation, List<AttemptId> ids) {
        PlaceCallsRequest.Builder request = PlaceCallsRequest.newBuilder()
                .setScope(JOB.value())
                .setEpoch(epoch)
                .setTtlMillis(600_000)
                .setTicket(ticket);
        for (AttemptId id : ids) {
            request.addCalls(PlaceCall.newBuilder()
                    .setAttemptId(AttemptIdBytes.encode(id))
                    .setPhoneNumber("+493012345678")
                    .setRingTimeoutMillis(30_000)
                    .setIncarnation(incarnation));
        }
        return request.build();
    }
}
