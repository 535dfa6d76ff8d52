package io.callisto.gateway.client;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/**
 * Id of a leg at the media gateway, made by whoever nails it up.
 *
 * @param value never used for another leg
 */
public record LegId(UUID value) {
    /** The 16 bytes of the protocol, big endian. */
    public ByteString bytes() {
        return encode(value);
    }

    /** Empty where there are not 16 bytes. */
    public static Optional<LegId> tryDecode(ByteString bytes) {
        return tryDecodeId(bytes).map(LegId::new);
    }

    /** @throws IllegalArgumentException where there are not 16 bytes */
    public static LegId decode(ByteString bytes) {
        return tryDecode(bytes)
                .orElseThrow(() -> new IllegalArgumentException("an id has 16 bytes, not " + bytes.size()));
    }

    /** Any id of the protocol as its 16 bytes. */
    public static ByteString encode(UUID id) {
        return ByteString.copyFrom(ByteBuffer.allocate(AttemptIdBytes.LENGTH)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip());
    }

    /** Any id of the protocol; empty where there are not 16 bytes. */
    public static Optional<UUID> tryDecodeId(ByteString bytes) {
        if (bytes.size() != AttemptIdBytes.LENGTH) {
            return Optional.empty();
        }
        ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
        return Optional.of(new UUID(buffer.getLong(), buffer.getLong()));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
