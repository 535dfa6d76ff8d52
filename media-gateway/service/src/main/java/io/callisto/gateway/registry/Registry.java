package io.callisto.gateway.registry;

import io.callisto.domain.Ticker;
import io.callisto.gateway.v1.CallOutcome;
import io.callisto.gateway.v1.CallPhase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Append-only record of calls. Appending only fills a buffer; {@link #sync} waits until everything appended so far is
 * on
 * disk. One thread writes, and all that waits at a moment shares one write and one sync (group commit). Thread-safe;
 * the
 * order of records is that of the calls.
 */
public final class Registry implements AutoCloseable {
    /** What room is asked for: the more important, the more of the reserve it may use. Progress needs no asking. */
    public enum Purpose {
        PLACE,
        CONTROL
    }

    /** Longest time that written records stay unsynced where nobody waits for them. */
    private static final long SYNC_AT_LEAST_EVERY_MILLIS = 1_000;

    private static final long HEADERS_BYTES = 64 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition progress = lock.newCondition();
    private final RegistryFile file;
    private final RegistryDisk disk;
    private final long reserve;
    private final Thread writer;
    // All guarded by the lock; positions count record bytes since this object was made.
    private RecordBuffer pending = new RecordBuffer();
    private RecordBuffer spare = new RecordBuffer();
    private long appended;
    private long written;
    private long durable;
    private long wantedWritten;
    private long wantedDurable;
    private long fileEnd;
    private long fileSize;
    private boolean closing;
    private @Nullable RegistryFailed failure;

    private Registry(RegistryFile file, SpaceReservation space, Ticker ticker, long reserve) {
        this.file = file;
        this.reserve = reserve;
        this.disk = new RegistryDisk(file, space, ticker, 2 * reserve + HEADERS_BYTES);
        this.fileEnd = disk.end();
        this.fileSize = disk.size();
        this.writer = new Thread(this::writeUntilClosed, "call-registry");
        writer.setDaemon(true);
    }

    /**
     * Opens the registry of a directory, or makes it.
     *
     * @param reserve bytes that are kept free for the progress of calls that live already
     * @param visitor told of everything recorded so far, before this returns
     * @throws RegistryUnusable where it cannot be used; the message and the remedy are for the operator
     */
    public static Registry open(
            Path directory,
            RegistryIdentity identity,
            RegistryVisitor visitor,
            SpaceReservation space,
            Ticker ticker,
            long reserve) {
        Registry registry = new Registry(RegistryFile.open(directory, identity, visitor), space, ticker, reserve);
        registry.writer.start();
        registry.lock.lock();
        try {
            registry.pending.run(registry.run());
            registry.appended = registry.pending.size();
        } finally {
            registry.lock.unlock();
        }
        // Durable before the first ticket is given out: no other run can have its number.
        registry.sync(registry.position());
        return registry;
    }

    public long incarnation() {
        return file.incarnation();
    }

    /** How many times this registry has been opened, from 1. */
    public long run() {
        return file.run();
    }

    /**
     * Makes sure that records of this length can be written.
     *
     * @throws RegistryFull where they cannot
     */
    public void requireRoom(long bytes, Purpose purpose) {
        lock.lock();
        try {
            checkSound();
            long keep = purpose == Purpose.PLACE ? 2 * reserve : reserve;
            long free = fileSize - fileEnd - (appended - written) - HEADERS_BYTES;
            if (free < bytes + keep) {
                String reason = disk.fullReason();
                work.signal();
                throw new RegistryFull("no room in the call registry " + file.path() + ": "
                        + (reason == null ? "it is being extended, try again" : reason));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Most bytes that one entry takes. */
    public static int entryBytes() {
        return RecordBuffer.MAX_RECORD_BYTES;
    }

    public void term(String scope, long epoch) {
        append(records -> records.term(scope, epoch));
    }

    public void placed(long idHigh, long idLow, int term, long dialed) {
        append(records -> records.placed(idHigh, idLow, term, dialed));
    }

    public void refused(long idHigh, long idLow, int term, RefusalReason reason) {
        append(records -> records.refused(idHigh, idLow, term, reason));
    }

    public void progress(int entry, CallPhase phase, CallOutcome outcome, CallTimes times) {
        append(records -> records.progress(entry, phase, outcome, times));
    }

    public void handedOver(int entry, int term) {
        append(records -> records.handedOver(entry, term));
    }

    /** @param content at most {@link Short#MAX_VALUE} bytes */
    public void note(int term, byte[] content) {
        append(records -> records.note(term, content));
    }

    private void append(Consumer<RecordBuffer> record) {
        lock.lock();
        try {
            if (failure != null) {
                return;
            }
            int before = pending.size();
            record.accept(pending);
            appended += pending.size() - before;
        } finally {
            lock.unlock();
        }
    }

    /** End of what was appended so far. */
    public long position() {
        lock.lock();
        try {
            return appended;
        } finally {
            lock.unlock();
        }
    }

    /** Up to here everything survives a loss of power. */
    public long durable() {
        lock.lock();
        try {
            return durable;
        } finally {
            lock.unlock();
        }
    }

    /** Begins what {@link #sync} waits for. */
    public void wantSync(long position) {
        lock.lock();
        try {
            wantedDurable = Math.max(wantedDurable, position);
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything before the position survives a loss of power. */
    public void sync(long position) {
        lock.lock();
        try {
            wantedDurable = Math.max(wantedDurable, position);
            work.signal();
            while (durable < position) {
                checkSound();
                progress.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything before the position survives the death of this process. */
    public void write(long position) {
        lock.lock();
        try {
            if (written < position) {
                wantedWritten = Math.max(wantedWritten, position);
                work.signal();
            }
            while (written < position) {
                checkSound();
                progress.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void checkSound() {
        if (failure != null) {
            throw failure;
        }
    }

    /** A reader of everything that is written now. */
    public RegistryReader reader() {
        write(position());
        lock.lock();
        try {
            return new RegistryReader(file.path(), fileEnd);
        } finally {
            lock.unlock();
        }
    }

    /** Syncs everything and closes the file. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closing) {
                return;
            }
            if (failure == null) {
                pending.closed();
                appended++;
            }
            closing = true;
            wantedDurable = appended;
            work.signal();
        } finally {
            lock.unlock();
        }
        try {
            // Bounded: a disk that hangs must not keep the process from ending; the file is sound at every moment.
            writer.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilClosed() {
        IOException broken = null;
        boolean closed = false;
        try {
            while (writeOnce()) {
                disk.extend(false);
                publishSize();
            }
            disk.close();
            closed = true;
        } catch (IOException failed) {
            broken = failed;
        } finally {
            if (!closed) {
                disk.abandon(broken);
            }
            end(closed ? "is closed" : "cannot be written; repair the disk and restart the gateway", broken);
        }
    }

    /** Waits for work and does it; false: closed, and everything is on disk. */
    private boolean writeOnce() throws IOException {
        RecordBuffer out;
        long target;
        boolean sync;
        boolean last;
        lock.lock();
        try {
            awaitWork();
            out = pending;
            pending = spare;
            target = appended;
            sync = wantedDurable > durable || disk.unsyncedFor(SYNC_AT_LEAST_EVERY_MILLIS);
            last = closing;
        } finally {
            lock.unlock();
        }
        if (out.size() > 0) {
            ByteBuffer group = out.group();
            disk.write(group);
        }
        out.clear();
        if (!sync) {
            advance(out, target, false);
            return !last;
        }
        disk.sync();
        advance(out, target, true);
        return !last;
    }

    private void awaitWork() {
        while (!closing && wantedDurable <= durable && wantedWritten <= written) {
            try {
                if (!work.await(SYNC_AT_LEAST_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
                if (disk.fullReason() != null) {
                    return;
                }
            } catch (InterruptedException unexpected) {
                // Nobody interrupts this thread: an interrupt would close the channel.
                throw new IllegalStateException(unexpected);
            }
        }
    }

    private void advance(RecordBuffer emptied, long target, boolean synced) {
        lock.lock();
        try {
            spare = emptied;
            written = target;
            if (synced) {
                durable = target;
            }
            fileEnd = disk.end();
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void publishSize() {
        lock.lock();
        try {
            fileSize = disk.size();
        } finally {
            lock.unlock();
        }
    }

    private void end(String how, @Nullable IOException cause) {
        lock.lock();
        try {
            failure = new RegistryFailed("the call registry " + file.path() + " " + how, cause);
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
