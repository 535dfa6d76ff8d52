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
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
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
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Kills the live broker with SIGKILL. Property {@code callisto.broker.rounds}: how often; default 2. */
class BrokerFailoverTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final Logger log = LoggerFactory.getLogger(BrokerFailoverTest.class);
    private static final String HOST = "127.0.0.1";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration TAKEOVER = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private final Map<String, ProcessIdentity> processes = new LinkedHashMap<>();
    private String brokers = "";
    private String url = "";

    @BeforeEach
    void choosePorts() throws IOException {
        try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            brokers = "s1@%s:%d,s2@%s:%d".formatted(HOST, first.getLocalPort(), HOST, second.getLocalPort());
            url = ("(tcp://%s:%d,tcp://%s:%d)?ha=true&reconnectAttempts=0&initialConnectAttempts=1"
                            + "&retryInterval=10&callTimeout=2000")
                    .formatted(HOST, first.getLocalPort(), HOST, second.getLocalPort());
        }
    }

    @AfterEach
    void stop() {
        processes.values().forEach(process -> process.handle().ifPresent(ProcessHandle::destroyForcibly));
        processes.values().forEach(process -> await().atMost(LIMIT).until(() -> !process.alive()));
    }

    @Test
    @Requirement("MQ-1")
    void a_killed_live_broker_is_replaced_in_less_than_five_seconds_and_says_who_it_is() throws Exception {
        start("s1");
        awaitStatus("s1", "MASTER");
        start("s2");
        awaitStatus("s2", "DORMANT");
        List<Long> gaps = new ArrayList<>();
        int rounds = Integer.getInteger("callisto.broker.rounds", 2);
        for (int round = 0; round < rounds; round++) {
            String live = round % 2 == 0 ? "s1" : "s2";
            String next = round % 2 == 0 ? "s2" : "s1";
            gaps.add(gapAround(() -> kill(live)));
            awaitStatus(next, "MASTER");
            start(live);
            awaitStatus(live, "DORMANT");
            assertThat(status(next)).isEqualTo("MASTER");
        }
        gaps.sort(null);
        log.atInfo()
                .addKeyValue("rounds", rounds)
                .addKeyValue("p50Millis", gaps.get(gaps.size() / 2))
                .addKeyValue("maxMillis", gaps.get(gaps.size() - 1))
                .log("live broker killed");
        assertThat(gaps).allMatch(gap -> gap < TAKEOVER.toMillis());
        assertThat(jdbc.sql("select count(*) from broker_status where reported_at > clock_timestamp() - interval '5 s'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    @Requirement("MQ-1")
    void a_broker_that_is_told_to_end_hands_over_and_is_shown_as_stopped() throws Exception {
        start("s1");
        awaitStatus("s1", "MASTER");
        start("s2");
        awaitStatus("s2", "DORMANT");
        ProcessHandle live =
                Objects.requireNonNull(processes.get("s1")).handle().orElseThrow();
        assertThat(gapAround(live::destroy)).isLessThan(3_000);
        awaitStatus("s1", "STOPPED");
        awaitStatus("s2", "MASTER");
    }

    /** Milliseconds from the last message that was taken before the fault to the first one after it. */
    private long gapAround(Runnable fault) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(this::sendOne);
        long last = System.nanoTime();
        fault.run();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(this::sendOne);
        return (System.nanoTime() - last) / 1_000_000;
    }

    private boolean sendOne() {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
                Connection connection = factory.createConnection()) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = session.createProducer(session.createQueue("q"));
            producer.send(session.createTextMessage("x"));
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

    private void awaitStatus(String server, String state) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(status(server))
                        .as(server + ": " + new ProcessLauncher(directory).logTail(server + "-broker"))
                        .isEqualTo(state));
    }
}
