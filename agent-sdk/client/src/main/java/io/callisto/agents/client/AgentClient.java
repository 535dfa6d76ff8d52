package io.callisto.agents.client;

import io.callisto.agents.protocol.AgentCommand;
import io.callisto.agents.protocol.AgentError;
import io.callisto.agents.protocol.AgentProtocol;
import io.callisto.agents.protocol.AgentView;
import io.callisto.agents.protocol.ClientFrame;
import io.callisto.agents.protocol.DesktopAddresses;
import io.callisto.agents.protocol.FrameJson;
import io.callisto.agents.protocol.ServerFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One agent's desktop without a screen. Keeps connected from {@link #connect} to {@link #close}, at whatever server
 * answers; all its state is owned by the scheduler's one thread, on which the listener is called too.
 */
public final class AgentClient implements AutoCloseable {
    /** A line without a frame for so many looks, each half of the server's limit apart, is lost. */
    private static final int SILENT_LOOKS = 3;

    private final AgentClientSettings settings;
    private final HttpClient http;
    private final ScheduledExecutorService owner;
    private final RandomGenerator random;
    private final FrameJson json;
    private final ServerRing servers;
    private final AgentSession session;
    private final AgentListener listener;

    private boolean running;
    private @Nullable Line line;
    private @Nullable Future<?> timer;
    private @Nullable Future<?> watch;
    private int attempt;
    private int silent;
    private long notBeforeMillis;

