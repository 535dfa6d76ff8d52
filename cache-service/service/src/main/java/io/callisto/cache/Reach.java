package io.callisto.cache;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Whether something accepts connections at an address. */
final class Reach {
    private static final int CONNECT_MILLIS = 500;

    private Reach() {}

    /**
     * @param address {@code host:port}
     */
    static boolean accepts(String address) {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            int port = Integer.parseInt(address.substring(colon + 1));
            socket.connect(new InetSocketAddress(address.substring(0, Math.max(colon, 0)), port), CONNECT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException unreachable) {
            return false;
        }
    }
}
