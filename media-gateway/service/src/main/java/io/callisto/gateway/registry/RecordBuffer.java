package io.callisto.gateway.registry;

import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Records on their way into a group; room for the group's header is left in front. One thread at a time. */
final class RecordBuffer {
    static final byte RUN = 1;
    static final byte TERM = 2;
    static final byte PLACED = 3;
    static final byte REFUSED = 4;
    static final byte PROGRESS = 5;
    static final byte CLOSED = 6;
    static final byte HANDED_OVER = 7;
    static final byte NOTE = 8;

    /** The largest record of a fixed size; a term has the length of its scope besides, a note its own. */
    static final int MAX_RECORD_BYTES = 32;

    private static final int FIRST_BYTES = 64 * 1024;

    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES).position(RegistryFormat.GROUP_HEADER_BYTES);

    int size() {
        return bytes.position() - RegistryFormat.GROUP_HEADER_BYTES;
    }

    void clear() {
        bytes.clear().position(RegistryFormat.GROUP_HEADER_BYTES);
    }

    /** The records with the space for the header, as one buffer from 0 to its limit. */
    ByteBuffer group() {
        return bytes.duplicate().flip();
    }

    void run(long number) {
        room(9).put(RUN).putLong(number);
    }

    void closed() {
        room(1).put(CLOSED);
    }

    void term(String scope, long epoch) {
        byte[] name = scope.getBytes(StandardCharsets.UTF_8);
        room(MAX_RECORD_BYTES + name.length)
                .put(TERM)
                .putLong(epoch)
                .putShort((short) name.length)
                .put(name);
    }

    void placed(long idHigh, long idLow, int term, long dialed) {
        room(MAX_RECORD_BYTES)
                .put(PLACED)
                .putLong(idHigh)
                .putLong(idLow)
                .putInt(term)
                .putLong(dialed);
    }

    void refused(long idHigh, long idLow, int term, RefusalReason reason) {
        room(MAX_RECORD_BYTES)
                .put(REFUSED)
                .putLong(idHigh)
                .putLong(idLow)
                .putInt(term)
                .put(reason.code());
    }

    void progress(int entry, CallPhase phase, CallOutcome outcome, CallTimes times) {
        room(MAX_RECORD_BYTES)
                .put(PROGRESS)
                .putInt(entry)
                .put((byte) phase.getNumber())
                .put((byte) outcome.getNumber())
                .putLong(times.dialed())
                .putInt(CallTimes.distance(times.dialed(), times.ringing()))
                .putInt(CallTimes.distance(times.dialed(), times.answered()))
                .putInt(CallTimes.distance(times.dialed(), times.ended()));
    }

    void handedOver(int entry, int term) {
        room(MAX_RECORD_BYTES).put(HANDED_OVER).putInt(entry).putInt(term);
    }

    void note(int term, byte[] content) {
        room(MAX_RECORD_BYTES + content.length)
                .put(NOTE)
                .putInt(term)
                .putShort((short) content.length)
                .put(content);
    }

    private ByteBuffer room(int wanted) {
        if (bytes.remaining() < wanted) {
            bytes = ByteBuffer.allocate(bytes.capacity() * 2).put(bytes.flip());
        }
        return bytes;
    }
}
