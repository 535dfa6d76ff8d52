package io.callisto.event.client.source;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why nobody answers: Kafka's client only says that time is up. */
final class Doorbell {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:[A-Za-z_]+://)?\\[?(?<host>[^\\]]+)]?:(?<port>\\d{1,5})");

    private Doorbell() {}

    /** What a plain connection to each of the addresses meets, in words. */
    static String ring(String bootstrapServers, Duration limit) {
        List<String> answers = new ArrayList<>();
        boolean open = false;
        for (String address : bootstrapServers.split(",", -1)) {
            String answer = answer(address.strip(), limit);
            open |= answer.equals(OPEN);
            answers.add(address.strip() + " " + answer);
        }
        return String.join("; ", answers)
                + (open
                        ? ". Does the address belong to Kafka, and do the security settings fit its port"
                                + " (TLS on one side only looks like this)?"
                        : ". Does Kafka run, and are address and port right?");
    }

    private static final String OPEN = "accepts connections, but no answer of Kafka came in time";

    private static String answer(String address, Duration limit) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return "is no host:port";
        }
        InetSocketAddress target =
                new InetSocketAddress(parts.group("host"), Integer.parseInt(parts.group("port")) & 0xffff);
        if (target.isUnresolved()) {
            return "has a host name that cannot be resolved";
        }
        try (Socket socket = new Socket()) {
            socket.connect(target, Math.toIntExact(limit.toMillis()));
            return OPEN;
        } catch (ConnectException e) {
            return "refuses connections";
        } catch (SocketTimeoutException e) {
            return "does not answer at all (network or firewall)";
        } catch (IOException e) {
            return "cannot be reached: " + e.getMessage();
        }
    }
}
