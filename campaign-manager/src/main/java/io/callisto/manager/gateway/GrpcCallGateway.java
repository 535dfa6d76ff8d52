package io.callisto.manager.gateway;

import io.callisto.domain.AttemptId;
import io.callisto.domain.attempt.CallOutcome;
import io.callisto.domain.attempt.CallPhase;
import io.callisto.domain.attempt.CallReport;
import io.callisto.gateway.client.AttemptIdBytes;
import io.callisto.gateway.client.GatewayClient;
import io.callisto.gateway.client.Watch;
import io.callisto.gateway.v1.AnnounceEpochReply;
import io.callisto.gateway.v1.CallEventBatch;
import io.callisto.gateway.v1.CallState;
import io.callisto.gateway.v1.DescribeReply;
import io.callisto.gateway.v1.PlaceCall;
import io.callisto.gateway.v1.PlaceCallsReply;
import io.callisto.gateway.v1.PlaceCallsRequest;
import io.callisto.gateway.v1.ResolveReply;
import io.callisto.ha.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A media gateway over gRPC. */
public final class GrpcCallGateway implements CallGateway {
    private final GatewayClient client;

    /** @param client not closed by this */
    public GrpcCallGateway(GatewayClient client) {
        this.client = client;
    }

    @Override
    public String id() {
        return client.gatewayId();
    }

    @Override
    public Announced announce(Scope scope, long epoch) {
        DescribeReply gateway = client.describe();
        AnnounceEpochReply reply = client.announce(scope, epoch);
        return new Announced(reply.getAccepted(), reply.getIncarnation(), Math.max(1, gateway.getCapacity()));
    }

    @Override
    public Placed place(PlaceOrder order) {
        PlaceCallsRequest.Builder request = PlaceCallsRequest.newBuilder()
                .setScope(order.scope().value())
                .setEpoch(order.epoch())
                .setTicket(order.ticket())
                .setTtlMillis(Math.toIntExact(order.ttl().toMillis()));
        int ringTimeoutMillis = Math.toIntExact(order.ringTimeout().toMillis());
        for (Call call : order.calls()) {
            request.addCalls(PlaceCall.newBuilder()
                    .setAttemptId(AttemptIdBytes.encode(new AttemptId(call.attempt())))
                    .setPhoneNumber(call.phoneNumber())
                    .setRingTimeoutMillis(ringTimeoutMillis)
                    .setIncarnation(call.incarnation()));
        }
        PlaceCallsReply reply = client.place(request.build());
        return new Placed(
                reply.getResultsList().stream().map(GrpcCallGateway::result).toList(), reply.getTicket());
    }

    @Override
    public Resolved resolve(Scope scope, long epoch, List<UUID> attempts) {
        ResolveReply reply = client.resolve(scope, epoch, ids(attempts));
        return new Resolved(
                reply.getAccepted(),
                reply.getIncarnation(),
                reply.getCallsList().stream().map(GrpcCallGateway::report).toList(),
                reply.getTicket());
    }

    @Override
    public void hangUp(Scope scope, long epoch, List<UUID> attempts) {
        client.hangUp(scope, epoch, ids(attempts));
    }

    @Override
    public Watch watch(Scope scope, long epoch, WatchListener listener) {
        return client.watch(scope, epoch, batch -> deliver(batch, listener), listener::onEnd);
    }

    private static void deliver(CallEventBatch batch, WatchListener listener) {
        List<Report> reports = new ArrayList<>(batch.getCallsCount());
        for (CallState call : batch.getCallsList()) {
            AttemptIdBytes.tryDecode(call.getAttemptId())
                    .ifPresent(id -> reports.add(new Report(id.value(), report(call))));
        }
        listener.onBatch(reports, batch.getTicket());
    }

    private static List<AttemptId> ids(List<UUID> attempts) {
        return attempts.stream().map(AttemptId::new).toList();
    }

    private static PlaceResult result(io.callisto.gateway.v1.PlaceResult result) {
        return switch (result) {
            case PLACED -> PlaceResult.PLACED;
            case STALE_EPOCH -> PlaceResult.STALE_EPOCH;
            case TOO_LATE -> PlaceResult.TOO_LATE;
            case NO_CAPACITY -> PlaceResult.NO_CAPACITY;
            case OTHER_INCARNATION -> PlaceResult.OTHER_INCARNATION;
            case INVALID -> PlaceResult.INVALID;
            // What we do not understand may have been placed: the registry knows.
            case ALREADY_SEEN, PLACE_RESULT_UNSPECIFIED, UNRECOGNIZED -> PlaceResult.ALREADY_SEEN;
        };
    }

    private static CallReport report(CallState call) {
        return new CallReport(
                phase(call),
                outcome(call),
                time(call.getDialedAtEpochMillis()),
                time(call.getRingingAtEpochMillis()),
                time(call.getAnsweredAtEpochMillis()),
                time(call.getEndedAtEpochMillis()));
    }

    private static CallPhase phase(CallState call) {
        return switch (call.getPhase()) {
            case NEVER_PLACED -> CallPhase.NEVER_PLACED;
            case RINGING -> CallPhase.RINGING;
            case ANSWERED -> CallPhase.ANSWERED;
            case ENDED -> CallPhase.ENDED;
            // The least that a gateway which knows the call can mean.
            case DIALING, CALL_PHASE_UNSPECIFIED, UNRECOGNIZED -> CallPhase.DIALING;
        };
    }

    private static @Nullable CallOutcome outcome(CallState call) {
        return switch (call.getOutcome()) {
            case ANSWER_HUMAN -> CallOutcome.ANSWER_HUMAN;
            case ANSWER_MACHINE -> CallOutcome.ANSWER_MACHINE;
            case BUSY -> CallOutcome.BUSY;
            case RING_NO_ANSWER -> CallOutcome.RING_NO_ANSWER;
            case INVALID_NUMBER -> CallOutcome.INVALID_NUMBER;
            case FAX -> CallOutcome.FAX;
            case NETWORK_FAILURE -> CallOutcome.NETWORK_FAILURE;
            case LOST -> CallOutcome.LOST;
            case CALL_OUTCOME_UNSPECIFIED, UNRECOGNIZED -> null;
        };
    }

    private static @Nullable Instant time(long epochMillis) {
        return epochMillis == 0 ? null : Instant.ofEpochMilli(epochMillis);
    }
}
