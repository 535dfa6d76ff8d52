package io.callisto.gateway.client;

import com.google.protobuf.ByteString;
import io.callisto.domain.AttemptId;
import io.callisto.gateway.v1.AnnounceEpochReply;
import io.callisto.gateway.v1.AnnounceEpochRequest;
import io.callisto.gateway.v1.CallEventBatch;
import io.callisto.gateway.v1.CallOutcome;
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
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/** The protocol over a {@link FakeGateway}. */
final class FakeContract extends MediaGatewayGrpc.MediaGatewayImplBase {
    private final FakeGateway gateway;

    FakeContract(FakeGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public void describe(DescribeRequest request, StreamObserver<DescribeReply> replies) {
        synchronized (gateway) {
            reply(
                    replies,
                    DescribeReply.newBuilder()
                            .setGatewayId(gateway.id)
                            .setIncarnation(gateway.incarnation)
                            .setCapacity(Integer.MAX_VALUE)
                            .setCallsPlaced(gateway.calls.size())
                            .build());
        }
    }

    @Override
    public void announceEpoch(AnnounceEpochRequest request, StreamObserver<AnnounceEpochReply> replies) {
        synchronized (gateway) {
            boolean refused = !gateway.unreachable && gateway.fenced(request.getScope(), request.getEpoch());
            reply(
                    replies,
                    AnnounceEpochReply.newBuilder()
                            .setAccepted(!refused)
                            .setHighestEpoch(gateway.epochs.getOrDefault(request.getScope(), 0L))
                            .setIncarnation(gateway.incarnation)
                            .setTicket(++gateway.ticket)
                            .build());
        }
    }

    @Override
    public void placeCalls(PlaceCallsRequest request, StreamObserver<PlaceCallsReply> replies) {
        List<AttemptId> placed = new ArrayList<>();
        synchronized (gateway) {
            PlaceCallsReply.Builder reply = PlaceCallsReply.newBuilder();
            boolean stale = !gateway.unreachable && gateway.fenced(request.getScope(), request.getEpoch());
            for (PlaceCall call : gateway.unreachable ? List.<PlaceCall>of() : request.getCallsList()) {
                PlaceResult result = stale ? PlaceResult.STALE_EPOCH : gateway.placeOne(request, call);
                reply.addResults(result);
                if (result == PlaceResult.PLACED) {
                    placed.add(AttemptIdBytes.decode(call.getAttemptId()));
                }
            }
            reply(
                    replies,
                    reply.setHighestEpoch(gateway.epochs.getOrDefault(request.getScope(), 0L))
                            .setTicket(++gateway.ticket)
                            .build());
            if (!gateway.held) {
                placed.forEach(attempt -> gateway.end(attempt, gateway.outcome.apply(gateway.calls.get(attempt))));
            }
        }
    }

    @Override
    public void resolve(ResolveRequest request, StreamObserver<ResolveReply> replies) {
        synchronized (gateway) {
            ResolveReply.Builder reply = ResolveReply.newBuilder();
            boolean accepted = !gateway.unreachable && !gateway.fenced(request.getScope(), request.getEpoch());
            for (ByteString bytes : accepted ? request.getAttemptIdsList() : List.<ByteString>of()) {
                AttemptId attempt = AttemptIdBytes.decode(bytes);
                if (!gateway.registry.containsKey(attempt)) {
                    gateway.record(attempt, request.getScope(), request.getEpoch(), true);
                }
                reply.addCalls(gateway.state(attempt));
            }
            reply(
                    replies,
                    reply.setAccepted(accepted)
                            .setHighestEpoch(gateway.epochs.getOrDefault(request.getScope(), 0L))
                            .setIncarnation(gateway.incarnation)
                            .setTicket(++gateway.ticket)
                            .build());
        }
    }

    @Override
    public void hangUp(HangUpRequest request, StreamObserver<HangUpReply> replies) {
        synchronized (gateway) {
            boolean accepted = !gateway.unreachable && !gateway.fenced(request.getScope(), request.getEpoch());
            for (ByteString bytes : accepted ? request.getAttemptIdsList() : List.<ByteString>of()) {
                CallState state = gateway.state(AttemptIdBytes.decode(bytes));
                switch (state.getPhase()) {
                    case DIALING, RINGING -> gateway.end(AttemptIdBytes.decode(bytes), CallOutcome.RING_NO_ANSWER);
                    case ANSWERED -> gateway.end(AttemptIdBytes.decode(bytes), state.getOutcome());
                    default -> {}
                }
            }
            reply(
                    replies,
                    HangUpReply.newBuilder()
                            .setAccepted(accepted)
                            .setHighestEpoch(gateway.epochs.getOrDefault(request.getScope(), 0L))
                            .build());
        }
    }

    @Override
    public void watchCalls(WatchCallsRequest request, StreamObserver<CallEventBatch> stream) {
        synchronized (gateway) {
            if (gateway.unreachable) {
                stream.onError(Status.UNAVAILABLE.asRuntimeException());
            } else if (gateway.fenced(request.getScope(), request.getEpoch())) {
                stream.onError(Status.FAILED_PRECONDITION.asRuntimeException());
            } else {
                FakeGateway.Watcher watcher = new FakeGateway.Watcher(stream);
                // Without a handler, sending to a watcher that has gone throws.
                ((ServerCallStreamObserver<CallEventBatch>) stream)
                        .setOnCancelHandler(() -> gateway.forget(request, watcher));
                FakeGateway.Watcher old = gateway.watchers.put(request.getScope(), watcher);
                if (old != null) {
                    old.stream().onError(Status.ABORTED.asRuntimeException());
                }
                stream.onNext(
                        CallEventBatch.newBuilder().setTicket(++gateway.ticket).build());
            }
        }
    }

    @Override
    public void readRegistry(ReadRegistryRequest request, StreamObserver<RegistryEntryBatch> replies) {
        synchronized (gateway) {
            List<RegistryEntry> entries = gateway.registry().stream()
                    .filter(entry -> entry.getScope().startsWith(request.getScopePrefix()))
                    .toList();
            reply(
                    replies,
                    RegistryEntryBatch.newBuilder().addAllEntries(entries).build());
        }
    }

    private <T> void reply(StreamObserver<T> replies, T value) {
        if (gateway.unreachable) {
            replies.onError(Status.UNAVAILABLE.asRuntimeException());
            return;
        }
        replies.onNext(value);
        replies.onCompleted();
    }
}
