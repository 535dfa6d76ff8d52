package io.callisto.gateway.client;

import com.google.protobuf.ByteString;
import io.callisto.domain.AttemptId;
import io.callisto.gateway.v1.AnnounceEpochReply;
import io.callisto.gateway.v1.AnnounceEpochRequest;
import io.callisto.gateway.v1.CallEventBatch;
import io.callisto.gateway.v1.DescribeReply;
import io.callisto.gateway.v1.DescribeRequest;
import io.callisto.gateway.v1.HangUpReply;
import io.callisto.gateway.v1.HangUpRequest;
import io.callisto.gateway.v1.MediaGatewayGrpc;
import io.callisto.gateway.v1.PlaceCallsReply;
import io.callisto.gateway.v1.PlaceCallsRequest;
import io.callisto.gateway.v1.ReadRegistryRequest;
import io.callisto.gateway.v1.RegistryEntry;
import io.callisto.gateway.v1.RegistryEntryBatch;
import io.callisto.gateway.v1.ResolveReply;
import io.callisto.gateway.v1.ResolveRequest;
import io.callisto.gateway.v1.WatchCallsRequest;
import io.callisto.ha.Scope;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One media gateway, over one gRPC channel. Every call blocks for at most the timeout and throws {@link
 * GatewayUnavailable}
 * where no answer came; the channel connects again by itself. A refusal (a stale epoch, say) is in the reply.
 * Thread-safe.
 */
public final class GatewayClient implements AutoCloseable {
    /** Most calls of one {@link #place}. */
    public static final int MAX_CALLS = 1_000;

    /** Most ids of one {@link #resolve} or {@link #hangUp}. */
    public static final int MAX_IDS = 10_000;

    private static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
    private static final int REGISTRY_TIMEOUTS = 120;

    private final GatewayAddress address;
    private final Duration timeout;
    private final ManagedChannel channel;

    private GatewayClient(GatewayAddress address, Duration timeout, ManagedChannel channel) {
        this.address = address;
        this.timeout = timeout;
        this.channel = channel;
    }

    /**
     * A client of the gateway; connects at the first call.
     *
     * @param timeout of each call; positive
     */
    public static GatewayClient connect(GatewayAddress address, Duration timeout) {
        ManagedChannel channel = NettyChannelBuilder.forAddress(address.host(), address.port())
                .usePlaintext()
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                // A frozen gateway, or a host that is gone, must end the watches: nothing else would.
                .keepAliveTime(2, TimeUnit.SECONDS)
                .keepAliveTimeout(2, TimeUnit.SECONDS)
                .build();
        return new GatewayClient(address, timeout, channel);
    }

    public String gatewayId() {
        return address.id();
    }

    public GatewayAddress address() {
        return address;
    }

    /** What the gateway is. A gateway that answers with another id than the configured one counts as unavailable. */
    public DescribeReply describe() {
        DescribeReply reply = call(stub -> stub.describe(DescribeRequest.getDefaultInstance()));
        if (!reply.getGatewayId().equals(gatewayId())) {
            throw unavailable(Status.FAILED_PRECONDITION
                    .withDescription("it calls itself '" + reply.getGatewayId() + "'; correct callisto.gateways")
                    .asRuntimeException());
        }
        return reply;
    }

    /** Fences the scope: from an accepting reply on, the gateway takes nothing of a lower epoch. */
    public AnnounceEpochReply announce(Scope scope, long epoch) {
        AnnounceEpochRequest request = AnnounceEpochRequest.newBuilder()
                .setScope(scope.value())
                .setEpoch(epoch)
                .build();
        // A gateway that is back must not wait for the end of the channel's pauses, which grow to minutes.
        channel.resetConnectBackoff();
        return call(stub -> stub.announceEpoch(request));
    }

    /** Places up to {@link #MAX_CALLS} calls; one result for each, in order. */
    public PlaceCallsReply place(PlaceCallsRequest request) {
        return call(stub -> stub.placeCalls(request));
    }

    /**
     * What became of the attempts; afterwards an unknown one can never be placed any more. At most {@link #MAX_IDS}.
     */
    public ResolveReply resolve(Scope scope, long epoch, Collection<AttemptId> ids) {
        ResolveRequest request = ResolveRequest.newBuilder()
                .setScope(scope.value())
                .setEpoch(epoch)
                .addAllAttemptIds(bytes(ids))
                .build();
        return call(stub -> stub.resolve(request));
    }

