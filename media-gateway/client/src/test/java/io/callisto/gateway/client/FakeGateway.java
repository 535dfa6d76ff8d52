package io.callisto.gateway.client;

import io.callisto.domain.AttemptId;
import io.callisto.gateway.v1.CallEventBatch;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import io.callisto.gateway.v1.CallState;
import io.callisto.gateway.v1.PlaceCall;
import io.callisto.gateway.v1.PlaceCallsRequest;
import io.callisto.gateway.v1.PlaceResult;
import io.callisto.gateway.v1.RegistryEntry;
import io.callisto.gateway.v1.WatchCallsRequest;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A media gateway for tests of its callers, on a free port of the loopback: same refusals as the real one, kept in
 * memory, no
 * clock of its own. Outcomes are scripted with {@link #outcome}; by default every call ends at once, answered by a
 * human.
 * With {@link #holdCalls} calls stay in DIALING until {@link #end} or {@link #progress}.
 */
public final class FakeGateway implements AutoCloseable {
    final String id;
    final Map<String, Long> epochs = new HashMap<>();
    final Map<AttemptId, RegistryEntry> registry = new LinkedHashMap<>();
    private final Map<AttemptId, CallState> states = new HashMap<>();
    final Map<AttemptId, PlaceCall> calls = new LinkedHashMap<>();
    final Map<String, Watcher> watchers = new HashMap<>();
    private final Server server;
    Function<PlaceCall, CallOutcome> outcome = call -> CallOutcome.ANSWER_HUMAN;
    private PlaceResult placeResult = PlaceResult.PLACED;
    boolean held;
    boolean unreachable;
    long incarnation = 1;
    long ticket = 1;

    record Watcher(StreamObserver<CallEventBatch> stream) {}

    private FakeGateway(String id) {
        this.id = id;
        try {
            this.server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(new FakeContract(this))
                    .permitKeepAliveTime(1, TimeUnit.SECONDS)
                    .build()
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static FakeGateway start(String id) {
        return new FakeGateway(id);
    }

    /** For {@code callisto.gateways}: its {@code toString} has the form of the setting. */
    public GatewayAddress address() {
        return new GatewayAddress(id, InetAddress.getLoopbackAddress().getHostAddress(), server.getPort());
    }

    /** A client of it; the caller closes it. */
    public GatewayClient client() {
        return GatewayClient.connect(address(), Duration.ofSeconds(5));
    }

    /** How each call of the future ends. */
    public synchronized FakeGateway outcome(Function<PlaceCall, CallOutcome> script) {
        outcome = script;
        return this;
    }

    /** Answers every new call with this; {@code TOO_LATE} and {@code NO_CAPACITY} are recorded as refused. */
    public synchronized FakeGateway placeResult(PlaceResult result) {
        placeResult = result;
        return this;
    }

    /** Calls placed from now on stay in DIALING until the test moves them. */
    public synchronized FakeGateway holdCalls() {
        held = true;
        return this;
    }

    /** Every request fails with UNAVAILABLE before it has an effect, and watches end; false heals it. */
    public synchronized FakeGateway unreachable(boolean value) {
        unreachable = value;
        if (value) {
            watchers.values().forEach(watcher -> watcher.stream().onError(Status.UNAVAILABLE.asRuntimeException()));
            watchers.clear();
        }
        return this;
    }

    /** A new registry: everything is forgotten. */
    public synchronized FakeGateway newIncarnation() {
        incarnation++;
        registry.clear();
        states.clear();
        calls.clear();
        epochs.clear();
        return this;
    }

    /** The calls that were placed, in order. */
    public synchronized List<PlaceCall> placed() {
        return List.copyOf(calls.values());
    }

    /** The registry, refusals included, in order. */
    public synchronized List<RegistryEntry> registry() {
        return registry.values().stream().map(this::withState).toList();
    }

    /** Moves a held call on and tells the watcher. */
    public synchronized void progress(AttemptId attempt, CallPhase phase, CallOutcome result) {
        CallState state =
                state(attempt).toBuilder().setPhase(phase).setOutcome(result).build();
        states.put(attempt, state);
        RegistryEntry entry = registry.get(attempt);
        Watcher watcher = entry == null ? null : watchers.get(entry.getScope());
        if (watcher != null) {
            watcher.stream()
                    .onNext(CallEventBatch.newBuilder()
                            .addCalls(state)
                            .setTicket(ticket)
                            .build());
        }
    }

    /** Ends a held call. */
    public void end(AttemptId attempt, CallOutcome result) {
        progress(attempt, CallPhase.ENDED, result);
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void forget(WatchCallsRequest request, Watcher watcher) {
        watchers.remove(request.getScope(), watcher);
    }

    CallState state(AttemptId attempt) {
        return states.getOrDefault(
                attempt,
                CallState.newBuilder()
                        .setAttemptId(AttemptIdBytes.encode(attempt))
                        .setPhase(CallPhase.NEVER_PLACED)
                        .build());
    }

    private RegistryEntry withState(RegistryEntry entry) {
        CallState state = state(AttemptIdBytes.decode(entry.getAttemptId()));
        return entry.toBuilder()
                .setPhase(state.getPhase())
                .setOutcome(state.getOutcome())
                .build();
    }

    boolean fenced(String scope, long epoch) {
        return epochs.merge(scope, epoch, Math::max) > epoch;
    }

    void record(AttemptId attempt, String scope, long epoch, boolean refused) {
        registry.put(
                attempt,
                RegistryEntry.newBuilder()
                        .setAttemptId(AttemptIdBytes.encode(attempt))
                        .setScope(scope)
                        .setEpoch(epoch)
                        .setRefused(refused)
                        .build());
    }

    PlaceResult placeOne(PlaceCallsRequest request, PlaceCall call) {
        if (call.getAttemptId().size() != AttemptIdBytes.LENGTH) {
            return PlaceResult.INVALID;
        }
        AttemptId attempt = AttemptIdBytes.decode(call.getAttemptId());
        if (registry.containsKey(attempt)) {
            return PlaceResult.ALREADY_SEEN;
        }
        if (call.getIncarnation() != incarnation) {
            return PlaceResult.OTHER_INCARNATION;
        }
        if (placeResult == PlaceResult.TOO_LATE || placeResult == PlaceResult.NO_CAPACITY) {
            record(attempt, request.getScope(), request.getEpoch(), true);
        }
        if (placeResult == PlaceResult.PLACED) {
            record(attempt, request.getScope(), request.getEpoch(), false);
            calls.put(attempt, call);
            states.put(
                    attempt,
                    state(attempt).toBuilder().setPhase(CallPhase.DIALING).build());
        }
        return placeResult;
    }
}
