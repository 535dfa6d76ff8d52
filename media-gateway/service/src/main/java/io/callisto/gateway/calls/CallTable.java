package io.callisto.gateway.calls;

import io.callisto.gateway.registry.CallTimes;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import java.util.ArrayList;
import java.util.List;

/**
 * Every call that was ever placed or refused, by entry number and by id, in some 50 bytes each: finished calls must be
 * known for ever, and a million of them must fit beside everything else. Guarded by its user's lock.
 */
final class CallTable {
    private static final int CHUNK_BITS = 13;
    private static final int CHUNK_SIZE = 1 << CHUNK_BITS;
    private static final int FIRST_SLOTS = 1 << 14;

    private static final class Chunk {
        final long[] idHigh = new long[CHUNK_SIZE];
        final long[] idLow = new long[CHUNK_SIZE];
        final int[] term = new int[CHUNK_SIZE];
        final byte[] phase = new byte[CHUNK_SIZE];
        final byte[] outcome = new byte[CHUNK_SIZE];
        final long[] dialed = new long[CHUNK_SIZE];
        /** {@link CallTimes#distance} from {@link #dialed}. */
        final int[] ringing = new int[CHUNK_SIZE];

        final int[] answered = new int[CHUNK_SIZE];
        final int[] ended = new int[CHUNK_SIZE];
    }

    private final List<Chunk> chunks = new ArrayList<>();
    private int size;
    /** Open addressing; entry number plus one, 0: free. */
    private int[] slots = new int[FIRST_SLOTS];

    int size() {
        return size;
    }

    /** Adds an id that is not known yet, and returns its entry number. */
    int add(long idHigh, long idLow, int term, CallPhase phase, long dialed) {
        if ((size + 1) * 3L > slots.length * 2L) {
            grow();
        }
        int entry = size++;
        if (entry >> CHUNK_BITS == chunks.size()) {
            chunks.add(new Chunk());
        }
        Chunk chunk = chunk(entry);
        int i = index(entry);
        chunk.idHigh[i] = idHigh;
        chunk.idLow[i] = idLow;
        chunk.term[i] = term;
        chunk.phase[i] = (byte) phase.getNumber();
        chunk.dialed[i] = dialed;
        slots[freeSlot(slots, idHigh, idLow)] = entry + 1;
        return entry;
    }

    /** Entry number of the id; -1: never seen. */
    int find(long idHigh, long idLow) {
        int mask = slots.length - 1;
        for (int slot = hash(idHigh, idLow) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int entry = slots[slot] - 1;
            if (idHigh(entry) == idHigh && idLow(entry) == idLow) {
                return entry;
            }
        }
        return -1;
    }

    void set(int entry, CallPhase phase, CallOutcome outcome, CallTimes times) {
        Chunk chunk = chunk(entry);
        int i = index(entry);
        chunk.phase[i] = (byte) phase.getNumber();
        chunk.outcome[i] = (byte) outcome.getNumber();
        chunk.dialed[i] = times.dialed();
        chunk.ringing[i] = CallTimes.distance(times.dialed(), times.ringing());
        chunk.answered[i] = CallTimes.distance(times.dialed(), times.answered());
        chunk.ended[i] = CallTimes.distance(times.dialed(), times.ended());
    }

    long idHigh(int entry) {
        return chunk(entry).idHigh[index(entry)];
    }

    long idLow(int entry) {
        return chunk(entry).idLow[index(entry)];
    }

    int term(int entry) {
        return chunk(entry).term[index(entry)];
    }

    CallPhase phase(int entry) {
        CallPhase phase = CallPhase.forNumber(chunk(entry).phase[index(entry)]);
        return phase == null ? CallPhase.CALL_PHASE_UNSPECIFIED : phase;
    }

    CallOutcome outcome(int entry) {
        CallOutcome outcome = CallOutcome.forNumber(chunk(entry).outcome[index(entry)]);
        return outcome == null ? CallOutcome.CALL_OUTCOME_UNSPECIFIED : outcome;
    }

    CallTimes times(int entry) {
        Chunk chunk = chunk(entry);
        int i = index(entry);
        long dialed = chunk.dialed[i];
        return new CallTimes(
                dialed,
                CallTimes.at(dialed, chunk.ringing[i]),
                CallTimes.at(dialed, chunk.answered[i]),
                CallTimes.at(dialed, chunk.ended[i]));
    }

    private Chunk chunk(int entry) {
        return chunks.get(entry >> CHUNK_BITS);
    }

    private static int index(int entry) {
        return entry & (CHUNK_SIZE - 1);
    }

    private void grow() {
        int[] larger = new int[slots.length * 2];
        for (int slot : slots) {
            if (slot != 0) {
                larger[freeSlot(larger, idHigh(slot - 1), idLow(slot - 1))] = slot;
            }
        }
        slots = larger;
    }

    private static int freeSlot(int[] slots, long idHigh, long idLow) {
        int mask = slots.length - 1;
        int slot = hash(idHigh, idLow) & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int hash(long idHigh, long idLow) {
        long mixed = (idHigh ^ Long.rotateLeft(idLow, 32)) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }
}
