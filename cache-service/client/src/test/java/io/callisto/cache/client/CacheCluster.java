package io.callisto.cache.client;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;

/** Ignite nodes of a test on ports of their own, in this JVM or in others; all end with it. */
final class CacheCluster implements AutoCloseable {
    private static final int LARGEST = 3;

    private final Path directory;
    private final List<Integer> discovery = freePorts(LARGEST);
    private final List<Integer> communication = freePorts(LARGEST);
    private final Deque<Runnable> started = new ArrayDeque<>();

    CacheCluster(Path directory) {
        this.directory = directory;
        IgniteNodeAutoConfiguration.quiet();
    }

    /** Starts a server node in this JVM and waits for it. */
    IgniteNodeRunner server(int number) {
        return node(number, CacheRole.SERVER);
    }

    /** Starts a client node in this JVM and waits for it. */
    IgniteNodeRunner client(int number) {
        return node(number, CacheRole.CLIENT);
    }

    private IgniteNodeRunner node(int number, CacheRole role) {
        IgniteNodeRunner node = unstarted(number, role);
        node.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> node.ready().isPresent());
        return node;
    }

    IgniteNodeRunner unstarted(int number, CacheRole role) {
        IgniteNodeRunner node = new IgniteNodeRunner(
                at -> {
                    CacheProperties properties = properties(number, role);
                    return NodeSettings.of(at.map(properties::joining).orElse(properties), identity(number, role));
                },
                System::nanoTime);
        started.push(node::close);
        return node;
    }

    ContactQueueCache queueOn(IgniteNode node) {
        ContactQueueCache cache = new ContactQueueCache(node, Duration.ofSeconds(5), 50_000);
        started.push(cache::close);
        return cache;
    }

    /** Starts a server node in a JVM of its own; it says READY on its standard output. */
    Process forkServer(int number) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        command.addAll(
                List.of("-Djava.net.preferIPv4Stack=true", "-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ForkedServerMain.class.getName()));
        command.addAll(List.of(
                String.join(",", addresses()),
                String.valueOf(discovery.get(number)),
                String.valueOf(communication.get(number)),
                directory.resolve("fork-" + number).toString()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log(number))
                    .start();
            started.push(process::destroyForcibly);
            return process;
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    File log(int number) {
        return directory.resolve("fork-" + number + ".log").toFile();
    }

    CacheProperties properties(int number, CacheRole role) {
        return properties(
                addresses(),
                role,
                discovery.get(number),
                role == CacheRole.CLIENT ? 0 : communication.get(number),
                directory.resolve(role + "-" + number).toString());
    }

    static CacheProperties properties(
            List<String> addresses, CacheRole role, int port, int communicationPort, String directory) {
        return new CacheProperties(
                true,
                role,
                addresses,
                port,
                communicationPort,
                directory,
                Duration.ofMillis(1_500),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                50_000,
                32);
    }

    static NodeIdentity identity(int number, CacheRole role) {
        String name = "test-" + role + "-" + number + "-" + UUID.randomUUID();
        return new NodeIdentity(
                "s" + number,
                name,
                name,
                role,
                "127.0.0.1",
                Path.of(System.getProperty("java.io.tmpdir"), "callisto-test", name));
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            started.pop().run();
        }
    }

    List<String> addresses() {
        return discovery.stream().map(port -> "127.0.0.1:" + port).toList();
    }

    private static List<Integer> freePorts(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }
}
