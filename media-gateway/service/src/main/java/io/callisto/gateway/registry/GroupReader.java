package io.callisto.gateway.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Reads groups one after another. One thread at a time. */
final class GroupReader {
    private static final int SEARCH_BYTES = 1024 * 1024;

    private final FileChannel channel;
    private final long limit;
    private long position;

    /** @param limit where reading ends at the latest */
    GroupReader(FileChannel channel, long position, long limit) {
        this.channel = channel;
        this.position = position;
        this.limit = limit;
    }

    /** Where the next group would start. */
    long position() {
        return position;
    }

    /** The records of the next group; null where there is no sound group. */
    @Nullable
    ByteBuffer next() throws IOException {
        ByteBuffer group = groupAt(position);
        if (group == null) {
            return null;
        }
        position += group.limit();
        return group.position(RegistryFormat.GROUP_HEADER_BYTES).slice();
    }

    /** Whether a sound group further on says that the present position was durable once. */
    boolean wasDurable() throws IOException {
        ByteBuffer window = ByteBuffer.allocate(SEARCH_BYTES);
        long start = position;
        while (start < limit) {
            read(window.clear(), start);
            int length = window.flip().limit();
            for (int i = 0; i + Integer.BYTES <= length; i++) {
                if (window.get(i) != 0 && window.getInt(i) == RegistryFormat.GROUP_MAGIC) {
                    ByteBuffer group = groupAt(start + i);
                    if (group != null && group.getLong(16) > position) {
                        return true;
                    }
                }
            }
            if (length < SEARCH_BYTES) {
                return false;
            }
            start += length - Integer.BYTES + 1;
        }
        return false;
    }

    /** Whether there is nothing but zeros from the present position on. */
    boolean onlyZerosLeft() throws IOException {
        ByteBuffer window = ByteBuffer.allocate(SEARCH_BYTES);
        for (long start = position; start < limit; start += SEARCH_BYTES) {
            read(window.clear(), start);
            window.flip();
            while (window.hasRemaining()) {
                if (window.get() != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private @Nullable ByteBuffer groupAt(long at) throws IOException {
        if (at + RegistryFormat.GROUP_HEADER_BYTES > limit) {
            return null;
        }
        ByteBuffer header = ByteBuffer.allocate(RegistryFormat.GROUP_HEADER_BYTES);
        read(header, at);
        int length = header.getInt(4);
        if (header.getInt(0) != RegistryFormat.GROUP_MAGIC
                || header.getLong(8) != at
                || length < 0
                || length > RegistryFormat.MAX_GROUP_BYTES
                || at + RegistryFormat.GROUP_HEADER_BYTES + length > limit) {
            return null;
        }
        ByteBuffer group = ByteBuffer.allocate(RegistryFormat.GROUP_HEADER_BYTES + length);
        read(group, at);
        group.flip();
        return RegistryFormat.groupCrc(group) == header.getInt(24) ? group : null;
    }

    private void read(ByteBuffer target, long from) throws IOException {
        long at = from;
        while (target.hasRemaining()) {
            int read = channel.read(target, at);
            if (read < 0) {
                return;
            }
            at += read;
        }
    }
}
