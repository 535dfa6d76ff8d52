package io.callisto.agents.client;

import io.callisto.agents.protocol.AgentCommand;
import io.callisto.agents.protocol.AgentProtocol;
import io.callisto.agents.protocol.ClientFrame;
import io.callisto.agents.protocol.DesktopAddresses;
import io.callisto.agents.protocol.FrameJson;
import io.callisto.agents.protocol.ServerFrame;
import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/**
 * A WebSocket server that says what a test tells it to say. Two of them make a cluster that a server can be lost of.
 */
final class ScriptedServer implements AutoCloseable {
    private static final long WAIT_SECONDS = 30;
    /** Held, so that its level stays. */
    private static final Logger TOMCAT = Logger.getLogger("org.apache");

    private final Tomcat tomcat = new Tomcat();
    private final FrameJson json = new FrameJson();
    private final BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();
    private final URI address;

    /** One connection of a client. */
    final class Connection {
        private final Session session;
        private final BlockingQueue<ClientFrame> frames = new LinkedBlockingQueue<>();

        private Connection(Session session) {
            this.session = session;
        }

        /** The next frame of the client. */
        <F extends ClientFrame> F next(Class<F> type) throws InterruptedException {
            ClientFrame frame = frames.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            return type.cast(Objects.requireNonNull(frame, () -> "no " + type.getSimpleName() + " came"));
        }

        ClientFrame.Command command(AgentCommand name) throws InterruptedException {
            ClientFrame.Command command = next(ClientFrame.Command.class);
            if (command.name() != name) {
                throw new AssertionError("not " + name + " but " + command);
            }
            return command;
        }

        boolean quiet() {
            return frames.isEmpty();
        }

        void tell(ServerFrame frame) {
            tell(json.write(frame));
        }

        void tell(String text) {
            try {
                session.getBasicRemote().sendText(text);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        void answer(ClientFrame.Command command, Record data) {
            tell(new ServerFrame.Result(command.id(), command.name().text(), 0, "OK", null, data));
        }

        void close() {
            try {
                session.close(new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "cut"));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        String subProtocol() {
            return session.getNegotiatedSubprotocol();
        }
    }

    ScriptedServer(Path folder) throws LifecycleException, DeploymentException {
        TOMCAT.setLevel(Level.SEVERE);
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        StandardContext context = (StandardContext) tomcat.addContext("", folder.toString());
        context.addServletContainerInitializer(new WsSci(), null);
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
        Tomcat.addServlet(context, "none", new HttpServlet() {
            private static final long serialVersionUID = 1L;
        });
        context.addServletMappingDecoded("/", "none");
        tomcat.start();
        ServerContainer container =
                (ServerContainer) context.getServletContext().getAttribute(ServerContainer.class.getName());
        container.setDefaultMaxTextMessageBufferSize(AgentProtocol.MAX_FRAME_BYTES);
        container.addEndpoint(ServerEndpointConfig.Builder.create(Desktop.class, AgentProtocol.PATH)
                .subprotocols(List.of(AgentProtocol.SUB_PROTOCOL))
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> type) {
                        return type.cast(new Desktop(ScriptedServer.this));
                    }
                })
                .build());
        address = URI.create("ws://127.0.0.1:" + tomcat.getConnector().getLocalPort() + AgentProtocol.PATH);
    }

    /** The server's end of a WebSocket. */
    static final class Desktop extends Endpoint {
        private final ScriptedServer server;

        Desktop(ScriptedServer server) {
            this.server = server;
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            Connection connection = server.new Connection(session);
            session.addMessageHandler(String.class, new MessageHandler.Whole<String>() {
                @Override
                public void onMessage(String text) {
                    connection.frames.add(server.json.readClient(text).frame());
                }
            });
            server.connections.add(connection);
        }
    }

    URI address() {
        return address;
    }

    /** The next connection. */
    Connection accept() throws InterruptedException {
        return Objects.requireNonNull(connections.poll(WAIT_SECONDS, TimeUnit.SECONDS), "nobody connected");
    }

    /** A long limit of silence: these servers do not ping, and a slow machine must not end a test's connection. */
    ServerFrame.Welcome welcome(int attachNo, boolean resumed, List<URI> servers) {
        return welcome(attachNo, resumed, servers, 120_000);
    }

    ServerFrame.Welcome welcome(int attachNo, boolean resumed, List<URI> servers, int lostAfterMillis) {
        List<String> addresses = servers.stream().map(URI::toString).toList();
        return new ServerFrame.Welcome(
                "as-1",
                attachNo,
                resumed,
                resumed,
                new DesktopAddresses(addresses, Map.of("Default", "s1:9200"), null),
                500,
                lostAfterMillis,
                60_000);
    }

    @Override
    public void close() throws LifecycleException {
        if (!tomcat.getServer().getState().equals(LifecycleState.DESTROYED)) {
            tomcat.stop();
            tomcat.destroy();
        }
    }
}
