package io.callisto.gateway.client;

import com.google.protobuf.ByteString;
import io.callisto.domain.AttemptId;
import java.util.Optional;

/** An attempt id as the 16 bytes of the protocol, big endian. */
public final class AttemptIdBytes {
    public static final int LENGTH = 16;

    private AttemptIdBytes() {}

    public static ByteString encode(AttemptId id) {
        return LegId.encode(id.value());
    }

    /** @throws IllegalArgumentException where there are not 16 bytes */
    public static AttemptId decode(ByteString bytes) {
        return tryDecode(bytes)
                .orElseThrow(() ->
                        new IllegalArgumentException("an attempt id has " + LENGTH + " bytes, not " + bytes.size()));
    }

    /** Empty where there are not 16 bytes. */
    public static Optional<AttemptId> tryDecode(ByteString bytes) {
        return LegId.tryDecodeId(bytes).map(AttemptId::new);
    }
}
