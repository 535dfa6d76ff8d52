package io.callisto.gateway.legs;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.callisto.domain.AttemptId;
import io.callisto.gateway.calls.CallBook;
import io.callisto.gateway.client.AttemptIdBytes;
import io.callisto.gateway.client.LegId;
import io.callisto.gateway.registry.CallTimes;
import io.callisto.gateway.registry.RefusalReason;
import io.callisto.gateway.registry.RegistryVisitor;
import io.callisto.gateway.v1.BridgeMode;
import io.callisto.gateway.v1.BridgeState;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import io.callisto.gateway.v1.LegEvent;
import io.callisto.gateway.v1.LegPhase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Legs, bridges and feeds, in memory. Filled by the registry's replay, with the calls' book, to which it passes on what
 * concerns calls; afterwards guarded by the exchange's lock.
 */
public final class LegBook implements RegistryVisitor {
    private final CallBook calls;
    /** Of each term, in the registry's order; used by the replay only. */
    private final List<String> scopes = new ArrayList<>();

    private final Map<LegId, Leg> legs = new HashMap<>();
    private final Map<LegId, Leg> live = new LinkedHashMap<>();
    private final Map<AttemptId, Talk> talks = new LinkedHashMap<>();
    private final Map<String, Feed> feeds = new HashMap<>();
    private final Set<String> scopesWithLegs = new HashSet<>();
    /**
     * Calls whose end is not told yet, with the scope that it is to be told to, as the replay found it: the last run
     * may have died between the record of an end and its events.
     */
    private final Map<AttemptId, String> untold = new LinkedHashMap<>();

    public LegBook(CallBook calls) {
        this.calls = calls;
    }

    @Override
    public void term(String scope, long epoch) {
        scopes.add(scope);
        calls.term(scope, epoch);
    }

    @Override
    public void placed(long idHigh, long idLow, int term, long dialed) {
        calls.placed(idHigh, idLow, term, dialed);
    }

    @Override
    public void refused(long idHigh, long idLow, int term, RefusalReason reason) {
        calls.refused(idHigh, idLow, term, reason);
    }

    @Override
    public void progress(int entry, CallPhase phase, CallOutcome outcome, CallTimes times) {
        calls.progress(entry, phase, outcome, times);
    }

    @Override
    public void handedOver(int entry, int term) {
        calls.handedOver(entry, term);
    }

    @Override
    public void note(int term, byte[] content) {
        LegEvent event;
        try {
            event = LegEvent.parseFrom(content);
        } catch (InvalidProtocolBufferException unknown) {
            throw new IllegalArgumentException("an event of a leg cannot be read", unknown);
        }
        String scope = scopes.get(term);
        if (event.hasLeg()) {
            put(Leg.of(event.getLeg(), scope));
        }
        if (event.hasBridge()) {
            replay(event.getBridge(), scope);
        }
        track(event, scope);
        // A tombstone has no sequence: it is told to nobody.
        if (event.getSequence() > 0) {
            feed(scope).add(event, 0);
        }
    }

    private void track(LegEvent event, String scope) {
        if (event.hasBridge()) {
            untold.put(AttemptIdBytes.decode(event.getBridge().getAttemptId()), scope);
        } else if (event.hasCall()) {
            AttemptId attempt = AttemptIdBytes.decode(event.getCall().getAttemptId());
            switch (event.getKind()) {
                case EVENT_CALL_ENDED, EVENT_CALL_GIVEN -> untold.remove(attempt);
                default -> untold.put(attempt, scope);
            }
        }
    }

    private void put(Leg leg) {
        Leg before = legs.put(leg.id, leg);
        if (before != null) {
            Talk talk = before.talk;
            leg.talk = talk;
            if (talk != null && talk.owner == before) {
                talk.owner = leg;
            } else if (talk != null) {
                talk.second = leg;
            }
        }
        track(leg);
    }

    private void replay(BridgeState state, String scope) {
        AttemptId attempt = AttemptIdBytes.decode(state.getAttemptId());
        Talk before = talks.remove(attempt);
        if (before != null) {
            before.owner.talk = null;
            if (before.second != null) {
                before.second.talk = null;
            }
        }
        if (state.getMode() == BridgeMode.BRIDGE_OVER) {
            return;
        }
        Talk talk = new Talk(attempt, scope, state.getBridgeId(), state.getMode(), known(state.getOwnerLegId()));
        talk.owner.talk = talk;
        if (!state.getSecondLegId().isEmpty()) {
            Leg second = known(state.getSecondLegId());
            second.talk = talk;
            talk.second = second;
        }
        talk.talkingAt = state.getTalkingAtEpochMillis();
        talks.put(attempt, talk);
    }

    private Leg known(ByteString id) {
        Leg leg = legs.get(LegId.decode(id));
        if (leg == null) {
            throw new IllegalArgumentException("a bridge has a leg that was never nailed");
        }
        return leg;
    }

    /** Enters a leg or tombstone that is not known yet. */
    void add(Leg leg) {
        legs.put(leg.id, leg);
        track(leg);
    }

    /** After a leg's phase has changed. */
    void track(Leg leg) {
        if (leg.lives()) {
            live.put(leg.id, leg);
            scopesWithLegs.add(leg.scope);
        } else {
            live.remove(leg.id);
        }
    }

    @Nullable
    Leg find(LegId id) {
        return legs.get(id);
    }

    /** A leg of the scope, alive or not; null: there is none. A tombstone is none. */
    @Nullable
    Leg find(String scope, ByteString id) {
        LegId known = LegId.tryDecode(id).orElse(null);
        Leg leg = known == null ? null : legs.get(known);
        return leg == null || !leg.scope.equals(scope) || leg.phase == LegPhase.LEG_NEVER_NAILED ? null : leg;
    }

    int liveCount() {
        return live.size();
    }

    Collection<Leg> live() {
        return new ArrayList<>(live.values());
    }

    /** Whether the scope has ever nailed a leg here. */
    boolean hasLegs(String scope) {
        return scopesWithLegs.contains(scope);
    }

    @Nullable
    Talk talk(AttemptId attempt) {
        return talks.get(attempt);
    }

    Collection<Talk> talks() {
        return talks.values();
    }

    void add(Talk talk) {
        talks.put(talk.attempt, talk);
    }

    void remove(Talk talk) {
        talks.remove(talk.attempt);
    }

    /** The end of the call is told now. */
    void told(AttemptId attempt) {
        untold.remove(attempt);
    }

    /** See {@link #untold}; afterwards there are none. */
    Map<AttemptId, String> takeUntold() {
        Map<AttemptId, String> all = new LinkedHashMap<>(untold);
        untold.clear();
        return all;
    }

    Feed feed(String scope) {
        return feeds.computeIfAbsent(scope, unknown -> new Feed());
    }
}
