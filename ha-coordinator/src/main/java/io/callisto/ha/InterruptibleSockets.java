package io.callisto.ha;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets whose blocked reads and writes end, broken, when their thread is interrupted; a plain socket would let the
 * thread of a cut-off owner wait for its time limit. The driver of the database makes one of these by the class's name
 * (its property {@code socketFactory}), so that the interrupt of a duty whose tenure is over also ends its SQL: the
 * connection is lost, the transaction is rolled back by the database, or its commit is of unknown outcome, which a
 * fenced owner must bear anyway.
 */
public final class InterruptibleSockets extends SocketFactory {
    @Override
    public Socket createSocket() throws IOException {
        return SocketChannel.open().socket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    private static Socket connected(SocketAddress remote, @Nullable SocketAddress local) throws IOException {
        SocketChannel channel = SocketChannel.open();
        boolean connected = false;
        try {
            if (local != null) {
                channel.bind(local);
            }
            channel.connect(remote);
            connected = true;
            return channel.socket();
        } finally {
            if (!connected) {
                channel.close();
            }
        }
    }
}
