package io.callisto.gateway.client;

import io.callisto.gateway.v1.AgentMediaGrpc;
import io.callisto.gateway.v1.ExecuteReply;
import io.callisto.gateway.v1.ExecuteRequest;
import io.callisto.gateway.v1.LegEventBatch;
import io.callisto.gateway.v1.ListLegsReply;
import io.callisto.gateway.v1.ListLegsRequest;
import io.callisto.gateway.v1.ResolveLegsReply;
import io.callisto.gateway.v1.ResolveLegsRequest;
import io.callisto.gateway.v1.WatchLegsRequest;
import io.callisto.ha.Scope;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The agents' half of one media gateway, from {@link GatewayClient#agentMedia()}. As there, every call blocks for at
 * most the timeout and throws {@link GatewayUnavailable} where no answer came; a refusal is in the reply. Thread-safe.
 */
public final class AgentMediaClient {
    /** Most commands of one {@link #execute}. */
    public static final int MAX_COMMANDS = 1_000;

    /** Most ids of one {@link #resolve}. */
    public static final int MAX_LEGS = 1_000;

    private final GatewayClient gateway;
    private final ManagedChannel channel;
    private final Duration timeout;

    AgentMediaClient(GatewayClient gateway, ManagedChannel channel, Duration timeout) {
        this.gateway = gateway;
        this.channel = channel;
        this.timeout = timeout;
    }

    public String gatewayId() {
        return gateway.gatewayId();
    }

    /** Carries out up to {@link #MAX_COMMANDS} commands; one result for each, in order. See {@link AgentCommands}. */
    public ExecuteReply execute(ExecuteRequest request) {
        return call(stub -> stub.execute(request));
    }

    /** What became of legs; an unknown one can never be nailed any more. At most {@link #MAX_LEGS}. */
    public ResolveLegsReply resolve(Scope scope, long epoch, Collection<LegId> ids) {
        ResolveLegsRequest request = ResolveLegsRequest.newBuilder()
                .setScope(scope.value())
                .setEpoch(epoch)
                .addAllLegIds(ids.stream().map(LegId::bytes).toList())
                .build();
        return call(stub -> stub.resolveLegs(request));
    }

    /** Everything of the scope that lives. */
    public ListLegsReply list(Scope scope, long epoch) {
        ListLegsRequest request = ListLegsRequest.newBuilder()
                .setScope(scope.value())
                .setEpoch(epoch)
                .build();
        return call(stub -> stub.listLegs(request));
    }

    /**
     * The scope's events. Empty batches follow at least every second.
     *
     * @param after sequence of the last event that is known; empty: only what comes from now on
     * @param onBatch one call at a time, on a thread of the channel; while it runs the gateway waits
     * @param onEnd called once where the watch ends by itself, with {@link WatchRefused} or {@link GatewayUnavailable}
     */
    public Watch watch(
            Scope scope, long epoch, OptionalLong after, Consumer<LegEventBatch> onBatch, Consumer<Throwable> onEnd) {
        gateway.wakeChannel();
        CallWatch<WatchLegsRequest, LegEventBatch> watch = new CallWatch<>(onBatch, onEnd, gateway::explainWatch);
        WatchLegsRequest.Builder request =
                WatchLegsRequest.newBuilder().setScope(scope.value()).setEpoch(epoch);
        after.ifPresent(request::setAfterSequence);
        AgentMediaGrpc.newStub(channel).watchLegs(request.build(), watch);
        return watch;
    }

    private <T> T call(Function<AgentMediaGrpc.AgentMediaBlockingStub, T> rpc) {
        gateway.wakeChannel();
        try {
            return rpc.apply(
                    AgentMediaGrpc.newBlockingStub(channel).withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (StatusRuntimeException failure) {
            throw gateway.explain(failure);
        }
    }
}
