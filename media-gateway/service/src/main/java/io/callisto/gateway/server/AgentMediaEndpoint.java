package io.callisto.gateway.server;

import io.callisto.gateway.client.AgentMediaClient;
import io.callisto.gateway.client.LegId;
import io.callisto.gateway.legs.CommandAnswer;
import io.callisto.gateway.legs.CommandOrder;
import io.callisto.gateway.legs.Switchboard;
import io.callisto.gateway.v1.AgentMediaGrpc;
import io.callisto.gateway.v1.ExecuteReply;
import io.callisto.gateway.v1.ExecuteRequest;
import io.callisto.gateway.v1.LegEventBatch;
import io.callisto.gateway.v1.ListLegsReply;
import io.callisto.gateway.v1.ListLegsRequest;
import io.callisto.gateway.v1.ResolveLegsReply;
import io.callisto.gateway.v1.ResolveLegsRequest;
import io.callisto.gateway.v1.WatchLegsRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The agents' protocol over the switchboard. */
final class AgentMediaEndpoint extends AgentMediaGrpc.AgentMediaImplBase {
    private final Switchboard switchboard;

    AgentMediaEndpoint(Switchboard switchboard) {
        this.switchboard = switchboard;
    }

    @Override
    public void execute(ExecuteRequest request, StreamObserver<ExecuteReply> replies) {
        Replies.answer(replies, () -> {
            CommandAnswer answer = switchboard.execute(order(request));
            return ExecuteReply.newBuilder()
                    .addAllResults(answer.results())
                    .setHighestEpoch(answer.highestEpoch())
                    .setTicket(switchboard.ticket())
                    .build();
        });
    }

    private static CommandOrder order(ExecuteRequest request) {
        if (request.getCommandsCount() > AgentMediaClient.MAX_COMMANDS) {
            throw new IllegalArgumentException(
                    "at most " + AgentMediaClient.MAX_COMMANDS + " commands at once: " + request.getCommandsCount());
        }
        if (request.getTtlMillis() < 1 || request.getTtlMillis() > CommandOrder.MAX_TTL_MILLIS) {
            throw new IllegalArgumentException(
                    "ttl_millis must lie between 1 and " + CommandOrder.MAX_TTL_MILLIS + ": " + request.getTtlMillis());
        }
        return new CommandOrder(
                GatewayRequests.scope(request.getScope()),
                GatewayRequests.epoch(request.getEpoch()),
                request.getTtlMillis(),
                request.getTicket(),
                request.getCommandsList());
    }

    @Override
    public void resolveLegs(ResolveLegsRequest request, StreamObserver<ResolveLegsReply> replies) {
        Replies.answer(replies, () -> {
            if (request.getLegIdsCount() > AgentMediaClient.MAX_LEGS) {
                throw new IllegalArgumentException(
                        "at most " + AgentMediaClient.MAX_LEGS + " ids at once: " + request.getLegIdsCount());
            }
            return switchboard.resolve(
                    GatewayRequests.scope(request.getScope()),
                    GatewayRequests.epoch(request.getEpoch()),
                    request.getLegIdsList().stream().map(LegId::decode).toList());
        });
    }

    @Override
    public void listLegs(ListLegsRequest request, StreamObserver<ListLegsReply> replies) {
        Replies.answer(
                replies,
                () -> switchboard.list(
                        GatewayRequests.scope(request.getScope()), GatewayRequests.epoch(request.getEpoch())));
    }

    @Override
    public void watchLegs(WatchLegsRequest request, StreamObserver<LegEventBatch> replies) {
        ServerCallStreamObserver<LegEventBatch> observer = (ServerCallStreamObserver<LegEventBatch>) replies;
        AtomicReference<Switchboard.@Nullable Subscription> registered = new AtomicReference<>();
        // gRPC calls it after this method at the earliest.
        observer.setOnCancelHandler(() -> {
            Switchboard.Subscription subscription = registered.get();
            if (subscription != null) {
                switchboard.unwatch(subscription);
            }
        });
        Replies.orEnd(replies, () -> {
            Switchboard.Subscription subscription = switchboard.watch(
                    GatewayRequests.scope(request.getScope()),
                    GatewayRequests.epoch(request.getEpoch()),
                    request.hasAfterSequence() ? OptionalLong.of(request.getAfterSequence()) : OptionalLong.empty(),
                    new LegObserverStream(observer));
            if (subscription == null) {
                throw Status.FAILED_PRECONDITION
                        .withDescription("a higher epoch of the scope is known")
                        .asRuntimeException();
            }
            registered.set(subscription);
        });
    }
}
