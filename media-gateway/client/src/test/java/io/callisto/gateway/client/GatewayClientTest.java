package io.callisto.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callisto.domain.AttemptId;
import io.callisto.gateway.v1.CallEventBatch;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import io.callisto.gateway.v1.PlaceCall;
import io.callisto.gateway.v1.PlaceCallsRequest;
import io.callisto.gateway.v1.PlaceResult;
import io.callisto.gateway.v1.RegistryEntry;
import io.callisto.ha.Scope;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayClientTest {
    private static final Scope JOB = new Scope("job/1/0");

    private final FakeGateway gateway = FakeGateway.start("g1");
    private final GatewayClient client = gateway.client();

    @AfterEach
    void end() {
        client.close();
        gateway.close();
    }

    @Test
    void a_call_is_placed_watched_and_read_from_the_registry() {
        Queue<CallEventBatch> batches = new ConcurrentLinkedQueue<>();
        Queue<Throwable> ends = new ConcurrentLinkedQueue<>();
        try (Watch watch = client.watch(JOB, 3, batches::add, ends::add)) {
            assertThat(watch).isNotNull();
            await().until(() -> !batches.isEmpty());
            AttemptId id = id(1);

            assertThat(client.place(request(3, id)).getResultsList()).containsExactly(PlaceResult.PLACED);

            await().until(() -> batches.stream().anyMatch(batch -> batch.getCallsCount() == 1));
            List<RegistryEntry> entries = new ArrayList<>();
            assertThat(client.readRegistry("job/", entries::add)).isEqualTo(1);
            assertThat(entries.get(0).getOutcome()).isEqualTo(CallOutcome.ANSWER_HUMAN);
            assertThat(client.readRegistry("outbox/", entries::add)).isZero();
        }
        assertThat(ends).isEmpty();
    }

    @Test
    void a_resolved_unknown_id_can_never_be_placed() {
        assertThat(client.resolve(JOB, 1, List.of(id(1))).getCalls(0).getPhase())
                .isEqualTo(CallPhase.NEVER_PLACED);
        assertThat(client.place(request(1, id(1))).getResultsList()).containsExactly(PlaceResult.ALREADY_SEEN);
    }

    @Test
    void a_gateway_that_was_away_for_long_is_found_soon_after_it_is_back() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (GatewayClient waiting =
                GatewayClient.connect(new GatewayAddress("g9", "127.0.0.1", port), Duration.ofSeconds(2))) {
            // Long enough for the pauses of the channel to have grown beyond what is asserted below.
            await().pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(20))
                    .during(Duration.ofSeconds(6))
                    .untilAsserted(() ->
                            assertThatThrownBy(() -> waiting.announce(JOB, 1)).hasMessageContaining("UNAVAILABLE"));
            Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .build()
                    .start();
            try {
                await().pollInterval(Duration.ofMillis(50))
                        .atMost(Duration.ofSeconds(1))
                        .untilAsserted(() -> assertThatThrownBy(() -> waiting.announce(JOB, 1))
                                .hasMessageContaining("UNIMPLEMENTED"));
            } finally {
                server.shutdownNow();
            }
        }
    }

    @Test
    void a_lower_epoch_is_refused_and_told_the_highest() {
        assertThat(client.announce(JOB, 5).getAccepted()).isTrue();
        assertThat(client.announce(JOB, 4).getHighestEpoch()).isEqualTo(5);
        assertThat(client.hangUp(JOB, 4, List.of()).getAccepted()).isFalse();
    }

    @Test
    void a_gateway_that_is_gone_is_unavailable_and_comes_back() {
        gateway.unreachable(true);
        assertThatThrownBy(client::describe)
                .isInstanceOfSatisfying(
                        GatewayUnavailable.class,
                        failure -> assertThat(failure.gatewayId()).isEqualTo("g1"));

        gateway.unreachable(false);
        assertThat(client.describe().getGatewayId()).isEqualTo("g1");
    }

    @Test
    void nothing_listening_fails_at_once_not_at_the_timeout() {
        int port = gateway.address().port();
        gateway.close();
        try (GatewayClient lonely =
                GatewayClient.connect(new GatewayAddress("g1", "127.0.0.1", port), Duration.ofSeconds(60))) {
            assertThatThrownBy(lonely::describe).isInstanceOf(GatewayUnavailable.class);
        }
    }

    @Test
    void a_gateway_with_another_name_is_not_talked_to() {
        GatewayAddress wrong =
                new GatewayAddress("g2", "127.0.0.1", gateway.address().port());
        try (GatewayClient other = GatewayClient.connect(wrong, Duration.ofSeconds(5))) {
            assertThatThrownBy(other::describe)
                    .isInstanceOf(GatewayUnavailable.class)
                    .hasMessageContaining("callisto.gateways");
        }
    }

    @Test
    void the_newest_watch_of_a_scope_ends_the_older_one() {
        Queue<CallEventBatch> batches = new ConcurrentLinkedQueue<>();
        Queue<Throwable> ends = new ConcurrentLinkedQueue<>();
        Watch old = client.watch(JOB, 1, batches::add, ends::add);
        await().until(() -> !batches.isEmpty());
        Watch current = client.watch(JOB, 1, batch -> {}, failure -> {});
        try (old;
                current) {
            await().until(() -> !ends.isEmpty());
            assertThat(ends.element())
                    .isInstanceOfSatisfying(
                            WatchRefused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(WatchRefused.Reason.REPLACED));
        }
    }

    @Test
    void a_slow_consumer_gets_one_batch_at_a_time_and_all_of_them() throws InterruptedException {
        int total = 200;
        gateway.holdCalls();
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        Queue<CallEventBatch> batches = new ConcurrentLinkedQueue<>();
        Watch watch = client.watch(
                JOB,
                1,
                batch -> {
                    assertThat(running.incrementAndGet()).isEqualTo(1);
                    try {
                        gate.await(30, TimeUnit.SECONDS);
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    batches.add(batch);
                    running.decrementAndGet();
                },
                failure -> {});
        try (watch) {
            await().until(() -> running.get() == 1);
            client.place(request(1, id(1)));
            for (int i = 0; i < total; i++) {
                gateway.progress(id(1), CallPhase.RINGING, CallOutcome.CALL_OUTCOME_UNSPECIFIED);
            }
            gate.countDown();
            await().until(() -> batches.size() == total + 1);
        }
    }

    private static AttemptId id(int number) {
        return new AttemptId(new UUID(7, number));
    }

    private static PlaceCallsRequest request(long epoch, AttemptId id) {
        return PlaceCallsRequest.newBuilder()
                .setScope(JOB.value())
                .setEpoch(epoch)
                .setTtlMillis(1000)
                .setTicket(1)
                .addCalls(PlaceCall.newBuilder()
                        .setAttemptId(AttemptIdBytes.encode(id))
                        .setPhoneNumber("+4930123456")
                        .setRingTimeoutMillis(20_000)
                        .setIncarnation(1))
                .build();
    }
}
