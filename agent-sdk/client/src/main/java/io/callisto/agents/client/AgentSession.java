package io.callisto.agents.client;

import io.callisto.agents.protocol.AgentCommand;
import io.callisto.agents.protocol.AgentError;
import io.callisto.agents.protocol.AgentNotification;
import io.callisto.agents.protocol.AgentProtocol;
import io.callisto.agents.protocol.AgentView;
import io.callisto.agents.protocol.ClientFrame;
import io.callisto.agents.protocol.DesktopAddresses;
import io.callisto.agents.protocol.NotificationData;
import io.callisto.agents.protocol.Position;
import io.callisto.agents.protocol.ServerFrame;
import io.callisto.agents.protocol.SessionData;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The session of one agent at its client, over all its connections: commands that wait for an answer, place in the
 * notifications, what the desktop shows. Knows no network and no time; owned by the thread of its client.
 */
final class AgentSession {
    /** A command that was sent and not yet answered. */
    private record Pending(
            AgentCommand name, @Nullable String sessionId, Record args, CompletableFuture<Record> answer) {}

    private final int organisationId;
    private final String clientName;
    private final String idPrefix;
    private final AgentListener listener;
    private final Consumer<ClientFrame> out;
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    private @Nullable String agentSessionId;
    private int attachNo;
    private long lastId;
    private boolean welcomed;
    private boolean zoneAvailable = true;
    private boolean available;
    private boolean snapshotAsked;
    private int sinceAck;
    private Position position = Position.START;
    private DesktopView view = DesktopView.EMPTY;

    AgentSession(
            int organisationId, String clientName, String idPrefix, AgentListener listener, Consumer<ClientFrame> out) {
        this.organisationId = organisationId;
        this.clientName = clientName;
        this.idPrefix = idPrefix;
        this.listener = listener;
        this.out = out;
    }

    boolean welcomed() {
        return welcomed;
    }

    ClientFrame.Hello hello(String token) {
        ClientFrame.Resume resume = agentSessionId == null
                ? null
                : new ClientFrame.Resume(agentSessionId, attachNo, position.epoch(), position.seq());
        return new ClientFrame.Hello(token, organisationId, clientName, resume);
    }

    void welcome(ServerFrame.Welcome welcome) {
        String before = agentSessionId;
        welcomed = true;
        zoneAvailable = true;
        agentSessionId = welcome.agentSessionId();
        attachNo = welcome.attachNo();
        if (!welcome.resumed()) {
            position = Position.START;
            view = DesktopView.EMPTY;
            if (before != null) {
                refuse(one -> one.name() != AgentCommand.AGT_LOGON, AgentError.WRONG_SESSION.number(), "session gone");
                listener.sessionLost(before);
            }
        }
        pending.forEach(this::send);
        listener.addresses(welcome.addresses());
        listener.connected(welcome);
        judge();
    }

    /** The connection is gone; what was sent and not answered waits for the next one. */
    void lost() {
        welcomed = false;
        snapshotAsked = false;
        judge();
    }

    private void judge() {
        boolean now = welcomed && zoneAvailable;
        if (now != available) {
            available = now;
            listener.available(now);
        }
    }

    void command(AgentCommand name, @Nullable String sessionId, Record args, CompletableFuture<Record> answer) {
        if (!welcomed) {
            answer.completeExceptionally(
                    new CommandRefused(name.text(), AgentError.RETRY, "not connected; nothing was done"));
            return;
        }
        String id = idPrefix + "-" + ++lastId;
        Pending command = new Pending(name, sessionId, args, answer);
        pending.put(id, command);
        send(id, command);
    }

    private void send(String id, Pending command) {
        out.accept(new ClientFrame.Command(id, command.name(), attachNo, command.sessionId(), command.args()));
    }

    /** Refuses what is under way. */
    void refuse(int code, String text) {
        refuse(command -> true, code, text);
    }

    private void refuse(Predicate<Pending> which, int code, String text) {
        for (Iterator<Pending> all = pending.values().iterator(); all.hasNext(); ) {
            Pending command = all.next();
            if (which.test(command)) {
                all.remove();
                command.answer()
                        .completeExceptionally(new CommandRefused(command.name().text(), code, text, null));
            }
        }
    }

    void result(ServerFrame.Result result) {
        Pending command = pending.remove(result.id());
        if (command == null) {
            return;
        }
        Record data = result.data();
        if (result.code() != AgentError.OK.number() || data == null) {
            command.answer()
                    .completeExceptionally(
                            new CommandRefused(command.name().text(), result.code(), result.text(), result.position()));
            return;
        }
        if (command.name() == AgentCommand.AGT_LOGON) {
            SessionData.LoggedOn loggedOn = (SessionData.LoggedOn) data;
            agentSessionId = loggedOn.agentSessionId();
            attachNo = loggedOn.attachNo();
            view = view.agent(loggedOn.agentState());
        } else if (command.name() == AgentCommand.AGT_LOGOFF) {
            loggedOut();
        }
        command.answer().complete(data);
    }

    void notification(ServerFrame.Notify notify) {
        switch (position.notification(notify.epoch(), notify.seq())) {
            case DROP -> {
                return;
            }
            case SNAPSHOT -> {
                askSnapshot();
                return;
            }
            case TAKE -> {
                position = new Position(notify.epoch(), notify.seq());
                if (++sinceAck >= AgentProtocol.ACK_EVERY) {
                    acknowledge();
                }
            }
            case ASIDE -> {}
        }
        view = view.after(notify);
        AgentNotification.of(notify.name()).ifPresent(kind -> apply(kind, notify.data()));
        listener.notified(notify);
    }

    private void apply(AgentNotification kind, @Nullable Record data) {
        if (kind == AgentNotification.GET_AGENT_STATUS) {
            out.accept(view.answer(((NotificationData.StatusWanted) Objects.requireNonNull(data)).asked()));
        } else if (kind == AgentNotification.AGENT_SDK_CONNECTED_RESP) {
            listener.addresses((DesktopAddresses) Objects.requireNonNull(data));
        } else if (kind == AgentNotification.POM_NOT_AVAILABLE || kind == AgentNotification.POM_AVAILABLE) {
            zoneAvailable = kind == AgentNotification.POM_AVAILABLE;
            judge();
        } else if (kind == AgentNotification.AGT_AGENT_LOGGED_OUT) {
            loggedOut();
        }
    }

    private void loggedOut() {
        agentSessionId = null;
        position = Position.START;
        view = DesktopView.EMPTY;
    }

    private void askSnapshot() {
        if (!snapshotAsked && welcomed) {
            snapshotAsked = true;
            CompletableFuture<Record> answer = new CompletableFuture<>();
            command(AgentCommand.CAL_GET_SNAPSHOT, null, new SessionData.Nothing(), answer);
            // Nobody could give one now: the next notification asks again.
            var unused = answer.whenComplete((done, refused) -> snapshotAsked = snapshotAsked && refused == null);
        }
    }

    void snapshot(ServerFrame.Snapshot snapshot) {
        Position at = new Position(snapshot.epoch(), snapshot.seq());
        if (position.acceptsSnapshot(at)) {
            snapshotAsked = false;
            position = at;
            AgentView state = snapshot.state();
            view = DesktopView.of(state);
            acknowledge();
            listener.snapshot(state);
        }
    }

    private void acknowledge() {
        sinceAck = 0;
        out.accept(new ClientFrame.Ack(position.epoch(), position.seq()));
    }

    void ping(ServerFrame.Ping ping) {
        sinceAck = 0;
        out.accept(new ClientFrame.Pong(ping.number(), position.epoch(), position.seq()));
    }
}
