package io.callisto.server.kafkaha;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a server can be reached by TCP. A port that refuses is fine before its broker was ever started: the machine
 * answered. Silence is not.
 */
public final class Reachability {
    private final Duration limit;

    /** @param limit for one connection */
    public Reachability(Duration limit) {
        this.limit = limit;
    }

    /**
     * What a look found.
     *
     * @param address looked at
     * @param reachable whether the machine answered
     * @param detail what happened, and what to do
     */
    public record Finding(String address, boolean reachable, String detail) {}

    /** Looks at the controller's and the broker's port of every node. */
    public List<Finding> look(List<BrokerNode> nodes) {
        List<Finding> found = new ArrayList<>();
        for (BrokerNode node : nodes) {
            found.add(look(node.host(), node.controllerPort()));
            found.add(look(node.host(), node.brokerPort()));
        }
        return found;
    }

    Finding look(String host, int port) {
        String address = Endpoint.bracketed(host) + ":" + port;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), Math.toIntExact(limit.toMillis()));
            return new Finding(address, true, "answers");
        } catch (UnknownHostException e) {
            return new Finding(
                    address,
                    false,
                    "nobody knows the name '" + host
                            + "': add it to the DNS or to /etc/hosts of every server, or give the address");
        } catch (SocketTimeoutException e) {
            return new Finding(
                    address,
                    false,
                    "no answer within " + limit.toMillis() + " ms: is the machine up? Open " + "port " + port
                            + " in its firewall for all servers");
        } catch (ConnectException e) {
            return refused(e)
                    ? new Finding(address, true, "the machine answers, nothing listens there yet")
                    : new Finding(address, false, reason(e));
        } catch (IOException e) {
            return new Finding(address, false, reason(e));
        }
    }

    private static boolean refused(ConnectException e) {
        return String.valueOf(e.getMessage()).contains("refused");
    }

    private static String reason(IOException e) {
        return e.getMessage() + ": check the address, the route and the firewall of that machine";
    }
}
