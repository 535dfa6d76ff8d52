package io.callisto.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callisto.domain.AttemptId;
import io.callisto.gateway.client.AttemptIdBytes;
import io.callisto.gateway.client.GatewayAddress;
import io.callisto.gateway.client.GatewayClient;
import io.callisto.gateway.client.GatewayUnavailable;
import io.callisto.gateway.client.Watch;
import io.callisto.gateway.client.WatchRefused;
import io.callisto.gateway.server.GatewayServer;
import io.callisto.gateway.server.GatewayStartFailure;
import io.callisto.gateway.v1.CallPhase;
import io.callisto.gateway.v1.CallState;
import io.callisto.gateway.v1.PlaceCall;
import io.callisto.gateway.v1.PlaceCallsReply;
import io.callisto.gateway.v1.PlaceCallsRequest;
import io.callisto.gateway.v1.PlaceResult;
import io.callisto.ha.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

class MediaGatewayApplicationTest {
    private static final Scope JOB = new Scope("job/1/0");

    @TempDir
    Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void calls_are_placed_watched_resolved_and_listed_over_the_wire() {
        GatewayClient client = client(start("--callisto.gateway.time-factor=1000"));
        Map<AttemptId, CallState> ended = new ConcurrentHashMap<>();
        Queue<Long> batches = new ConcurrentLinkedQueue<>();
        Queue<Throwable> ends = new ConcurrentLinkedQueue<>();
        Watch watch = client.watch(
                JOB,
                1,
                batch -> {
                    batches.add(batch.getTicket());
                    batch.getCallsList().stream()
                            .filter(call -> call.getPhase() == CallPhase.ENDED)
                            .forEach(call -> ended.put(id(call), call));
                },
                ends::add);
        open.add(watch);
        await().until(() -> !batches.isEmpty());

        PlaceCallsReply reply = client.place(request(client, 1, batches.element(), 0, 1_000));
        assertThat(reply.getResultsList()).hasSize(1_000).containsOnly(PlaceResult.PLACED);

        await().atMost(Duration.ofSeconds(30)).until(() -> ended.size() == 1_000);
        Set<AttemptId> listed = new HashSet<>();
        assertThat(client.readRegistry("job/1/", entry -> listed.add(AttemptIdBytes.decode(entry.getAttemptId()))))
                .isEqualTo(1_000);
        assertThat(listed).hasSize(1_000);
        assertThat(client.resolve(JOB, 1, List.of(attempt(3))).getCalls(0)).isEqualTo(ended.get(attempt(3)));
        assertThat(client.describe().getCallsPlaced()).isEqualTo(1_000);
        assertThat(ends).isEmpty();
    }