    /** Ends those of the calls that still live. At most {@link #MAX_IDS}. */
    public HangUpReply hangUp(Scope scope, long epoch, Collection<AttemptId> ids) {
        HangUpRequest request = HangUpRequest.newBuilder()
                .setScope(scope.value())
                .setEpoch(epoch)
                .addAllAttemptIds(bytes(ids))
                .build();
        return call(stub -> stub.hangUp(request));
    }

    /**
     * Reads the gateway's registry in order.
     *
     * @param scopePrefix such as {@code job/17/}; empty for all
     * @return how many entries there were
     */
    public long readRegistry(String scopePrefix, Consumer<RegistryEntry> consumer) {
        ReadRegistryRequest request =
                ReadRegistryRequest.newBuilder().setScopePrefix(scopePrefix).build();
        long entries = 0;
        try {
            Iterator<RegistryEntryBatch> batches =
                    stub(timeout.multipliedBy(REGISTRY_TIMEOUTS)).readRegistry(request);
            while (batches.hasNext()) {
                RegistryEntryBatch batch = batches.next();
                batch.getEntriesList().forEach(consumer);
                entries += batch.getEntriesCount();
            }
        } catch (StatusRuntimeException failure) {
            throw explain(failure);
        }
        return entries;
    }

    /**
     * Progress of the scope's calls from now on. The first batch comes at once and may be empty: from then on nothing
     * is
     * missed, so what is resolved after it is complete. Empty batches follow at least every second.
     *
     * @param onBatch one call at a time, on a thread of the channel; while it runs the gateway waits and merges
     * @param onEnd called once where the watch ends by itself, with {@link WatchRefused} or {@link GatewayUnavailable}
     */
    public Watch watch(Scope scope, long epoch, Consumer<CallEventBatch> onBatch, Consumer<Throwable> onEnd) {
        wakeChannel();
        CallWatch<WatchCallsRequest, CallEventBatch> watch = new CallWatch<>(onBatch, onEnd, this::explainWatch);
        WatchCallsRequest request = WatchCallsRequest.newBuilder()
                .setScope(scope.value())
                .setEpoch(epoch)
                .build();
        MediaGatewayGrpc.newStub(channel).watchCalls(request, watch);
        return watch;
    }

    /** The agents' half of the same gateway, over the same channel. */
    public AgentMediaClient agentMedia() {
        return new AgentMediaClient(this, channel, timeout);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T call(Function<MediaGatewayGrpc.MediaGatewayBlockingStub, T> rpc) {
        try {
            return rpc.apply(stub(timeout));
        } catch (StatusRuntimeException failure) {
            throw explain(failure);
        }
    }

    private MediaGatewayGrpc.MediaGatewayBlockingStub stub(Duration deadline) {
        wakeChannel();
        return MediaGatewayGrpc.newBlockingStub(channel).withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** gRPC's pause before it connects again grows to two minutes; whoever calls wants to know now. */
    void wakeChannel() {
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            channel.resetConnectBackoff();
        }
    }

    RuntimeException explainWatch(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        String message = "watch at media gateway " + gatewayId() + " ended: " + status.getDescription();
        return switch (status.getCode()) {
            case ABORTED -> new WatchRefused(WatchRefused.Reason.REPLACED, message, failure);
            case FAILED_PRECONDITION -> new WatchRefused(WatchRefused.Reason.STALE_EPOCH, message, failure);
            case OUT_OF_RANGE -> new WatchRefused(WatchRefused.Reason.OUT_OF_RANGE, message, failure);
            default -> explain(failure);
        };
    }

    RuntimeException explain(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        if (status.getCode() == Status.Code.INVALID_ARGUMENT) {
            return new IllegalArgumentException(
                    "media gateway " + gatewayId() + " refuses the request: " + status.getDescription(), failure);
        }
        return unavailable(failure);
    }

    private GatewayUnavailable unavailable(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        String description = status.getDescription();
        return new GatewayUnavailable(
                gatewayId(), status.getCode().name(), description == null ? address.toString() : description, failure);
    }

    private static List<ByteString> bytes(Collection<AttemptId> ids) {
        return ids.stream().map(AttemptIdBytes::encode).toList();
    }
}
