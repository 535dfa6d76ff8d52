package io.callisto.ha;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network that can be cut: forwards to the database until it is told to swallow, or to refuse. */
final class TestProxy implements AutoCloseable {
    private final String host;
    private final int port;
    private final ServerSocket listening;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Object change = new Object();
    private boolean stalled;
    private volatile boolean refusing;

    TestProxy(String jdbcUrl) {
        URI target = URI.create(jdbcUrl.substring("jdbc:".length()));
        this.host = target.getHost();
        this.port = target.getPort();
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept, "proxy");
    }

    /** The address of the same database through this proxy. */
    String through(String jdbcUrl) {
        return jdbcUrl.replace("//" + host + ":" + port, "//127.0.0.1:" + listening.getLocalPort());
    }

    /** Like a cable that is pulled: nothing arrives, nobody is told. */
    void stall() {
        synchronized (change) {
            stalled = true;
        }
    }

    /** What was on its way arrives late. */
    void goOn() {
        refusing = false;
        synchronized (change) {
            stalled = false;
            change.notifyAll();
        }
    }

    /** Like a database that has stopped: connections break, new ones are refused. */
    void refuse() {
        refusing = true;
        sockets.forEach(TestProxy::close);
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        refuse();
        goOn();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                if (refusing) {
                    close(client);
                    continue;
                }
                Socket server = new Socket(host, port);
                sockets.add(client);
                sockets.add(server);
                start(() -> pump(client, server), "proxy-up");
                start(() -> pump(server, client), "proxy-down");
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                awaitOpen();
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException | InterruptedException e) {
            // One side has gone.
        } finally {
            close(from);
            close(to);
        }
    }

    private void awaitOpen() throws InterruptedException {
        synchronized (change) {
            while (stalled) {
                change.wait();
            }
        }
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is as good as closed.
        }
    }
}
