package io.callisto.outbox.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Real Kafka brokers (KRaft, combined), one by default, in the test's JVM, for one test class. Use as
 * {@code @RegisterExtension static final TestKafka KAFKA = new TestKafka();}.
 */
public final class TestKafka implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
    private final int brokers;
    private final List<KafkaRaftServer> servers = new ArrayList<>();
    private final List<Properties> settings = new ArrayList<>();
    private final List<Path> directories = new ArrayList<>();
    private @Nullable String address;

    /** One broker. */
    public TestKafka() {
        this(1);
    }

    /**
     * @param brokers how many, all in this JVM and each a voter as well
     */
    public TestKafka(int brokers) {
        this.brokers = brokers;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        start();
    }

    /** Starts the brokers. */
    public void start() throws Exception {
        List<Integer> ports = freePorts(2 * brokers);
        List<String> voters = new ArrayList<>();
        List<String> listeners = new ArrayList<>();
        for (int i = 0; i < brokers; i++) {
            listeners.add("127.0.0.1:" + ports.get(2 * i));
            voters.add((i + 1) + "@127.0.0.1:" + ports.get(2 * i + 1));
        }
        String cluster = Uuid.randomUuid().toString();
        for (int i = 0; i < brokers; i++) {
            Path data = Files.createTempDirectory("callisto-test-kafka");
            directories.add(data);
            new Formatter()
                    .setClusterId(cluster)
                    .setNodeId(i + 1)
                    .setControllerListenerName("CONTROLLER")
                    .addDirectory(data.toString())
                    .setMetadataLogDirectory(data.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
            Properties node = settings(i + 1, data, listeners.get(i), String.join(",", voters));
            settings.add(node);
            servers.add(new KafkaRaftServer(new KafkaConfig(node), Time.SYSTEM));
        }
        // A controller waits for a quorum of them.
        List<Thread> starting = new ArrayList<>();
        for (KafkaRaftServer server : servers) {
            Thread thread = new Thread(server::startup, "start-kafka");
            starting.add(thread);
            thread.start();
        }
        for (Thread thread : starting) {
            thread.join();
        }
        address = String.join(",", listeners);
    }

    /** Stops a broker; those who are left go on as far as they can. */
    public void stop(int number) {
        servers.get(number).shutdown();
        servers.get(number).awaitShutdown();
    }

    /** Starts a broker that was stopped, with all that it had. */
    public void restart(int number) {
        KafkaRaftServer again = new KafkaRaftServer(new KafkaConfig(settings.get(number)), Time.SYSTEM);
        servers.set(number, again);
        again.startup();
    }

    private Properties settings(int node, Path data, String broker, String voters) {
        String replicas = Integer.toString(Math.min(3, brokers));
        String inSync = brokers >= 3 ? "2" : "1";
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", Integer.toString(node));
        p.put("controller.quorum.voters", voters);
        String controller = voters.split(",", -1)[node - 1].split("@", -1)[1];
        p.put("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller);
        p.put("inter.broker.listener.name", "PLAINTEXT");
        p.put("controller.listener.names", "CONTROLLER");
        p.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        p.put("log.dirs", data.toString());
        p.put("auto.create.topics.enable", "false");
        p.put("offsets.topic.replication.factor", replicas);
        p.put("offsets.topic.num.partitions", "1");
        p.put("transaction.state.log.replication.factor", replicas);
        p.put("transaction.state.log.min.isr", inSync);
        p.put("transaction.state.log.num.partitions", "3");
        p.put("min.insync.replicas", inSync);
        // The last ones would wait for minutes for a controller that is gone.
        p.put("controlled.shutdown.enable", Boolean.toString(brokers == 1));
        p.put("log.cleaner.dedupe.buffer.size", "4194304");
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "2");
        return p;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        servers.forEach(KafkaRaftServer::shutdown);
        servers.forEach(KafkaRaftServer::awaitShutdown);
        servers.clear();
        settings.clear();
        for (Path directory : directories) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(TestKafka::delete);
            }
        }
        directories.clear();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code host:port}. */
    public String bootstrapServers() {
        return Objects.requireNonNull(address, "@RegisterExtension static final TestKafka is missing");
    }

    /** The address with no security. */
    public KafkaAddress address() {
        return new KafkaAddress(bootstrapServers());
    }

    /** An admin client; the caller closes it. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    /** Creates a topic with one replica, or three where there are so many brokers. */
    public void createTopic(String name, int partitions, Map<String, String> config) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) Math.min(3, brokers)).configs(config)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Creates the position topic for so many shards. */
    public void createPositionTopic(int shards) {
        createTopic(PositionTopic.NAME, shards, Map.of("cleanup.policy", "compact"));
    }

    /**
     * All that a stranger's plain String consumer (read_committed, no group) finds in a topic now.
     *
     * @param isolation read_committed or read_uncommitted
     */
    public List<ConsumerRecord<String, String>> read(String topic, String isolation) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrapServers());
        config.put("key.deserializer", StringDeserializer.class.getName());
        config.put("value.deserializer", StringDeserializer.class.getName());
        config.put("isolation.level", isolation);
        config.put("auto.offset.reset", "earliest");
        config.put("enable.auto.commit", "false");
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(config)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }
}
