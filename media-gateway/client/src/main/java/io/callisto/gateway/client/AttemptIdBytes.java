package io.callisto.gateway.client;

import com.google.protobuf.ByteString;
import io.callisto.domain.AttemptId;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** An attempt id as the 16 bytes of the protocol, big endian. */
public final class AttemptIdBytes {
    public static final int LENGTH = 16;

    private AttemptIdBytes() {}

    public static ByteString encode(AttemptId id) {
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .flip();
        return ByteString.copyFrom(buffer);
    }

    /** @throws IllegalArgumentException where there are not 16 bytes */
    public static AttemptId decode(ByteString bytes) {
        return tryDecode(bytes)
                .orElseThrow(() ->
                        new IllegalArgumentException("an attempt id has " + LENGTH + " bytes, not " + bytes.size()));
    }

    /** Empty where there are not 16 bytes. */
    public static Optional<AttemptId> tryDecode(ByteString bytes) {
        if (bytes.size() != LENGTH) {
            return Optional.empty();
        }
        ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
        return Optional.of(new AttemptId(new UUID(buffer.getLong(), buffer.getLong())));
    }
}
