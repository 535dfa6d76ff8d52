package io.callisto.gateway.registry;

import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the records of sound groups. */
final class RecordDecoder {
    private final RegistryVisitor visitor;
    private long run;

    RecordDecoder(RegistryVisitor visitor) {
        this.visitor = visitor;
    }

    /** Number of the last run seen; 0: none. */
    long run() {
        return run;
    }

    /** @throws IllegalArgumentException where a record is unknown: the group is sound, so another version wrote it */
    void decode(ByteBuffer records) {
        try {
            while (records.hasRemaining()) {
                decodeOne(records);
            }
        } catch (BufferUnderflowException cutShort) {
            throw new IllegalArgumentException("a record is longer than its group", cutShort);
        }
    }

    private void decodeOne(ByteBuffer in) {
        byte type = in.get();
        switch (type) {
            case RecordBuffer.RUN -> run = in.getLong();
            case RecordBuffer.TERM -> {
                long epoch = in.getLong();
                byte[] name = new byte[in.getShort()];
                in.get(name);
                visitor.term(new String(name, StandardCharsets.UTF_8), epoch);
            }
            case RecordBuffer.PLACED -> visitor.placed(in.getLong(), in.getLong(), in.getInt(), in.getLong());
            case RecordBuffer.REFUSED ->
                visitor.refused(in.getLong(), in.getLong(), in.getInt(), RefusalReason.of(in.get()));
            case RecordBuffer.PROGRESS -> progress(in);
            case RecordBuffer.CLOSED -> {}
            case RecordBuffer.HANDED_OVER -> visitor.handedOver(in.getInt(), in.getInt());
            case RecordBuffer.NOTE -> {
                int term = in.getInt();
                byte[] content = new byte[in.getShort()];
                in.get(content);
                visitor.note(term, content);
            }
            default -> throw new IllegalArgumentException("unknown record type " + type);
        }
    }

    private void progress(ByteBuffer in) {
        int entry = in.getInt();
        CallPhase phase = CallPhase.forNumber(in.get());
        CallOutcome outcome = CallOutcome.forNumber(in.get());
        long dialed = in.getLong();
        CallTimes times = new CallTimes(
                dialed,
                CallTimes.at(dialed, in.getInt()),
                CallTimes.at(dialed, in.getInt()),
                CallTimes.at(dialed, in.getInt()));
        if (phase == null || outcome == null) {
            throw new IllegalArgumentException("unknown phase or outcome");
        }
        visitor.progress(entry, phase, outcome, times);
    }
}
