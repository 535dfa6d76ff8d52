package io.callisto.server.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callisto.db.TestDatabase;
import io.callisto.server.process.ProcessIdentity;
import io.callisto.server.process.ProcessLauncher;
import io.callisto.server.process.ProcessSpec;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.RaftVoterEndpoint;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class InfrastructureTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String HOST = "127.0.0.1";

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path directory;

    private final List<ProcessIdentity> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(process -> process.handle().ifPresent(ProcessHandle::destroyForcibly));
        started.forEach(process -> ProcessLauncher.stop(process, 10));
    }

    @Test
    void three_zookeeper_members_form_a_quorum_that_outlives_one() throws Exception {
        List<Integer> ports = freePorts(9);
        String members = members(ports);
        List<ProcessIdentity> processes = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            processes.add(start(infrastructure(
                    "zk" + i,
                    ZooKeeperMain.class,
                    64,
                    "--id=" + i,
                    "--data=" + directory.resolve("zk" + i),
                    "--host=" + HOST,
                    "--client-port=" + ports.get(i - 1),
                    "--members=" + members)));
        }
        for (int i = 1; i <= 3; i++) {
            awaitState("zk" + i, "RUNNING");
        }
        processes.get(2).handle().orElseThrow().destroyForcibly();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(ZooKeeperMain.command(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(0)), "srvr"))
                        .contains("Mode: "));
    }

    @Test
    void a_kafka_broker_keeps_records_over_a_kill_and_its_quorum_takes_and_loses_a_controller() throws Exception {
        List<Integer> ports = freePorts(4);
        String cluster = Uuid.randomUuid().toString();
        String controller = HOST + ":" + ports.get(1);
        ProcessSpec first =
                broker(1, ports.get(0), ports.get(1), cluster, controller, "1@" + controller + ":" + Uuid.randomUuid());
        ProcessIdentity process = start(first);
        awaitState("kafka1", "RUNNING");
        Map<String, Object> bootstrap = Map.of("bootstrap.servers", HOST + ":" + ports.get(0));
        try (Admin admin = Admin.create(bootstrap)) {
            admin.createTopics(Set.of(new NewTopic("t", 1, (short) 1))).all().get();
        }
        send(bootstrap);
        process.handle().orElseThrow().destroyForcibly();
        await().atMost(LIMIT).until(() -> !process.alive());
        start(first);
        awaitState("kafka1", "RUNNING");
        assertThat(readOne(bootstrap)).isEqualTo("value");
        quorumGrowsAndShrinks(ports, cluster, controller, bootstrap);
    }

    private void quorumGrowsAndShrinks(
            List<Integer> ports, String cluster, String controller, Map<String, Object> bootstrap) throws Exception {
        start(broker(2, ports.get(2), ports.get(3), cluster, controller, ""));
        awaitState("kafka2", "RUNNING");
        Uuid directoryId = directoryId(directory.resolve("kafka2"));
        try (Admin admin = Admin.create(bootstrap)) {
            assertThat(voters(admin)).containsExactly(1);
            admin.addRaftVoter(2, directoryId, Set.of(new RaftVoterEndpoint("CONTROLLER", HOST, ports.get(3))))
                    .all()
                    .get();
            await().atMost(LIMIT).untilAsserted(() -> assertThat(voters(admin)).containsExactlyInAnyOrder(1, 2));
            admin.removeRaftVoter(2, directoryId).all().get();
            await().atMost(LIMIT).untilAsserted(() -> assertThat(voters(admin)).containsExactly(1));
        }
    }

    @Test
    void a_waiting_broker_takes_over_with_the_messages_when_the_live_one_is_killed() throws Exception {
        List<Integer> ports = freePorts(2);
        String brokers = "s1@" + HOST + ":" + ports.get(0) + ",s2@" + HOST + ":" + ports.get(1);
        ProcessIdentity live = start(artemis("s1", brokers));
        awaitState("s1-broker", "LIVE");
        start(artemis("s2", brokers));
        awaitState("s2-broker", "STANDBY");
        String url = "(tcp://" + HOST + ":" + ports.get(0) + ",tcp://" + HOST + ":" + ports.get(1)
                + ")?ha=true&reconnectAttempts=-1&retryInterval=100&callTimeout=3000&connectionTTL=2000";
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
                Connection connection = factory.createConnection()) {
            connection.start();
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            session.createProducer(session.createQueue("q")).send(session.createTextMessage("kept"));
            live.handle().orElseThrow().destroyForcibly();
            awaitState("s2-broker", "LIVE");
            Message message = session.createConsumer(session.createQueue("q")).receive(20_000);
            assertThat(message).isNotNull();
            assertThat(message.getBody(String.class)).isEqualTo("kept");
        } catch (JMSException e) {
            throw new AssertionError(Files.readString(directory.resolve("logs/s2-broker.log")), e);
        }
    }

    private ProcessSpec artemis(String name, String brokers) {
        return infrastructure(
                name + "-broker",
                BrokerMain.class,
                128,
                "--name=" + name,
                "--brokers=" + brokers,
                "--database-url=" + DB.jdbcUrl(),
                "--database-user=" + DB.user(),
                "--database-password=" + DB.password(),
                "--data=" + directory.resolve(name));
    }

    private ProcessSpec broker(
            int id, int brokerPort, int controllerPort, String cluster, String bootstrap, String initial) {
        return infrastructure(
                "kafka" + id,
                KafkaBrokerMain.class,
                192,
                "--id=" + id,
                "--host=" + HOST,
                "--broker-port=" + brokerPort,
                "--controller-port=" + controllerPort,
                "--bootstrap=" + bootstrap,
                "--brokers=1",
                "--data=" + directory.resolve("kafka" + id),
                "--cluster-id=" + cluster,
                "--initial-controllers=" + initial);
    }

    private static ProcessSpec infrastructure(String name, Class<?> main, int heap, String... arguments) {
        return ProcessSpec.infrastructure(name, main.getName(), heap, List.of(arguments));
    }

    private ProcessIdentity start(ProcessSpec spec) {
        Process process = new ProcessLauncher(directory).start(spec);
        ProcessIdentity identity = ProcessIdentity.of(process.toHandle());
        started.add(identity);
        return identity;
    }

    private void awaitState(String name, String state) {
        ProcessLauncher launcher = new ProcessLauncher(directory);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                started.stream().flatMap(process -> launcher.state(name).read(process.pid()).stream()))
                        .as(name + ": " + launcher.logTail(name))
                        .contains(state));
    }

    private static Set<Integer> voters(Admin admin) throws ExecutionException, InterruptedException {
        QuorumInfo quorum = admin.describeMetadataQuorum().quorumInfo().get();
        return quorum.voters().stream().map(QuorumInfo.ReplicaState::replicaId).collect(Collectors.toSet());
    }

    private static Uuid directoryId(Path data) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(data.resolve("meta.properties"))) {
            properties.load(in);
        }
        return Uuid.fromString(properties.getProperty("directory.id"));
    }

    private static void send(Map<String, Object> bootstrap) throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(bootstrap, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("t", "key", "value")).get();
        }
    }

    private static String readOne(Map<String, Object> bootstrap) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(bootstrap, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition("t", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return consumer.poll(Duration.ofSeconds(20)).iterator().next().value();
        }
    }

    private static String members(List<Integer> ports) {
        List<String> members = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            members.add(i + ":" + HOST + ":" + ports.get(i + 2) + ":" + ports.get(i + 5));
        }
        return String.join(",", members);
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