    /**
     * A client that is not connected yet.
     *
     * @param owner a scheduler of exactly one thread; may be shared by many clients, is not closed with this one
     * @param http may be shared; ends connections that do not come about
     * @param random jitter and ids
     */
    public AgentClient(
            AgentClientSettings settings,
            AgentListener listener,
            ScheduledExecutorService owner,
            HttpClient http,
            FrameJson json,
            RandomGenerator random) {
        this.settings = settings;
        this.http = http;
        this.owner = owner;
        this.random = random;
        this.json = json;
        this.listener = listener;
        this.servers = new ServerRing(settings.servers());
        this.session = new AgentSession(
                settings.organisationId(),
                settings.clientName(),
                Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX),
                new Hearing(),
                this::send);
    }

    /** Keeps the addresses that the cluster tells, and passes everything on. */
    private final class Hearing implements AgentListener {
        @Override
        public void connected(ServerFrame.Welcome welcome) {
            listener.connected(welcome);
        }

        @Override
        public void available(boolean available) {
            listener.available(available);
        }

        @Override
        public void notified(ServerFrame.Notify notification) {
            listener.notified(notification);
        }

        @Override
        public void snapshot(AgentView state) {
            listener.snapshot(state);
        }

        @Override
        public void addresses(DesktopAddresses addresses) {
            servers.renew(addresses.servers());
            listener.addresses(addresses);
        }

        @Override
        public void sessionLost(String agentSessionId) {
            listener.sessionLost(agentSessionId);
        }
    }

    /** Connects, and connects again whenever the connection is lost. Nothing happens where it is running already. */
    public void connect() {
        owner.execute(() -> {
            if (!running) {
                running = true;
                attempt = 0;
                notBeforeMillis = 0;
                open();
            }
        });
    }

    /** Ends the connection for good; the session at the server waits for its grace time. */
    @Override
    public void close() {
        owner.execute(() -> end(AgentError.OK.number(), "closed by the client"));
    }

    /**
     * Sends a command; one that loses its connection is sent again by the same id.
     *
     * @param sessionId the call that it is about, null where it is about none
     * @param result class of its result
     * @return its result, or exceptionally {@link CommandRefused}
     */
    public <R extends Record> CompletableFuture<R> send(
            AgentCommand command, @Nullable String sessionId, Record args, Class<R> result) {
        if (command.result() != result || command.args() != args.getClass()) {
            throw new IllegalArgumentException(command.text() + " takes " + command.args() + " and gives "
                    + command.result() + ", not " + args.getClass() + " and " + result);
        }
        if (command.needsCall() && sessionId == null) {
            throw new IllegalArgumentException(command.text() + " needs the session id of a call");
        }
        CompletableFuture<Record> answer = new CompletableFuture<>();
        owner.execute(() -> session.command(command, sessionId, args, answer));
        return answer.thenApply(result::cast);
    }

    private void open() {
        URI server = servers.next();
        Line opened = new Line(owner, AgentProtocol.MAX_SERVER_FRAME_BYTES, this::received, this::lost);
        line = opened;
        timer = owner.schedule(
                () -> lost(opened, "no welcome in time"),
                settings.connectTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
        var unused = http.newWebSocketBuilder()
                .subprotocols(AgentProtocol.SUB_PROTOCOL)
                .connectTimeout(settings.connectTimeout())
                .buildAsync(server, opened)
                .whenCompleteAsync(
                        (socket, failed) -> {
                            if (failed != null) {
                                lost(opened, String.valueOf(failed));
                            } else {
                                opened.use(socket);
                                greet(opened);
                            }
                        },
                        owner);
    }

    private void greet(Line opened) {
        if (opened == line) {
            send(session.hello(settings.token().get()));
        }
    }

    private void send(ClientFrame frame) {
        Line to = line;
        if (to != null) {
            to.send(json.write(frame));
        }
    }

    private void received(Line from, String text) {
        if (from != line) {
            return;
        }
        silent = 0;
        boolean done = json.readServer(text)
                .fold(
                        frame -> {
                            handle(from, frame);
                            return true;
                        },
                        problem -> problem.position().equals("/type"));
        // A frame of a later version is passed over; anything else that cannot be read ends the connection.
        if (!done) {
            lost(from, "the server does not speak the protocol");
        }
    }

    private void handle(Line from, ServerFrame frame) {
        switch (frame.kind()) {
            case WELCOME -> welcome(from, (ServerFrame.Welcome) frame);
            case RESULT -> session.result((ServerFrame.Result) frame);
            case NOTIFY -> session.notification((ServerFrame.Notify) frame);
            case SNAPSHOT -> session.snapshot((ServerFrame.Snapshot) frame);
            case PING -> session.ping((ServerFrame.Ping) frame);
            case BYE -> bye(from, (ServerFrame.Bye) frame);
        }
    }

    private void welcome(Line from, ServerFrame.Welcome welcome) {
        attempt = 0;
        cancel(timer);
        cancel(watch);
        long look = Math.max(1, welcome.lostAfterMillis() / 2);
        watch = owner.scheduleWithFixedDelay(() -> look(from), look, look, TimeUnit.MILLISECONDS);
        session.welcome(welcome);
    }

    private void look(Line at) {
        if (++silent >= SILENT_LOOKS) {
            lost(at, "silent");
        }
    }

    private void bye(Line from, ServerFrame.Bye bye) {
        if (bye.reconnect()) {
            notBeforeMillis = bye.afterMillis();
            lost(from, bye.reason());
        } else {
            end(bye.code(), bye.reason());
        }
    }

    private void lost(Line which, String reason) {
        if (which != line) {
            return;
        }
        drop();
        if (running) {
            Duration wait = settings.backoff().before(attempt++, servers.size(), random);
            long millis = Math.max(wait.toMillis(), notBeforeMillis);
            notBeforeMillis = 0;
            timer = owner.schedule(this::open, millis, TimeUnit.MILLISECONDS);
            listener.disconnected(reason);
        }
    }

    private void drop() {
        Line gone = line;
        line = null;
        silent = 0;
        cancel(timer);
        cancel(watch);
        if (gone != null) {
            gone.drop();
        }
        session.lost();
    }

    private void end(int code, String reason) {
        if (!running) {
            return;
        }
        running = false;
        drop();
        session.refuse(code == AgentError.OK.number() ? AgentError.RETRY.number() : code, reason);
        listener.ended(code, reason);
    }

    private static void cancel(@Nullable Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }

    /** The addresses that would be tried next, in turn. */
    CompletableFuture<List<URI>> servers() {
        return CompletableFuture.supplyAsync(servers::all, owner);
    }
}
