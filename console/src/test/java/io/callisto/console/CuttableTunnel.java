package io.callisto.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TCP tunnel to the database that can be cut: connections are reset, new ones refused a word. */
final class CuttableTunnel implements AutoCloseable {
    private final URI target;
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private volatile boolean cut;

    CuttableTunnel(String jdbcUrl) throws IOException {
        target = URI.create(jdbcUrl.substring("jdbc:".length()));
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + listener.getLocalPort() + target.getPath() + "?user=callisto";
    }

    void cut() throws IOException {
        cut = true;
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    void mend() {
        cut = false;
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket near = listener.accept();
            if (cut) {
                near.close();
                continue;
            }
            Socket far = new Socket(target.getHost(), target.getPort());
            sockets.add(near);
            sockets.add(far);
            daemon(() -> near.getInputStream().transferTo(far.getOutputStream()));
            daemon(() -> far.getInputStream().transferTo(near.getOutputStream()));
        }
    }

    private interface Job {
        void run() throws IOException;
    }

    private static void daemon(Job job) {
        Thread thread = new Thread(() -> {
            try {
                job.run();
            } catch (IOException closed) {
                // The tunnel was cut or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
