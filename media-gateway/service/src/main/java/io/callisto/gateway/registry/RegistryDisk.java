package io.callisto.gateway.registry;

import io.callisto.domain.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writing side of the file. Only the writer's thread uses it; {@link #fullReason} may be read by all. */
final class RegistryDisk {
    private static final Logger log = LoggerFactory.getLogger(RegistryDisk.class);

    private static final long EXTENSION_BYTES = 2 * 1024 * 1024;
    private static final long RETRY_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final FileChannel channel;
    private final SpaceReservation space;
    private final Ticker ticker;
    private final long ahead;
    private long end;
    private long size;
    private long durableEnd;
    private long lastSync;
    private long lastRefusal;
    private volatile @Nullable String fullReason;

    /** @param ahead bytes that are to be reserved beyond the end at least */
    RegistryDisk(RegistryFile file, SpaceReservation space, Ticker ticker, long ahead) {
        this.channel = file.channel();
        this.space = space;
        this.ticker = ticker;
        this.ahead = ahead;
        this.end = file.end();
        this.size = file.end();
        this.durableEnd = file.end();
        this.lastSync = ticker.nanos();
        extend(true);
    }

    long end() {
        return end;
    }

    /** Reserved up to here. */
    long size() {
        return size;
    }

    /** Why there is no more room; null: there is. */
    @Nullable
    String fullReason() {
        return fullReason;
    }

    boolean unsyncedFor(long millis) {
        return durableEnd < end && ticker.nanos() - lastSync >= TimeUnit.MILLISECONDS.toNanos(millis);
    }

    void write(ByteBuffer group) throws IOException {
        RegistryFormat.seal(group, end, durableEnd);
        long at = end;
        while (group.hasRemaining()) {
            at += channel.write(group, at);
        }
        end = at;
        size = Math.max(size, end);
    }

    void sync() throws IOException {
        channel.force(false);
        durableEnd = end;
        lastSync = ticker.nanos();
    }

    /** Reserves more room where it runs low; a refusal is remembered and tried again after a second. */
    void extend(boolean now) {
        if (size - end >= ahead + EXTENSION_BYTES / 2
                || (!now && fullReason != null && ticker.nanos() - lastRefusal < RETRY_AFTER_NANOS)) {
            return;
        }
        long target = end + ahead + EXTENSION_BYTES;
        try {
            space.reserve(channel, size, target);
            size = target;
            if (fullReason != null) {
                log.atInfo().log("the call registry has room again");
                fullReason = null;
            }
        } catch (IOException refused) {
            lastRefusal = ticker.nanos();
            if (fullReason == null) {
                log.atError()
                        .addKeyValue("reason", refused.toString())
                        .log("the call registry cannot grow: new calls are refused, live ones go on; free disk space");
            }
            fullReason = refused.toString();
        }
    }

    /** Cuts the reserved room off: a closed file has no tail. */
    void close() throws IOException {
        channel.truncate(end);
        channel.force(true);
        channel.close();
    }

    void abandon(@Nullable IOException cause) {
        log.atError()
                .setCause(cause)
                .log("the call registry failed: the gateway takes no more commands until restarted");
        try {
            channel.close();
        } catch (IOException alsoFailed) {
            log.atWarn().setCause(alsoFailed).log("the call registry could not be closed");
        }
    }
}
