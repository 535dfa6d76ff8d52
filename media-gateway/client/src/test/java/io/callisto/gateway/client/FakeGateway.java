package io.callisto.gateway.client;

import com.google.protobuf.ByteString;
import io.callisto.domain.AttemptId;
import io.callisto.gateway.v1.AnnounceEpochReply;
import io.callisto.gateway.v1.AnnounceEpochRequest;
import io.callisto.gateway.v1.CallEventBatch;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import io.callisto.gateway.v1.CallState;
import io.callisto.gateway.v1.DescribeReply;
import io.callisto.gateway.v1.DescribeRequest;
import io.callisto.gateway.v1.HangUpReply;
import io.callisto.gateway.v1.HangUpRequest;
import io.callisto.gateway.v1.MediaGatewayGrpc;
import io.callisto.gateway.v1.PlaceCall;
import io.callisto.gateway.v1.PlaceCallsReply;
import io.callisto.gateway.v1.PlaceCallsRequest;
import io.callisto.gateway.v1.PlaceResult;
import io.callisto.gateway.v1.ReadRegistryRequest;
import io.callisto.gateway.v1.RegistryEntry;
import io.callisto.gateway.v1.RegistryEntryBatch;
import io.callisto.gateway.v1.ResolveReply;
import io.callisto.gateway.v1.ResolveRequest;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A media gateway for tests of its callers, on a free port of the loopback: same refusals as the real one, kept in memory, no
 * clock of its own. Outcomes are scripted with {@link #outcome}; by default every call ends at once, answered by a human.
 * With {@link #holdCalls} calls stay in DIALING until {@link #end} or {@link #progress}.
 */
public final class FakeGateway implements AutoCloseable {
    private final String id;
    private final Map<String, Long> epochs = new HashMap<>();
    private final Map<AttemptId, RegistryEntry> registry = new LinkedHashMap<>();
    private final Map<AttemptId, CallState> states = new HashMap<>();
    private final Map<AttemptId, PlaceCall> calls = new LinkedHashMap<>();
    private final Map<String, Watcher> watchers = new HashMap<>();
    private final Server server;
    private Function<PlaceCall, CallOutcome> outcome = call -> CallOutcome.ANSWER_HUMAN;
    private PlaceResult placeResult = PlaceResult.PLACED;
    private boolean held;
    private boolean unreachable;
    private long incarnation = 1;
    private long ticket = 1;

    private record Watcher(long epoch, StreamObserver<CallEventBatch> stream) {}

    private FakeGateway(String id) {
        this.id = id;
        try {
            this.server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(new Contract())
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

    private CallState state(AttemptId attempt) {
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

    private boolean fenced(String scope, long epoch) {
        return epochs.merge(scope, epoch, Math::max) > epoch;
    }

    private void record(AttemptId attempt, String scope, long epoch, boolean refused) {
        registry.put(
                attempt,
                RegistryEntry.newBuilder()
                        .setAttemptId(AttemptIdBytes.encode(attempt))
                        .setScope(scope)
                        .setEpoch(epoch)
                        .setRefused(refused)
                        .build());
    }

    private PlaceResult placeOne(PlaceCallsRequest request, PlaceCall call) {
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

    private final class Contract extends MediaGatewayGrpc.MediaGatewayImplBase {
        @Override
        public void describe(DescribeRequest request, StreamObserver<DescribeReply> replies) {
            synchronized (FakeGateway.this) {
                reply(
                        replies,
                        DescribeReply.newBuilder()
                                .setGatewayId(id)
                                .setIncarnation(incarnation)
                                .setCapacity(Integer.MAX_VALUE)
                                .setCallsPlaced(calls.size())
                                .build());
            }
        }

        @Override
        public void announceEpoch(AnnounceEpochRequest request, StreamObserver<AnnounceEpochReply> replies) {
            synchronized (FakeGateway.this) {
                boolean refused = !unreachable && fenced(request.getScope(), request.getEpoch());
                reply(
                        replies,
                        AnnounceEpochReply.newBuilder()
                                .setAccepted(!refused)
                                .setHighestEpoch(epochs.getOrDefault(request.getScope(), 0L))
                                .setIncarnation(incarnation)
                                .setTicket(++ticket)
                                .build());
            }
        }

        @Override
        public void placeCalls(PlaceCallsRequest request, StreamObserver<PlaceCallsReply> replies) {
            List<AttemptId> placed = new ArrayList<>();
            synchronized (FakeGateway.this) {
                PlaceCallsReply.Builder reply = PlaceCallsReply.newBuilder();
                boolean stale = !unreachable && fenced(request.getScope(), request.getEpoch());
                for (PlaceCall call : unreachable ? List.<PlaceCall>of() : request.getCallsList()) {
                    PlaceResult result = stale ? PlaceResult.STALE_EPOCH : placeOne(request, call);
                    reply.addResults(result);
                    if (result == PlaceResult.PLACED) {
                        placed.add(AttemptIdBytes.decode(call.getAttemptId()));
                    }
                }
                reply(
                        replies,
                        reply.setHighestEpoch(epochs.getOrDefault(request.getScope(), 0L))
                                .setTicket(++ticket)
                                .build());
                if (!held) {
                    placed.forEach(attempt -> end(attempt, outcome.apply(calls.get(attempt))));
                }
            }
        }

        @Override
        public void resolve(ResolveRequest request, StreamObserver<ResolveReply> replies) {
            synchronized (FakeGateway.this) {
                ResolveReply.Builder reply = ResolveReply.newBuilder();
                boolean accepted = !unreachable && !fenced(request.getScope(), request.getEpoch());
                for (ByteString bytes : accepted ? request.getAttemptIdsList() : List.<ByteString>of()) {
                    AttemptId attempt = AttemptIdBytes.decode(bytes);
                    if (!registry.containsKey(attempt)) {
                        record(attempt, request.getScope(), request.getEpoch(), true);
                    }
                    reply.addCalls(state(attempt));
                }
                reply(
                        replies,
                        reply.setAccepted(accepted)
                                .setHighestEpoch(epochs.getOrDefault(request.getScope(), 0L))
                                .setIncarnation(incarnation)
                                .setTicket(++ticket)
                                .build());
            }
        }

        @Override
        public void hangUp(HangUpRequest request, StreamObserver<HangUpReply> replies) {
            synchronized (FakeGateway.this) {
                boolean accepted = !unreachable && !fenced(request.getScope(), request.getEpoch());
                for (ByteString bytes : accepted ? request.getAttemptIdsList() : List.<ByteString>of()) {
                    CallState state = state(AttemptIdBytes.decode(bytes));
                    switch (state.getPhase()) {
                        case DIALING, RINGING -> end(AttemptIdBytes.decode(bytes), CallOutcome.RING_NO_ANSWER);
                        case ANSWERED -> end(AttemptIdBytes.decode(bytes), state.getOutcome());
                        default -> {}
                    }
                }
                reply(
                        replies,
                        HangUpReply.newBuilder()
                                .setAccepted(accepted)
                                .setHighestEpoch(epochs.getOrDefault(request.getScope(), 0L))
                                .build());
            }
        }

        @Override
        public void watchCalls(WatchCallsRequest request, StreamObserver<CallEventBatch> stream) {
            synchronized (FakeGateway.this) {
                if (unreachable) {
                    stream.onError(Status.UNAVAILABLE.asRuntimeException());
                } else if (fenced(request.getScope(), request.getEpoch())) {
                    stream.onError(Status.FAILED_PRECONDITION.asRuntimeException());
                } else {
                    Watcher old = watchers.put(request.getScope(), new Watcher(request.getEpoch(), stream));
                    if (old != null) {
                        old.stream().onError(Status.ABORTED.asRuntimeException());
                    }
                    stream.onNext(
                            CallEventBatch.newBuilder().setTicket(++ticket).build());
                }
            }
        }

        @Override
        public void readRegistry(ReadRegistryRequest request, StreamObserver<RegistryEntryBatch> replies) {
            synchronized (FakeGateway.this) {
                List<RegistryEntry> entries = registry().stream()
                        .filter(entry -> entry.getScope().startsWith(request.getScopePrefix()))
                        .toList();
                reply(
                        replies,
                        RegistryEntryBatch.newBuilder().addAllEntries(entries).build());
            }
        }

        private <T> void reply(StreamObserver<T> replies, T value) {
            if (unreachable) {
                replies.onError(Status.UNAVAILABLE.asRuntimeException());
                return;
            }
            replies.onNext(value);
            replies.onCompleted();
        }
    }
}
