package io.callisto.gateway.server;

import com.google.protobuf.ByteString;
import io.callisto.domain.AttemptId;
import io.callisto.domain.PhoneNumber;
import io.callisto.gateway.calls.CallOrder;
import io.callisto.gateway.calls.PlaceOrder;
import io.callisto.gateway.client.AttemptIdBytes;
import io.callisto.gateway.client.GatewayClient;
import io.callisto.gateway.v1.PlaceCall;
import io.callisto.gateway.v1.PlaceCallsRequest;
import io.callisto.ha.Scope;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests as values; what is wrong with a request as a whole is an {@link IllegalArgumentException}. */
final class GatewayRequests {
    private static final int MAX_SCOPE = 200;
    private static final int MAX_TTL_MILLIS = 600_000;
    private static final int MAX_RING_TIMEOUT_MILLIS = 600_000;

    private GatewayRequests() {}

    static String scope(String scope) {
        if (scope.length() > MAX_SCOPE) {
            throw new IllegalArgumentException("a scope has at most " + MAX_SCOPE + " characters");
        }
        return new Scope(scope).value();
    }

    static long epoch(long epoch) {
        if (epoch < 1) {
            throw new IllegalArgumentException("an epoch is at least 1: " + epoch);
        }
        return epoch;
    }

    static List<AttemptId> attempts(List<ByteString> ids) {
        if (ids.size() > GatewayClient.MAX_IDS) {
            throw new IllegalArgumentException("at most " + GatewayClient.MAX_IDS + " ids at once: " + ids.size());
        }
        return ids.stream().map(AttemptIdBytes::decode).toList();
    }

    static PlaceOrder order(PlaceCallsRequest request) {
        if (request.getCallsCount() > GatewayClient.MAX_CALLS) {
            throw new IllegalArgumentException(
                    "at most " + GatewayClient.MAX_CALLS + " calls at once: " + request.getCallsCount());
        }
        if (request.getTtlMillis() < 1 || request.getTtlMillis() > MAX_TTL_MILLIS) {
            throw new IllegalArgumentException(
                    "ttl_millis must lie between 1 and " + MAX_TTL_MILLIS + ": " + request.getTtlMillis());
        }
        return new PlaceOrder(
                scope(request.getScope()),
                epoch(request.getEpoch()),
                request.getTtlMillis(),
                request.getTicket(),
                request.getCallsList().stream().map(GatewayRequests::call).toList());
    }

    private static CallOrder call(PlaceCall call) {
        int ringTimeout = call.getRingTimeoutMillis();
        return new CallOrder(
                AttemptIdBytes.tryDecode(call.getAttemptId()).orElse(null),
                number(call.getPhoneNumber()),
                ringTimeout < 1 || ringTimeout > MAX_RING_TIMEOUT_MILLIS ? null : Duration.ofMillis(ringTimeout),
                call.getIncarnation());
    }

    private static @Nullable PhoneNumber number(String e164) {
        try {
            return new PhoneNumber(e164);
        } catch (IllegalArgumentException notANumber) {
            return null;
        }
    }
}
