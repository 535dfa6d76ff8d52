package io.callisto.gateway.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads the file as it was when the reader was made, group by group. One thread at a time. */
public final class RegistryReader implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final GroupReader groups;
    private final long end;

    RegistryReader(Path path, long end) {
        this.path = path;
        this.end = end;
        try {
            this.channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        this.groups = new GroupReader(channel, RegistryFormat.HEADER_BYTES, end);
    }

    /** Tells the visitor of the next group; false: that was all. */
    public boolean next(RegistryVisitor visitor) {
        try {
            ByteBuffer records = groups.next();
            if (records != null) {
                new RecordDecoder(visitor).decode(records);
                return true;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        if (groups.position() != end) {
            throw new RegistryFailed("the call registry " + path + " is damaged at byte " + groups.position(), null);
        }
        return false;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
