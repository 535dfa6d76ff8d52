package io.callisto.gateway.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Takes disk space before it is needed, so that a full disk is noticed before a call is accepted and not in its middle.
 */
@FunctionalInterface
public interface SpaceReservation {
    /** Zeros: taken by the file system at once, and read as "nothing here" at replay. */
    SpaceReservation ZEROS = (channel, from, to) -> {
        ByteBuffer zeros = ByteBuffer.allocate(256 * 1024);
        long position = from;
        while (position < to) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), to - position));
            position += channel.write(zeros, position);
        }
    };

    /** Makes the bytes from {@code from} to {@code to}, beyond the end of the file, part of it. */
    void reserve(FileChannel channel, long from, long to) throws IOException;
}
