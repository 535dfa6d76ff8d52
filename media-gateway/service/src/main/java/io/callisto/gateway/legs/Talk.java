package io.callisto.gateway.legs;

import com.google.protobuf.ByteString;
import io.callisto.domain.AttemptId;
import io.callisto.gateway.client.AttemptIdBytes;
import io.callisto.gateway.v1.BridgeEnd;
import io.callisto.gateway.v1.BridgeMode;
import io.callisto.gateway.v1.BridgeState;
import org.jspecify.annotations.Nullable;

/** A customer call and the legs that it is bridged with. Guarded by the exchange's lock. */
final class Talk {
    final AttemptId attempt;
    final String scope;
    /** The sequence of its first event. */
    final long id;

    BridgeMode mode;
    BridgeEnd end = BridgeEnd.BRIDGE_END_UNSPECIFIED;
    Leg owner;

    @Nullable
    Leg second;

    long talkingAt;
    long endedAt;

    Talk(AttemptId attempt, String scope, long id, BridgeMode mode, Leg owner) {
        this.attempt = attempt;
        this.scope = scope;
        this.id = id;
        this.mode = mode;
        this.owner = owner;
    }

    ByteString attemptBytes() {
        return AttemptIdBytes.encode(attempt);
    }

    BridgeState state() {
        BridgeState.Builder state = BridgeState.newBuilder()
                .setAttemptId(attemptBytes())
                .setBridgeId(id)
                .setMode(mode)
                .setOwnerLegId(owner.id.bytes())
                .setOwnerAgentId(owner.agent)
                .setEnd(end)
                .setTalkingAtEpochMillis(talkingAt)
                .setEndedAtEpochMillis(endedAt);
        Leg other = second;
        if (other != null) {
            state.setSecondLegId(other.id.bytes()).setSecondAgentId(other.agent);
        }
        return state.build();
    }
}
