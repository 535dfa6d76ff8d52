package io.callisto.ha;

import io.callisto.domain.Ticker;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The stream of signs of life that comes from one peer: first its node id, then a byte now and then. Used by the peer
 * thread only, except {@link #asked}.
 */
final class PeerLink {
    private static final int HELLO_BYTES = 16;
    private static final int MISSED = 3;
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(40);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(1);

    /** What became of a connection, or of the try to make one. */
    enum Outcome {
        /** Goes on. */
        FINE,
        /** It was there, and is no more: the process ended, or something cut the connection. */
        BROKEN,
        /** The peer's host says that nobody listens there. */
        REFUSED,
        /** Another process listens there now. */
        STRANGER,
        /** Nothing is heard: frozen, cut off, or slow. Proves nothing. */
        SILENT
    }

    private final NodeId peer;
    private final String address;
    private final Duration beat;
    private final Ticker ticker;
    private final ByteBuffer hello = ByteBuffer.allocate(HELLO_BYTES);
    private final ByteBuffer beats = ByteBuffer.allocate(64);
    private final Selector selector;
    private @Nullable SocketChannel channel;
    private long heardNanos;
    private long nextTryNanos;
    private int failures;
    private boolean up;
    private volatile boolean asking;

    PeerLink(NodeId peer, String address, Duration beat, Selector selector, Ticker ticker) {
        this.selector = selector;
        this.peer = peer;
        this.address = address;
        this.beat = beat;
        this.ticker = ticker;
        this.nextTryNanos = ticker.nanos();
        this.heardNanos = ticker.nanos();
    }

    NodeId peer() {
        return peer;
    }

    String address() {
        return address;
    }

    /** Whether the peer has said who it is on the present connection. */
    boolean up() {
        return up;
    }

    /** Begins to ask the database about the peer; false where that is going on already. */
    boolean ask() {
        if (asking) {
            return false;
        }
        asking = true;
        return true;
    }

    /** The database was asked. Any thread. */
    void asked() {
        asking = false;
    }

    /** When {@link #tick} has something to do. */
    long dueNanos() {
        return channel == null ? nextTryNanos : heardNanos + silence().toNanos();
    }

    /** Connects where it is time, and notices silence. */
    Outcome tick() {
        long now = ticker.nanos();
        if (channel == null) {
            return now - nextTryNanos < 0 ? Outcome.FINE : connect(now);
        }
        return now - heardNanos > silence().toNanos() ? lost(Outcome.SILENT) : Outcome.FINE;
    }

    /** The connection can be made, or read. */
    Outcome ready() {
        SocketChannel open = channel;
        if (open == null) {
            return Outcome.FINE;
        }
        try {
            if (!open.isConnected()) {
                open.finishConnect();
                SelectionKey key = open.keyFor(selector);
                if (key != null) {
                    key.interestOps(SelectionKey.OP_READ);
                }
            }
            return read(open);
        } catch (IOException e) {
            return lost(classify(e));
        }
    }

    void close() {
        SocketChannel open = channel;
        channel = null;
        up = false;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is as good as closed.
                nextTryNanos = ticker.nanos();
            }
        }
    }

    private Outcome connect(long now) {
        hello.clear();
        heardNanos = now;
        try {
            SocketChannel opening = SocketChannel.open();
            channel = opening;
            opening.configureBlocking(false);
            opening.setOption(StandardSocketOptions.TCP_NODELAY, true);
            int colon = address.lastIndexOf(':');
            InetSocketAddress to = new InetSocketAddress(
                    address.substring(0, Math.max(0, colon)), Integer.parseInt(address.substring(colon + 1)));
            if (to.isUnresolved()) {
                return lost(Outcome.SILENT);
            }
            if (opening.connect(to)) {
                opening.register(selector, SelectionKey.OP_READ, this);
            } else {
                opening.register(selector, SelectionKey.OP_CONNECT, this);
            }
            return Outcome.FINE;
        } catch (IOException e) {
            return lost(classify(e));
        } catch (IllegalArgumentException e) {
            // An address that nobody can connect to proves nothing.
            return lost(Outcome.SILENT);
        }
    }

    private Outcome read(SocketChannel open) throws IOException {
        while (true) {
            ByteBuffer into = hello.hasRemaining() ? hello : beats.clear();
            int read = open.read(into);
            if (read < 0) {
                return lost(up ? Outcome.BROKEN : Outcome.SILENT);
            }
            if (read == 0) {
                return Outcome.FINE;
            }
            heardNanos = ticker.nanos();
            if (!up && !hello.hasRemaining()) {
                UUID id = new UUID(hello.getLong(0), hello.getLong(Long.BYTES));
                if (!id.equals(peer.value())) {
                    return lost(Outcome.STRANGER);
                }
                up = true;
                failures = 0;
            }
        }
    }

    private Outcome lost(Outcome outcome) {
        boolean was = up;
        close();
        long wait = was ? 0 : Math.min(LONGEST_BACK_OFF.toNanos(), FIRST_BACK_OFF.toNanos() << Math.min(failures, 10));
        failures = was ? 0 : failures + 1;
        nextTryNanos = ticker.nanos() + wait;
        return was && outcome != Outcome.SILENT ? Outcome.BROKEN : outcome;
    }

    private Outcome classify(IOException e) {
        String message = e.getMessage();
        boolean refused = e instanceof ConnectException
                && message != null
                && message.toLowerCase(Locale.ROOT).contains("refused");
        if (refused) {
            return Outcome.REFUSED;
        }
        return up ? Outcome.BROKEN : Outcome.SILENT;
    }

    private Duration silence() {
        return beat.multipliedBy(MISSED);
    }
}
