package io.callisto.gateway.legs;

import io.callisto.gateway.client.LegId;
import io.callisto.gateway.simulator.PhoneScript;
import io.callisto.gateway.v1.LegEnd;
import io.callisto.gateway.v1.LegKind;
import io.callisto.gateway.v1.LegPhase;
import io.callisto.gateway.v1.LegState;
import org.jspecify.annotations.Nullable;

/** A leg, or the tombstone of one. Guarded by the exchange's lock. */
final class Leg {
    final LegId id;
    final String scope;
    final LegKind kind;
    final String agent;
    LegPhase phase = LegPhase.LEG_RINGING;
    LegEnd end = LegEnd.LEG_END_UNSPECIFIED;
    /** Gateway; empty: not lent. */
    String lentTo = "";

    long rungAt;
    long upAt;
    long endedAt;
    /** The bridge that it is in. */
    @Nullable
    Talk talk;

    /** What its phone does; null once it has ended. */
    @Nullable
    PhoneScript script;

    long dueNanos;

    Leg(LegId id, String scope, LegKind kind, String agent) {
        this.id = id;
        this.scope = scope;
        this.kind = kind;
        this.agent = agent;
    }

    static Leg tombstone(LegId id, String scope) {
        Leg leg = new Leg(id, scope, LegKind.LEG_KIND_UNSPECIFIED, "");
        leg.phase = LegPhase.LEG_NEVER_NAILED;
        return leg;
    }

    /** As an event told it. */
    static Leg of(LegState state, String scope) {
        Leg leg = new Leg(LegId.decode(state.getLegId()), scope, state.getKind(), state.getAgentId());
        leg.phase = state.getPhase();
        leg.end = state.getEnd();
        leg.lentTo = state.getLentTo();
        leg.rungAt = state.getRungAtEpochMillis();
        leg.upAt = state.getUpAtEpochMillis();
        leg.endedAt = state.getEndedAtEpochMillis();
        return leg;
    }

    boolean lives() {
        return phase == LegPhase.LEG_RINGING || phase == LegPhase.LEG_UP;
    }

    boolean up() {
        return phase == LegPhase.LEG_UP;
    }

    boolean free() {
        return talk == null && lentTo.isEmpty();
    }

    /** Whether it ends when it leaves its call. */
    boolean forOneCall() {
        return kind != LegKind.AGENT_PHONE;
    }

    LegState state() {
        LegState.Builder state = LegState.newBuilder()
                .setLegId(id.bytes())
                .setKind(kind)
                .setAgentId(agent)
                .setPhase(phase)
                .setEnd(end)
                .setLentTo(lentTo)
                .setRungAtEpochMillis(rungAt)
                .setUpAtEpochMillis(upAt)
                .setEndedAtEpochMillis(endedAt);
        Talk in = talk;
        return (in == null ? state : state.setAttemptId(in.attemptBytes())).build();
    }
}
