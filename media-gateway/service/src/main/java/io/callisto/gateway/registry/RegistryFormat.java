package io.callisto.gateway.registry;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The file: a header, then groups, then zeros. A group is what was written at once: {@code magic, length, position,
 * durable,
 * crc, records}. {@code position} is where the group itself starts; {@code durable} is a position up to which
 * everything was
 * synced before the group was written. So a damaged group may be a write that a crash cut short, unless a later sound
 * group says that it was durable: then the disk has lost data.
 */
final class RegistryFormat {
    static final int HEADER_BYTES = 32;
    static final int GROUP_HEADER_BYTES = 28;
    static final int GROUP_MAGIC = 0xCA115701;
    static final int MAX_GROUP_BYTES = 64 * 1024 * 1024;

    private static final long FILE_MAGIC = 0x43414c4c52454731L; // CALLREG1

    private RegistryFormat() {}

    static ByteBuffer header(long incarnation, long createdAtMillis) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.putLong(FILE_MAGIC).putLong(incarnation).putLong(createdAtMillis);
        header.putInt(crc(header.duplicate().flip())).putInt(0);
        return header.flip();
    }

    /** The incarnation, or 0 where the header is not sound. */
    static long incarnation(ByteBuffer header) {
        if (header.remaining() != HEADER_BYTES || header.getLong(0) != FILE_MAGIC) {
            return 0;
        }
        boolean sound = crc(header.duplicate().limit(24)) == header.getInt(24);
        return sound ? header.getLong(8) : 0;
    }

    /** Fills the header of a group whose records are in the buffer from {@link #GROUP_HEADER_BYTES} to its limit. */
    static void seal(ByteBuffer group, long position, long durable) {
        group.putInt(0, GROUP_MAGIC)
                .putInt(4, group.limit() - GROUP_HEADER_BYTES)
                .putLong(8, position)
                .putLong(16, durable)
                .putInt(24, groupCrc(group));
    }

    static int groupCrc(ByteBuffer group) {
        CRC32C crc = new CRC32C();
        crc.update(group.duplicate().position(4).limit(24));
        crc.update(group.duplicate().position(GROUP_HEADER_BYTES));
        return (int) crc.getValue();
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
