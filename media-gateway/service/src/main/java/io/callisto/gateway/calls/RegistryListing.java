package io.callisto.gateway.calls;

import com.google.protobuf.ByteString;
import io.callisto.domain.AttemptId;
import io.callisto.gateway.client.AttemptIdBytes;
import io.callisto.gateway.fence.EpochFence.Term;
import io.callisto.gateway.registry.CallTimes;
import io.callisto.gateway.registry.RefusalReason;
import io.callisto.gateway.registry.RegistryReader;
import io.callisto.gateway.registry.RegistryVisitor;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import io.callisto.gateway.v1.CallState;
import io.callisto.gateway.v1.RegistryEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * The registry's entries in order, read from the file: what was placed is what the disk says. How far each call has
 * come is
 * taken from memory, because the file says it later than the entry. One thread at a time.
 */
public final class RegistryListing implements AutoCloseable {
    private static final int BATCH = 1_000;

    private final RegistryReader reader;
    private final String scopePrefix;
    private final IntFunction<CallState> states;
    private final Visitor visitor = new Visitor();
    private final List<Term> terms = new ArrayList<>();
    private final Deque<RegistryEntry> found = new ArrayDeque<>();
    private int entry;

    RegistryListing(RegistryReader reader, String scopePrefix, IntFunction<CallState> states) {
        this.reader = reader;
        this.scopePrefix = scopePrefix;
        this.states = states;
    }

    /** The next entries; empty: that was all. */
    public List<RegistryEntry> next() {
        boolean more = true;
        while (more && found.size() < BATCH) {
            more = reader.next(visitor);
        }
        List<RegistryEntry> batch = new ArrayList<>(Math.min(found.size(), BATCH));
        while (!found.isEmpty() && batch.size() < BATCH) {
            batch.add(found.poll());
        }
        return batch;
    }

    @Override
    public void close() {
        reader.close();
    }

    private void add(long idHigh, long idLow, int termNumber, boolean refused) {
        int number = entry++;
        Term term = terms.get(termNumber);
        if (!term.scope().startsWith(scopePrefix)) {
            return;
        }
        ByteString id = AttemptIdBytes.encode(new AttemptId(new UUID(idHigh, idLow)));
        CallState state = states.apply(number);
        found.add(RegistryEntry.newBuilder()
                .setAttemptId(id)
                .setScope(term.scope())
                .setEpoch(term.epoch())
                .setRefused(refused)
                .setPhase(state.getPhase())
                .setOutcome(state.getOutcome())
                .setDialedAtEpochMillis(state.getDialedAtEpochMillis())
                .build());
    }

    private final class Visitor implements RegistryVisitor {
        @Override
        public void term(String scope, long epoch) {
            terms.add(new Term(scope, epoch));
        }

        @Override
        public void placed(long idHigh, long idLow, int term, long dialed) {
            add(idHigh, idLow, term, false);
        }

        @Override
        public void refused(long idHigh, long idLow, int term, RefusalReason reason) {
            add(idHigh, idLow, term, true);
        }

        @Override
        public void progress(int number, CallPhase phase, CallOutcome outcome, CallTimes times) {
            // The state in memory is at least as new.
        }
    }
}
