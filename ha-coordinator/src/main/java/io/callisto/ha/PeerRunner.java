package io.callisto.ha;

import io.callisto.domain.Ticker;
import io.callisto.ha.PeerLink.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Peer links, all on one thread: sends signs of life to whoever connects, and listens to those of every node that
 * shares a service with this one. A broken link is seen within milliseconds. It wakes candidates, and where the peer's
 * host says that nobody listens there any more, and the database has no connection of the peer left, the peer is
 * certified dead. A frozen peer, or one that is cut off, is silent: that proves nothing, and its leases run out.
 */
final class PeerRunner implements Runnable, AutoCloseable {
    /** Name of the endpoint. */
    static final String ENDPOINT = "peer";

    private static final Logger log = LoggerFactory.getLogger(PeerRunner.class);
    private static final int BACKLOG = 64;
    private static final int MOST_GUESTS = 512;
    private static final Duration BIND_AGAIN = Duration.ofSeconds(5);
    private static final Duration ASK_DIRECTORY = Duration.ofSeconds(5);

    /** What the links are for. Called on the peer thread; must be quick. */
    interface Watcher {
        /** This node listens now. */
        void listening(String address);

        /** A peer may have gone. */
        void suspect(NodeId peer);

        /**
         * The peer's host says that it has gone: certify, if the database agrees.
         *
         * @param asked to be called when the database was asked, whatever it said
         */
        void gone(NodeId peer, Runnable asked);
    }

    private final CoordinatorSettings.Peers settings;
    private final NodeId me;
    private final Duration beat;
    private final DirectoryCache directory;
    private final Supplier<List<String>> services;
    private final Watcher watcher;
    private final Ticker ticker;
    private final Selector selector;
    private final Map<NodeId, PeerLink> links = new HashMap<>();
    private final Set<SocketChannel> guests = new HashSet<>();
    private @Nullable ServerSocketChannel listening;
    private volatile int up;
    private volatile boolean stopped;
    private long nextBindNanos;
    private long nextBeatNanos;
    private long nextAskNanos;