    @Test
    void a_request_that_cannot_be_meant_is_an_illegal_argument() {
        GatewayClient client = client(start());

        assertThatThrownBy(() -> client.announce(JOB, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.place(request(client, 1, 0, 0, 1_001)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000");
        assertThatThrownBy(() -> client.place(PlaceCallsRequest.newBuilder()
                        .setScope("job/1/0")
                        .setEpoch(1)
                        .build()))
                .hasMessageContaining("ttl_millis");
        assertThatThrownBy(() -> client.place(PlaceCallsRequest.newBuilder()
                        .setScope("Job 1")
                        .setEpoch(1)
                        .setTtlMillis(1)
                        .build()))
                .hasMessageContaining("not a scope");
    }

    @Test
    void a_watch_of_a_stale_epoch_is_refused_and_an_older_one_ends() {
        GatewayClient client = client(start());
        Queue<Long> batches = new ConcurrentLinkedQueue<>();
        Queue<Throwable> ends = new ConcurrentLinkedQueue<>();
        open.add(client.watch(JOB, 5, batch -> batches.add(batch.getTicket()), ends::add));
        await().until(() -> !batches.isEmpty());
        client.announce(JOB, 6);
        await().until(() -> ends.size() == 1);
        open.add(client.watch(JOB, 5, batch -> {}, ends::add));
        await().until(() -> ends.size() == 2);

        assertThat(ends)
                .extracting(end -> ((WatchRefused) end).reason())
                .containsExactly(WatchRefused.Reason.REPLACED, WatchRefused.Reason.STALE_EPOCH);
    }

    @Test
    void a_stop_ends_watches_and_calls_and_closes_the_registry() throws Exception {
        ConfigurableApplicationContext gateway = start("--callisto.gateway.drain-timeout=100ms");
        GatewayClient client = client(gateway);
        Queue<CallState> states = new ConcurrentLinkedQueue<>();
        Queue<Long> batches = new ConcurrentLinkedQueue<>();
        Queue<Throwable> ends = new ConcurrentLinkedQueue<>();
        open.add(client.watch(
                JOB,
                1,
                batch -> {
                    batches.add(batch.getTicket());
                    states.addAll(batch.getCallsList());
                },
                ends::add));
        await().until(() -> !batches.isEmpty());
        client.place(request(client, 1, batches.element(), 0, 10));

        gateway.close();

        await().until(() -> ends.size() == 1);
        assertThat(ends.element()).isInstanceOf(GatewayUnavailable.class);
        assertThat(states.stream().filter(state -> state.getPhase() == CallPhase.ENDED))
                .hasSize(10);
        GatewayClient again = client(start());
        assertThat(again.resolve(JOB, 1, List.of(attempt(0))).getCalls(0).getPhase())
                .isEqualTo(CallPhase.ENDED);
    }

    @Test
    void a_start_that_fails_says_what_to_do() {
        ConfigurableApplicationContext first = start();
        int port = first.getBean(GatewayServer.class).port();

        assertThatThrownBy(() -> start())
                .hasRootCauseMessage(
                        "the call registry " + directory.resolve("registry.log") + " is in use by another gateway");
        assertThatThrownBy(() -> run(
                        "--callisto.gateway.directory=" + directory.resolve("g2"), "--callisto.gateway.port=" + port))
                .hasStackTraceContaining("cannot listen on 127.0.0.1:" + port)
                .satisfies(failure -> assertThat(startFailure(failure).remedy()).contains("callisto.gateway.port"));
        assertThatThrownBy(() -> run("--callisto.gateway.port=0"))
                .hasStackTraceContaining("callisto.gateway.directory is not set");
        assertThatThrownBy(() -> run(
                        "--callisto.gateway.port=0",
                        "--callisto.gateway.directory=" + directory.resolve("g3"),
                        "--callisto.gateway.forced-outcomes.0001=explodes"))
                .hasStackTraceContaining("known: answer");
    }

    @Test
    void settings_have_defaults_and_can_all_be_set() {
        GatewayProperties defaults = start().getBean(GatewayProperties.class);
        assertThat(defaults.id()).isEqualTo("g1");
        assertThat(defaults.capacity()).isEqualTo(2_000);
        assertThat(defaults.timeFactor()).isEqualTo(1);
        assertThat(defaults.behaviour().answer()).isEqualTo(45);
        assertThat(defaults.behaviour().ringMax()).isEqualTo(Duration.ofSeconds(20));
        assertThat(defaults.forcedOutcomes()).isEmpty();

        GatewayProperties other = run(
                        "--callisto.gateway.id=g7",
                        "--callisto.gateway.port=0",
                        "--callisto.gateway.directory=" + directory.resolve("g7"),
                        "--callisto.gateway.seed=9",
                        "--callisto.gateway.behaviour.no-answer=77",
                        "--callisto.gateway.behaviour.talk-mean=2s",
                        "--callisto.gateway.forced-outcomes.0001=busy")
                .getBean(GatewayProperties.class);
        assertThat(other.id()).isEqualTo("g7");
        assertThat(other.seed()).isEqualTo(9);
        assertThat(other.behaviour().noAnswer()).isEqualTo(77);
        assertThat(other.behaviour().talkMean()).isEqualTo(Duration.ofSeconds(2));
        assertThat(other.forcedOutcomes()).containsExactly(Map.entry("0001", "busy"));
    }

    /** A floor only, far below what an idle machine does: the figure itself is printed. */
    @Test
    void batches_share_their_syncs() throws ExecutionException, InterruptedException {
        GatewayClient client =
                client(start("--callisto.gateway.time-factor=1000", "--callisto.gateway.capacity=100000"));
        int batches = 100;
        int writers = 4;
        long ticket = client.announce(JOB, 1).getTicket();
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        open.add(threads::shutdownNow);
        List<Future<?>> done = new ArrayList<>();
        long start = System.nanoTime();
        for (int writer = 0; writer < writers; writer++) {
            int first = writer * batches;
            done.add(threads.submit(() -> {
                for (int batch = first; batch < first + batches; batch++) {
                    PlaceCallsReply reply = client.place(request(client, 1, ticket, batch * 500, 500));
                    assertThat(reply.getResultsList()).containsOnly(PlaceResult.PLACED);
                }
            }));
        }
        for (Future<?> future : done) {
            future.get();
        }
        double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        int calls = writers * batches * 500;
        System.out.printf("placements: %d in %.2f s = %.0f a second%n", calls, seconds, calls / seconds);

        assertThat(calls / seconds).isGreaterThan(2_000);
        assertThat(client.describe().getCallsPlaced()).isEqualTo(calls);
    }

    private ConfigurableApplicationContext start(String... args) {
        List<String> all =
                new ArrayList<>(List.of("--callisto.gateway.port=0", "--callisto.gateway.directory=" + directory));
        if (args.length == 0 || !args[0].contains("drain-timeout")) {
            all.add("--callisto.gateway.drain-timeout=0s");
        }
        all.addAll(List.of(args));
        return run(all.toArray(String[]::new));
    }

    private ConfigurableApplicationContext run(String... args) {
        ConfigurableApplicationContext context =
                MediaGatewayApplication.application().run(args);
        open.add(context);
        return context;
    }

    private GatewayClient client(ConfigurableApplicationContext gateway) {
        GatewayClient client = GatewayClient.connect(
                new GatewayAddress(
                        "g1", "127.0.0.1", gateway.getBean(GatewayServer.class).port()),
                Duration.ofSeconds(20));
        open.add(client);
        return client;
    }

    private static GatewayStartFailure startFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GatewayStartFailure found) {
                return found;
            }
        }
        throw new AssertionError(failure);
    }

    private static PlaceCallsRequest request(GatewayClient client, long epoch, long ticket, int first, int count) {
        PlaceCallsRequest.Builder request = PlaceCallsRequest.newBuilder()
                .setScope(JOB.value())
                .setEpoch(epoch)
                .setTtlMillis(600_000)
                .setTicket(ticket);
        long incarnation = client.describe().getIncarnation();
        for (int i = first; i < first + count; i++) {
            request.addCalls(PlaceCall.newBuilder()
                    .setAttemptId(AttemptIdBytes.encode(attempt(i)))
                    .setPhoneNumber("+4930" + (1_000_000 + i))
                    .setRingTimeoutMillis(30_000)
                    .setIncarnation(incarnation));
        }
        return request.build();
    }

    private static AttemptId attempt(int number) {
        return new AttemptId(new UUID(0x0190_0000_0000_7000L, number));
    }

    private static AttemptId id(CallState call) {
        return AttemptIdBytes.decode(call.getAttemptId());
    }
}
