package io.callisto.gateway.calls;

import com.google.protobuf.ByteString;
import io.callisto.domain.AttemptId;
import io.callisto.gateway.client.AttemptIdBytes;
import io.callisto.gateway.fence.EpochFence;
import io.callisto.gateway.registry.CallTimes;
import io.callisto.gateway.registry.RefusalReason;
import io.callisto.gateway.registry.RegistryVisitor;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import io.callisto.gateway.v1.CallState;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What the registry says, in memory. Filled by replay; afterwards guarded by the exchange's lock. */
public final class CallBook implements RegistryVisitor {
    final CallTable table = new CallTable();
    final EpochFence fence = new EpochFence();
    /** Terms of the scopes that live calls were handed over to, by entry. */
    private final Map<Integer, Integer> handedOver = new HashMap<>();

    private long placed;

    @Override
    public void term(String scope, long epoch) {
        fence.raise(scope, epoch);
    }

    @Override
    public void placed(long idHigh, long idLow, int term, long dialed) {
        table.add(idHigh, idLow, term, CallPhase.DIALING, dialed);
        placed++;
    }

    @Override
    public void refused(long idHigh, long idLow, int term, RefusalReason reason) {
        table.add(idHigh, idLow, term, CallPhase.NEVER_PLACED, 0);
    }

    @Override
    public void progress(int entry, CallPhase phase, CallOutcome outcome, CallTimes times) {
        table.set(entry, phase, outcome, times);
        if (phase == CallPhase.ENDED) {
            handedOver.remove(entry);
        }
    }

    @Override
    public void handedOver(int entry, int term) {
        handedOver.put(entry, term);
    }

    /** The call has ended, and everyone was told. */
    void forgetOwner(int entry) {
        handedOver.remove(entry);
    }

    boolean handedOver(int entry) {
        return handedOver.containsKey(entry);
    }

    /** Who may bridge a call that lives, and hang it up. */
    String owner(int entry) {
        Integer term = handedOver.get(entry);
        return term == null ? scope(entry) : fence.term(term).scope();
    }

    /** A call that was not handed over may be hung up by whoever knows its id. */
    boolean mayHangUp(String scope, int entry) {
        Integer term = handedOver.get(entry);
        return term == null || fence.term(term).scope().equals(scope);
    }

    /** Calls that were ever placed. */
    long placed() {
        return placed;
    }

    int find(AttemptId attempt) {
        UUID id = attempt.value();
        return table.find(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    String scope(int entry) {
        return fence.term(table.term(entry)).scope();
    }

    ByteString id(int entry) {
        return AttemptIdBytes.encode(new AttemptId(new UUID(table.idHigh(entry), table.idLow(entry))));
    }

    CallState state(int entry) {
        CallTimes times = table.times(entry);
        return CallState.newBuilder()
                .setAttemptId(id(entry))
                .setPhase(table.phase(entry))
                .setOutcome(table.outcome(entry))
                .setDialedAtEpochMillis(times.dialed())
                .setRingingAtEpochMillis(times.ringing())
                .setAnsweredAtEpochMillis(times.answered())
                .setEndedAtEpochMillis(times.ended())
                .build();
    }
}