    /**
     * @param services of this node
     */
    PeerRunner(
            CoordinatorSettings.Peers settings,
            NodeId me,
            Duration beat,
            DirectoryCache directory,
            Supplier<List<String>> services,
            Watcher watcher,
            Ticker ticker) {
        this.settings = settings;
        this.me = me;
        this.beat = beat;
        this.directory = directory;
        this.services = services;
        this.watcher = watcher;
        this.ticker = ticker;
        this.nextBindNanos = ticker.nanos();
        this.nextBeatNanos = ticker.nanos();
        this.nextAskNanos = ticker.nanos();
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new IllegalStateException("no more files can be opened: raise the limit (ulimit -n)", e);
        }
    }

    /** With how many peers there is a link now. Thread-safe. */
    int up() {
        return up;
    }

    /** Something has changed: look at once. Thread-safe. */
    void wake() {
        selector.wakeup();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                step();
            }
        } catch (IOException | RuntimeException e) {
            log.atError().setCause(e).log("peer links have failed: going on without them");
        } finally {
            closeAll();
        }
    }

    @Override
    public void close() {
        stopped = true;
        wake();
    }

    private void step() throws IOException {
        bindIfDue();
        beatIfDue();
        for (PeerLink link : links.values()) {
            handle(link, link.tick());
        }
        up = (int) links.values().stream().filter(PeerLink::up).count();
        long due = nextBeatNanos;
        for (PeerLink link : links.values()) {
            due = link.dueNanos() - due < 0 ? link.dueNanos() : due;
        }
        long millis = Duration.ofNanos(due - ticker.nanos()).toMillis();
        selector.select(Math.max(1, Math.min(beat.toMillis(), millis)));
        for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
            SelectionKey key = keys.next();
            keys.remove();
            if (key.isValid()) {
                ready(key);
            }
        }
    }

    private void ready(SelectionKey key) {
        if (key.attachment() instanceof PeerLink link) {
            handle(link, link.ready());
        } else if (key.channel() instanceof ServerSocketChannel server) {
            greet(server);
        } else if (key.channel() instanceof SocketChannel guest) {
            hear(guest);
        }
    }

    private void handle(PeerLink link, Outcome outcome) {
        switch (outcome) {
            case FINE -> {}
            case BROKEN -> {
                log.atInfo().addKeyValue("peer", link.peer()).log("link to a peer broke");
                watcher.suspect(link.peer());
            }
            case SILENT -> watcher.suspect(link.peer());
            case REFUSED, STRANGER -> {
                if (link.ask()) {
                    watcher.gone(link.peer(), link::asked);
                }
            }
        }
    }

    private void bindIfDue() {
        if (listening != null || ticker.nanos() - nextBindNanos < 0) {
            return;
        }
        nextBindNanos = ticker.nanos() + BIND_AGAIN.toNanos();
        try {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.configureBlocking(false);
            server.bind(new InetSocketAddress(settings.bindHost(), settings.port()), BACKLOG);
            server.register(selector, SelectionKey.OP_ACCEPT);
            listening = server;
            int port = server.socket().getLocalPort();
            watcher.listening(settings.advertisedHost() + ":" + port);
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("host", settings.bindHost())
                    .addKeyValue("port", settings.port())
                    .addKeyValue("reason", e.getMessage())
                    .log("cannot listen for peers (callisto.ha.peer-port): others notice this process' end later;"
                            + " trying again");
        }
    }

    private void beatIfDue() {
        long now = ticker.nanos();
        if (now - nextBeatNanos < 0) {
            return;
        }
        nextBeatNanos = now + beat.toNanos();
        for (SocketChannel guest : List.copyOf(guests)) {
            send(guest, ByteBuffer.wrap(new byte[] {1}));
        }
        if (now - nextAskNanos >= 0) {
            nextAskNanos = now + ASK_DIRECTORY.toNanos();
            directory.wish();
        }
        follow();
    }

    /** Keeps a link to every living node that shares a service with this one. */
    private void follow() {
        DirectoryCache.Snapshot now = directory.last();
        Set<String> own = Set.copyOf(services.get());
        Map<NodeId, String> wanted = new HashMap<>();
        Set<NodeId> akin = new HashSet<>();
        now.members().stream()
                .filter(member -> !member.node().equals(me))
                .filter(member -> member.services().stream().anyMatch(own::contains))
                .forEach(member -> akin.add(member.node()));
        now.listening().stream()
                .filter(at -> at.name().equals(ENDPOINT) && akin.contains(at.node()))
                .forEach(at -> wanted.put(at.node(), at.address()));
        links.values().removeIf(link -> {
            boolean over = !link.address().equals(wanted.get(link.peer()));
            if (over) {
                link.close();
            }
            return over;
        });
        wanted.forEach((peer, address) ->
                links.computeIfAbsent(peer, node -> new PeerLink(node, address, beat, selector, ticker)));
    }

    private void greet(ServerSocketChannel server) {
        try {
            SocketChannel guest = server.accept();
            if (guest == null) {
                return;
            }
            if (guests.size() >= MOST_GUESTS) {
                guest.close();
                return;
            }
            guest.configureBlocking(false);
            guest.register(selector, SelectionKey.OP_READ);
            guests.add(guest);
            ByteBuffer hello = ByteBuffer.allocate(2 * Long.BYTES);
            hello.putLong(me.value().getMostSignificantBits());
            hello.putLong(me.value().getLeastSignificantBits());
            send(guest, hello.flip());
        } catch (IOException e) {
            log.atDebug().setCause(e).log("a peer could not be greeted");
        }
    }

    private void hear(SocketChannel guest) {
        try {
            if (guest.read(ByteBuffer.allocate(64)) < 0) {
                drop(guest);
            }
        } catch (IOException e) {
            drop(guest);
        }
    }

    private void send(SocketChannel guest, ByteBuffer bytes) {
        try {
            // What does not fit is not sent: somebody who does not read will find the stream silent or broken.
            guest.write(bytes);
        } catch (IOException e) {
            drop(guest);
        }
    }

    private void drop(SocketChannel guest) {
        guests.remove(guest);
        closeQuietly(guest::close);
    }

    private void closeAll() {
        links.values().forEach(PeerLink::close);
        links.clear();
        List<SocketChannel> open = new ArrayList<>(guests);
        open.forEach(this::drop);
        ServerSocketChannel server = listening;
        if (server != null) {
            closeQuietly(server::close);
        }
        closeQuietly(selector::close);
    }

    /** Something that can be closed. */
    @FunctionalInterface
    private interface Closing {
        void close() throws IOException;
    }

    private static void closeQuietly(Closing closing) {
        try {
            closing.close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("closing a peer link");
        }
    }
}
