package io.callisto.server.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.server.process.ProcessIdentity;
import io.callisto.server.process.ProcessLauncher;
import io.callisto.server.process.ProcessSpec;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Kills live brokers with SIGKILL. Property {@code callisto.broker.rounds}: how often; default 3. */
class BrokerFailoverTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final Logger log = LoggerFactory.getLogger(BrokerFailoverTest.class);
    private static final String HOST = "127.0.0.1";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> SERVERS = List.of("s1", "s2", "s3");
    private static final String ANY = "x";
    private static final int MESSAGES = 10;
    private static final Duration TAKEOVER = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private final Map<String, ProcessIdentity> processes = new LinkedHashMap<>();
    private String brokers = "";
    private String url = "";

    @BeforeEach
    void forgetReports() {
        jdbc.sql("delete from broker_status").update();
    }

    @BeforeEach
    void choosePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (String ignored : SERVERS) {
            sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        List<String> addresses = sockets.stream()
                .map(socket -> HOST + ":" + socket.getLocalPort())
                .toList();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        brokers = IntStream.range(0, SERVERS.size())
                .mapToObj(i -> SERVERS.get(i) + "@" + addresses.get(i))
                .collect(Collectors.joining(","));
        url = addresses.stream().map(address -> "tcp://" + address).collect(Collectors.joining(",", "(", ")"))
                + "?ha=true&reconnectAttempts=0&initialConnectAttempts=1&retryInterval=10&callTimeout=2000";
    }

    @AfterEach
    void stop() {
        processes.values().forEach(process -> process.handle().ifPresent(ProcessHandle::destroyForcibly));
        processes.values().forEach(process -> await().atMost(LIMIT).until(() -> !process.alive()));
    }

    @Test
    @Requirement("MQ-1")
    void a_killed_live_broker_is_replaced_in_less_than_five_seconds_and_says_who_it_is() throws Exception {
        startAll();
        List<Long> gaps = new ArrayList<>();
        int rounds = Integer.getInteger("callisto.broker.rounds", 3);
        for (int round = 0; round < rounds; round++) {
            String killed = awaitLive("");
            gaps.add(gapAround(() -> kill(killed)));
            awaitLive(killed);
            start(killed);
            awaitStatus(killed, "DORMANT");
        }
        log.atInfo().addKeyValue("gapMillis", gaps).log("live broker killed");
        assertThat(gaps).allMatch(gap -> gap < TAKEOVER.toMillis());
        await().atMost(LIMIT).untilAsserted(() -> assertThat(reporting()).isEqualTo(SERVERS.size()));
    }

    @Test
    @Requirement("MQ-1")
    void two_brokers_that_die_at_once_are_replaced_by_the_third_even_if_one_of_them_had_just_come_back()
            throws Exception {
        startAll();
        String first = awaitLive("");
        kill(first);
        String second = awaitLive(first);
        start(first);
        awaitStatus(first, "DORMANT");
        long gap = gapAround(() -> {
            kill(first);
            kill(second);
        });
        assertThat(awaitLive(second)).isNotIn(first, second);
        assertThat(gap).isLessThan(TAKEOVER.toMillis());
    }

    @Test
    @Requirement("MQ-2")
    void what_may_have_come_out_before_the_broker_died_is_marked_and_nothing_else_is() throws Exception {
        startAll();
        for (int i = 0; i < MESSAGES; i++) {
            String text = "m" + i;
            await().atMost(LIMIT).until(() -> sendOne("marked", text));
        }
        assertThat(receive("marked", 2, false)).containsExactly("m0", "m1");
        String killed = awaitLive("");
        kill(killed);
        awaitLive(killed);
        await().atMost(LIMIT).until(() -> sendOne("marked", "new"));

        List<String> again = receive("marked", MESSAGES + 1, true);

        List<String> expected = new ArrayList<>(
                IntStream.range(0, MESSAGES).mapToObj(i -> "m" + i + " again").toList());
        expected.add("new");
        assertThat(again).isEqualTo(expected);
    }

    @Test
    @Requirement("MQ-1")
    void a_broker_that_is_told_to_end_hands_over_and_is_shown_as_stopped() throws Exception {
        startAll();
        String live = awaitLive("");
        ProcessHandle process =
                Objects.requireNonNull(processes.get(live)).handle().orElseThrow();
        assertThat(gapAround(process::destroy)).isLessThan(3_000);
        awaitStatus(live, "STOPPED");
        awaitLive(live);
    }

    private void startAll() throws Exception {
        for (String server : SERVERS) {
            start(server);
        }
        String live = awaitLive("");
        for (String server : SERVERS) {
            if (!server.equals(live)) {
                awaitStatus(server, "DORMANT");
            }
        }
    }

    /** Texts of messages in order; with {@code " again"} where they are marked. They stay in the queue or not. */
    private List<String> receive(String queue, int count, boolean acknowledge) throws JMSException {
        List<String> texts = new ArrayList<>();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
                Connection connection = factory.createConnection();
                Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
                MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            connection.start();
            while (texts.size() < count && consumer.receive(LIMIT.toMillis()) instanceof TextMessage message) {
                texts.add(message.getText() + (message.getJMSRedelivered() ? " again" : ""));
                if (acknowledge) {
                    message.acknowledge();
                }
            }
        }
        return texts;
    }

    /** Milliseconds from the last message that was taken before the fault to the first one after it. */
    private long gapAround(Runnable fault) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> sendOne("q", ANY));
        long last = System.nanoTime();
        fault.run();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> sendOne("q", ANY));
        return (System.nanoTime() - last) / 1_000_000;
    }

    private boolean sendOne(String queue, String text) {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
                Connection connection = factory.createConnection()) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = session.createProducer(session.createQueue(queue));
            TextMessage message = session.createTextMessage(text);
            if (!text.equals(ANY)) {
                message.setStringProperty("_AMQ_DUPL_ID", text); // one that is sent again counts once
            }
            producer.send(message);
            return true;
        } catch (JMSException away) {
            return false;
        }
    }

    private void kill(String name) {
        ProcessIdentity process = Objects.requireNonNull(processes.get(name));
        process.handle().orElseThrow().destroyForcibly();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> !process.alive());
    }

    private void start(String name) {
        ProcessSpec spec = ProcessSpec.infrastructure(
                name + "-broker",
                BrokerMain.class.getName(),
                128,
                List.of(
                        "--name=" + name,
                        "--brokers=" + brokers,
                        "--database-url=" + DB.jdbcUrl(),
                        "--database-user=" + DB.user(),
                        "--database-password=" + DB.password(),
                        "--data=" + directory.resolve(name)));
        processes.put(
                name,
                ProcessIdentity.of(new ProcessLauncher(directory).start(spec).toHandle()));
    }

    private String status(String server) {
        return jdbc.sql("select state from broker_status where server = :server")
                .param("server", server)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private int reporting() {
        return jdbc.sql("select count(*) from broker_status where reported_at > clock_timestamp() - interval '5 s'")
                .query(Integer.class)
                .single();
    }

    /** The broker that says it is live, other than that one. */
    private String awaitLive(String other) {
        await().atMost(LIMIT).until(() -> live(other).isPresent());
        return live(other).orElseThrow();
    }

    /** Reports lag behind for a moment, so that there may be two: then it is not known. */
    private Optional<String> live(String other) {
        List<String> live = jdbc.sql("select server from broker_status where state = 'MASTER' and server <> :other")
                .param("other", other)
                .query(String.class)
                .list();
        return live.size() == 1 ? Optional.of(live.get(0)) : Optional.empty();
    }

    private void awaitStatus(String server, String state) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(status(server))
                        .as(server + ": " + new ProcessLauncher(directory).logTail(server + "-broker"))
                        .isEqualTo(state));
    }
}
