package io.callisto.server.app;

import io.callisto.server.process.Pause;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits, for as long as it takes, until something answers; says every few seconds what it waits for and where. */
final class InfrastructureWait {
    private static final Logger log = LoggerFactory.getLogger(InfrastructureWait.class);
    private static final long RETRY_MILLIS = 250;
    private static final int REPEAT_MESSAGE = 20;
    private static final int CONNECT_MILLIS = 1_000;

    private InfrastructureWait() {}

    /** Asks once; the reason why not, or empty. */
    @FunctionalInterface
    interface Probe {
        Optional<String> missing();
    }

    static void database(DataSource dataSource, String address) throws InterruptedException {
        await("database", address, () -> {
            try (Connection connection = dataSource.getConnection()) {
                return connection.isValid(2) ? Optional.empty() : Optional.of("connection is not valid");
            } catch (SQLException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        });
    }

    /** One of several addresses is enough: their clients find the others. */
    static void anyOf(String what, String addresses) throws InterruptedException {
        List<InetSocketAddress> all = List.of(addresses.split(",")).stream()
                .map(String::strip)
                .map(address -> address.replaceFirst("/.*$", ""))
                .map(address -> new InetSocketAddress(
                        address.substring(0, address.lastIndexOf(':')),
                        Integer.parseInt(address.substring(address.lastIndexOf(':') + 1))))
                .toList();
        await(
                what,
                addresses,
                () -> all.stream().anyMatch(InfrastructureWait::accepts)
                        ? Optional.empty()
                        : Optional.of("connection refused"));
    }

    private static boolean accepts(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static void await(String what, String address, Probe probe) throws InterruptedException {
        for (int tries = 0; ; tries++) {
            Optional<String> missing = probe.missing();
            if (missing.isEmpty()) {
                if (tries > 0) {
                    log.atInfo().addKeyValue("address", address).log("{} answers", what);
                }
                return;
            }
            if (tries % REPEAT_MESSAGE == 0) {
                log.atWarn()
                        .addKeyValue("address", address)
                        .addKeyValue("reason", missing.get())
                        .log("waiting for the {}", what);
            }
            Pause.millis(RETRY_MILLIS);
        }
    }
}
