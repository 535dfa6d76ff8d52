package io.callisto.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.domain.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Requirement("MQ-2")
class JmsOrderedSenderTest {
    private static final String QUEUE = "test.results";

    @TempDir
    Path directory;

    private TestBroker broker;
    private OrderedSender sender;

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(directory).start();
        BrokerProperties properties = new BrokerProperties(null, Duration.ofSeconds(1), Duration.ofSeconds(1));
        sender = new OrderedSenders(new Brokers(broker.url(), properties))
                .to(QUEUE, Duration.ofDays(1))
                .orElseThrow();
    }

    @AfterEach
    void stop() throws Exception {
        sender.close();
        broker.close();
    }

    private static List<OutgoingMessage> messages(int from, int to, boolean repeated) {
        return IntStream.range(from, to)
                .mapToObj(i -> new OutgoingMessage(
                        "id-" + i, "g", "body " + i, Map.of("kind", "test"), Map.of("callistoEpoch", 7L), repeated))
                .toList();
    }

    private static List<String> bodies(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "body " + i).toList();
    }

    @Test
    void what_the_broker_took_survives_its_restart_in_order() throws Exception {
        sender.sendTogether(messages(0, 50, false));
        broker.stop();
        assertThatThrownBy(() -> sender.sendTogether(messages(50, 60, false))).isInstanceOf(BrokerUnavailable.class);
        assertThatThrownBy(() -> sender.connect()).isInstanceOf(BrokerUnavailable.class);
        broker.start();
        sender.sendSingly(messages(50, 60, true));
        List<Received> received = Received.all(broker.url(), QUEUE);
        assertThat(received).extracting(Received::body).containsExactlyElementsOf(bodies(0, 60));
        assertThat(received.subList(0, 50)).allMatch(message -> !message.repeated() && message.epoch() == 7);
        assertThat(received.subList(50, 60)).allMatch(Received::repeated);
    }

    @Test
    void repeats_are_dropped_even_after_a_restart() throws Exception {
        sender.sendTogether(messages(0, 10, false));
        broker.stop();
        broker.start();
        sender.sendSingly(messages(5, 15, true));
        assertThat(Received.all(broker.url(), QUEUE))
                .extracting(Received::body)
                .containsExactlyElementsOf(bodies(0, 15));
    }

    @Test
    void one_repeat_among_those_sent_together_makes_the_broker_take_none() throws Exception {
        sender.sendTogether(messages(0, 3, false));
        assertThatThrownBy(() -> sender.sendTogether(messages(2, 5, false))).isInstanceOf(BrokerUnavailable.class);
        sender.sendSingly(messages(2, 5, true));
        assertThat(Received.all(broker.url(), QUEUE))
                .extracting(Received::body)
                .containsExactlyElementsOf(bodies(0, 5));
    }

    @Test
    void without_a_configured_broker_there_is_no_sender() {
        assertThat(new OrderedSenders(null).to(QUEUE, Duration.ofDays(1))).isEmpty();
    }
}
