package io.callisto.server.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callisto.server.process.ProcessIdentity;
import io.callisto.server.process.ProcessLauncher;
import io.callisto.server.process.ProcessSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** A Kafka broker with mutual TLS, in a process of its own. */
final class SecureBroker implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String NAME = "kafka1";

    private final Path directory;
    private final ProcessSpec spec;
    private final int port;
    private @Nullable ProcessIdentity process;

    /** Starts it with the files of holder {@code kafka1}. */
    SecureBroker(Path directory, TlsFiles files) throws IOException {
        this.directory = directory;
        this.port = freePort();
        String controller = "127.0.0.1:" + freePort();
        this.spec = ProcessSpec.infrastructure(
                NAME,
                KafkaBrokerMain.class.getName(),
                192,
                List.of(
                        "--id=1",
                        "--host=127.0.0.1",
                        "--broker-port=" + port,
                        "--controller-port=" + controller.replaceFirst(".*:", ""),
                        "--bootstrap=" + controller,
                        "--brokers=1",
                        "--data=" + directory.resolve("data"),
                        "--cluster-id=" + Uuid.randomUuid(),
                        "--initial-controllers=1@" + controller + ":" + Uuid.randomUuid(),
                        "--tls-key-store=" + files.keyStore(NAME),
                        "--tls-trust-store=" + files.trustStore(NAME)));
        start();
    }

    void start() {
        ProcessLauncher launcher = new ProcessLauncher(directory);
        Process started = launcher.start(spec);
        process = ProcessIdentity.of(started.toHandle());
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(launcher.state(NAME).read(started.pid()))
                        .as(launcher.logTail(NAME))
                        .contains("RUNNING"));
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    /** Cuts all connections, by the death of the process. */
    void kill() {
        ProcessIdentity running = process;
        if (running != null) {
            running.handle().ifPresent(ProcessHandle::destroyForcibly);
            await().atMost(LIMIT).until(() -> !running.alive());
        }
    }

    @Override
    public void close() {
        kill();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
