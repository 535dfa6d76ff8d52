package io.callisto.gateway.server;

import io.callisto.gateway.calls.Exchange;
import io.callisto.gateway.calls.GatewayStatus;
import io.callisto.gateway.calls.PlaceAnswer;
import io.callisto.gateway.calls.ResolveAnswer;
import io.callisto.gateway.calls.ScopeAnswer;
import io.callisto.gateway.events.Watchers;
import io.callisto.gateway.legs.Switchboard;
import io.callisto.gateway.v1.AnnounceEpochReply;
import io.callisto.gateway.v1.AnnounceEpochRequest;
import io.callisto.gateway.v1.CallEventBatch;
import io.callisto.gateway.v1.DescribeReply;
import io.callisto.gateway.v1.DescribeRequest;
import io.callisto.gateway.v1.HangUpReply;
import io.callisto.gateway.v1.HangUpRequest;
import io.callisto.gateway.v1.LegLoad;
import io.callisto.gateway.v1.MediaGatewayGrpc;
import io.callisto.gateway.v1.PlaceCallsReply;
import io.callisto.gateway.v1.PlaceCallsRequest;
import io.callisto.gateway.v1.ReadRegistryRequest;
import io.callisto.gateway.v1.RegistryEntryBatch;
import io.callisto.gateway.v1.ResolveReply;
import io.callisto.gateway.v1.ResolveRequest;
import io.callisto.gateway.v1.WatchCallsRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The protocol over the exchange. */
final class GatewayEndpoint extends MediaGatewayGrpc.MediaGatewayImplBase {
    private final String gatewayId;
    private final Exchange exchange;
    private final Switchboard switchboard;

    GatewayEndpoint(String gatewayId, Exchange exchange, Switchboard switchboard) {
        this.gatewayId = gatewayId;
        this.exchange = exchange;
        this.switchboard = switchboard;
    }

    @Override
    public void describe(DescribeRequest request, StreamObserver<DescribeReply> replies) {
        Replies.answer(replies, () -> {
            GatewayStatus status = exchange.status();
            LegLoad load = switchboard.load();
            return DescribeReply.newBuilder()
                    .setGatewayId(gatewayId)
                    .setIncarnation(status.incarnation())
                    .setLiveCalls(status.liveCalls())
                    .setCapacity(status.capacity())
                    .setCallsPlaced(status.callsPlaced())
                    .setDraining(status.draining())
                    .setLiveLegs(load.getLiveLegs())
                    .setLegCapacity(load.getLegCapacity())
                    .build();
        });
    }

    @Override
    public void announceEpoch(AnnounceEpochRequest request, StreamObserver<AnnounceEpochReply> replies) {
        Replies.answer(replies, () -> {
            ScopeAnswer answer = exchange.announce(
                    GatewayRequests.scope(request.getScope()), GatewayRequests.epoch(request.getEpoch()));
            return AnnounceEpochReply.newBuilder()
                    .setAccepted(answer.accepted())
                    .setHighestEpoch(answer.highestEpoch())
                    .setIncarnation(exchange.status().incarnation())
                    .setTicket(exchange.ticket())
                    .build();
        });
    }

    @Override
    public void placeCalls(PlaceCallsRequest request, StreamObserver<PlaceCallsReply> replies) {
        Replies.answer(replies, () -> {
            PlaceAnswer answer = exchange.place(GatewayRequests.order(request));
            return PlaceCallsReply.newBuilder()
                    .addAllResults(answer.results())
                    .setHighestEpoch(answer.highestEpoch())
                    .setTicket(exchange.ticket())
                    .build();
        });
    }

    @Override
    public void resolve(ResolveRequest request, StreamObserver<ResolveReply> replies) {
        Replies.answer(replies, () -> {
            ResolveAnswer answer = exchange.resolve(
                    GatewayRequests.scope(request.getScope()),
                    GatewayRequests.epoch(request.getEpoch()),
                    GatewayRequests.attempts(request.getAttemptIdsList()));
            return ResolveReply.newBuilder()
                    .setAccepted(answer.accepted())
                    .setHighestEpoch(answer.highestEpoch())
                    .setIncarnation(exchange.status().incarnation())
                    .addAllCalls(answer.calls())
                    .setTicket(exchange.ticket())
                    .build();
        });
    }

    @Override
    public void hangUp(HangUpRequest request, StreamObserver<HangUpReply> replies) {
        Replies.answer(replies, () -> {
            ScopeAnswer answer = exchange.hangUp(
                    GatewayRequests.scope(request.getScope()),
                    GatewayRequests.epoch(request.getEpoch()),
                    GatewayRequests.attempts(request.getAttemptIdsList()));
            return HangUpReply.newBuilder()
                    .setAccepted(answer.accepted())
                    .setHighestEpoch(answer.highestEpoch())
                    .build();
        });
    }

    @Override
    public void watchCalls(WatchCallsRequest request, StreamObserver<CallEventBatch> replies) {
        ServerCallStreamObserver<CallEventBatch> observer = (ServerCallStreamObserver<CallEventBatch>) replies;
        AtomicReference<Watchers.@Nullable Watcher> registered = new AtomicReference<>();
        // gRPC calls it after this method at the earliest.
        observer.setOnCancelHandler(() -> {
            Watchers.Watcher watcher = registered.get();
            if (watcher != null) {
                exchange.unwatch(watcher);
            }
        });
        Replies.orEnd(replies, () -> {
            Watchers.Watcher watcher = exchange.watch(
                    GatewayRequests.scope(request.getScope()),
                    GatewayRequests.epoch(request.getEpoch()),
                    new ObserverStream(observer));
            if (watcher == null) {
                throw Status.FAILED_PRECONDITION
                        .withDescription("a higher epoch of the scope is known")
                        .asRuntimeException();
            }
            registered.set(watcher);
        });
    }

    @Override
    public void readRegistry(ReadRegistryRequest request, StreamObserver<RegistryEntryBatch> replies) {
        ServerCallStreamObserver<RegistryEntryBatch> observer = (ServerCallStreamObserver<RegistryEntryBatch>) replies;
        Replies.orEnd(replies, () -> new RegistryStream(exchange.list(request.getScopePrefix()), observer).start());
    }
}
