package io.callisto.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callisto.domain.Requirement;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker's host accepts connections also while the broker is frozen: nobody answers then. */
class BrokersTest {
    private static final Duration LIMIT = Duration.ofMillis(500);

    @TempDir
    Path directory;

    @Test
    @Requirement("MQ-1")
    void a_broker_that_did_not_answer_is_tried_last() throws Exception {
        try (Frozen frozen = new Frozen();
                TestBroker broker = new TestBroker(directory).start()) {
            Brokers brokers = brokers(frozen.url(), broker.url());

            open(brokers);
            assertThat(frozen.callers()).isEqualTo(1);

            open(brokers);
            assertThat(frozen.callers()).as("the other one was asked first").isEqualTo(1);
        }
    }

    @Test
    void a_broker_that_was_silent_is_found_again_when_it_is_the_only_one() throws Exception {
        try (TestBroker broker = new TestBroker(directory)) {
            Brokers brokers = brokers(broker.url());
            assertThatThrownBy(() -> open(brokers)).isInstanceOf(JMSException.class);

            broker.start();

            open(brokers);
        }
    }

    @Test
    void where_nobody_answers_it_says_so() throws Exception {
        try (Frozen one = new Frozen();
                Frozen other = new Frozen()) {
            Brokers brokers = brokers(one.url(), other.url());

            assertThatThrownBy(() -> open(brokers)).isInstanceOf(JMSException.class);
            await().until(() -> one.callers() == 1 && other.callers() == 1);
        }
    }

    private static void open(Brokers brokers) throws JMSException {
        Connection connection = brokers.connect(broken -> {});
        connection.close();
    }

    private static Brokers brokers(String... urls) {
        String all = "(" + String.join(",", urls) + ")";
        return new Brokers(all, new BrokerProperties(all, LIMIT, LIMIT));
    }

    /** Accepts, and never says a word. */
    private static final class Frozen implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final List<Socket> callers = new CopyOnWriteArrayList<>();

        Frozen() throws IOException {
            Thread thread = new Thread(this::accept, "frozen");
            thread.setDaemon(true);
            thread.start();
        }

        String url() {
            return "tcp://127.0.0.1:" + socket.getLocalPort();
        }

        int callers() {
            return callers.size();
        }

        private void accept() {
            while (!socket.isClosed()) {
                try {
                    callers.add(socket.accept());
                } catch (IOException closed) {
                    return;
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
            for (Socket caller : callers) {
                caller.close();
            }
        }
    }
}
