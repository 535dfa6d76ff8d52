package io.callisto.event.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callisto.domain.Requirement;
import io.callisto.event.client.tls.EventSecurity;
import io.callisto.event.contract.EventHeaders;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventSchema;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.JobEvent;
import io.callisto.outbox.kafka.TestKafka;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The client's promises over a real broker. */
class KafkaEventClientTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka();

    private final EventJson json = new EventJson();

    /** One organisation per test, so that each has its own topics. */
    private static String topic(int organisation, int partitions) {
        String topic = EventType.JOB.topic(organisation);
        KAFKA.createTopic(topic, partitions, Map.of());
        return topic;
    }

    private static KafkaProducer<String, String> producer(String id) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", KAFKA.bootstrapServers(), "acks", "all", "transactional.id", id),
                new StringSerializer(),
                new StringSerializer());
    }

    private static JobEvent job(int organisation, int seq) {
        return new JobEvent(
                new UUID(organisation, seq),
                seq,
                Instant.parse("2026-11-22T10:00:00Z").plusSeconds(seq),
                organisation,
                seq % 10,
                5,
                "Spring offer",
                "FINITE",
                null,
                "QUEUED",
                null,
                1);
    }

    private void send(KafkaProducer<String, String> producer, String topic, JobEvent event) {
        ProducerRecord<String, String> message = new ProducerRecord<>(topic, event.key(), json.write(event));
        message.headers()
                .add(EventHeaders.TYPE, EventHeaders.type(EventType.JOB).getBytes(UTF_8));
        message.headers()
                .add(EventHeaders.DATA_SCHEMA, EventSchema.uri(EventType.JOB).getBytes(UTF_8));
        Future<RecordMetadata> unused = producer.send(message);
    }

    private void publish(KafkaProducer<String, String> producer, String topic, int organisation, int from, int to) {
        producer.beginTransaction();
        IntStream.range(from, to).forEach(seq -> send(producer, topic, job(organisation, seq)));
        producer.commitTransaction();
    }

    private static EventClientBuilder builder(int organisation, List<JobEvent> into) {
        return EventClient.builder()
                .bootstrapServers(KAFKA.bootstrapServers())
                .organisation(organisation)
                .on(JobEvent.class, into::add);
    }

    @Test
    @Requirement("EV-13")
    void committed_events_come_once_and_in_order_over_restarts_and_aborted_ones_never() {
        String topic = topic(11, 1);
        List<JobEvent> got = new CopyOnWriteArrayList<>();
        try (KafkaProducer<String, String> producer = producer("t11")) {
            producer.initTransactions();
            publish(producer, topic, 11, 1, 51);
            producer.beginTransaction();
            IntStream.range(1000, 1010).forEach(seq -> send(producer, topic, job(11, seq)));
            producer.abortTransaction();
            try (EventClient client = builder(11, got)
                    .group("restart")
                    .startAt(StartAt.lastPositionOr(StartAt.earliest()))
                    .start()) {
                await().atMost(LIMIT).until(() -> got.size() == 50);
                publish(producer, topic, 11, 51, 71);
                await().atMost(LIMIT).until(() -> got.size() == 70);
                await().atMost(LIMIT).until(() -> client.status().totalLag() == 0);
                assertThat(client.status().healthy()).isTrue();
            }
            publish(producer, topic, 11, 71, 101);
        }
        try (EventClient client = builder(11, got).group("restart").start()) {
            await().atMost(LIMIT).until(() -> got.size() == 100);
            assertThat(client.status().counts().handled()).isEqualTo(30);
        }
        assertThat(got)
                .extracting(JobEvent::seq)
                .isEqualTo(IntStream.range(1, 101).boxed().toList());
    }

    @Test
    @Requirement("EV-13")
    void members_that_come_and_go_handle_every_event_once() {
        String topic = topic(12, 4);
        List<JobEvent> one = new CopyOnWriteArrayList<>();
        List<JobEvent> two = new CopyOnWriteArrayList<>();
        try (KafkaProducer<String, String> producer = producer("t12");
                EventClient first = member(one, "first")) {
            producer.initTransactions();
            publish(producer, topic, 12, 1, 301);
            try (EventClient second = member(two, "second")) {
                publish(producer, topic, 12, 301, 601);
                await().atMost(LIMIT)
                        .until(() -> first.status().partitions() == 2
                                && second.status().partitions() == 2);
                publish(producer, topic, 12, 601, 901);
                await().atMost(LIMIT).until(() -> one.size() + two.size() >= 900);
                assertThat(two).isNotEmpty();
            }
            await().atMost(LIMIT).until(() -> first.status().partitions() == 4);
            publish(producer, topic, 12, 901, 1001);
            await().atMost(LIMIT).until(() -> one.size() + two.size() >= 1000);
        }
        List<JobEvent> all = new ArrayList<>(one);
        all.addAll(two);
        assertThat(new HashSet<>(all)).hasSize(1000);
        assertThat(all).hasSize(1000);
    }

    private static EventClient member(List<JobEvent> into, String name) {
        return builder(12, into)
                .group("members")
                .name(name)
                .startAt(StartAt.lastPositionOr(StartAt.earliest()))
                .start();
    }

    @Test
    void without_a_group_a_client_starts_where_it_is_told_and_can_go_back() {
        String topic = topic(13, 2);
        List<JobEvent> got = new CopyOnWriteArrayList<>();
        try (KafkaProducer<String, String> producer = producer("t13")) {
            producer.initTransactions();
            publish(producer, topic, 13, 1, 21);
            try (EventClient client = builder(13, got).start()) {
                publish(producer, topic, 13, 21, 31);
                await().atMost(LIMIT).until(() -> got.size() == 10);
                assertThat(got).extracting(JobEvent::seq).allMatch(seq -> seq >= 21);
                got.clear();
                client.seek(StartAt.ago(Duration.ofMinutes(5)));
                await().atMost(LIMIT).until(() -> got.size() == 30);
                client.pause();
                await().atMost(LIMIT).until(() -> client.status().state() == EventClientStatus.State.PAUSED);
                publish(producer, topic, 13, 31, 41);
                await().during(Duration.ofMillis(600)).atMost(LIMIT).until(() -> got.size() == 30);
                client.resume();
                await().atMost(LIMIT).until(() -> got.size() == 40);
            }
        }
    }

    @Test
    void a_topic_that_comes_later_is_read_from_then_on() {
        List<JobEvent> got = new CopyOnWriteArrayList<>();
        try (EventClient client = builder(14, got)
                        .startup(Startup.WAIT)
                        .startAt(StartAt.earliest())
                        .start();
                KafkaProducer<String, String> producer = producer("t14")) {
            await().atMost(LIMIT).until(() -> client.status().problem() != null);
            assertThat(client.status().problem()).contains("POM.14.JOB");
            producer.initTransactions();
            publish(producer, topic(14, 1), 14, 1, 6);
            await().atMost(LIMIT).until(() -> got.size() == 5);
            await().atMost(LIMIT).until(() -> client.status().healthy());
        }
    }

    @Test
    void the_same_with_a_group() {
        List<JobEvent> got = new CopyOnWriteArrayList<>();
        try (EventClient client = builder(16, got)
                        .group("early")
                        .startup(Startup.WAIT)
                        .kafkaProperty("metadata.max.age.ms", "1000")
                        .startAt(StartAt.earliest())
                        .start();
                KafkaProducer<String, String> producer = producer("t16")) {
            await().atMost(LIMIT).until(() -> client.status().problem() != null);
            producer.initTransactions();
            publish(producer, topic(16, 1), 16, 1, 6);
            await().atMost(LIMIT).until(() -> got.size() == 5);
        }
    }

    @Test
    void a_start_that_cannot_work_says_why() throws Exception {
        List<JobEvent> got = new CopyOnWriteArrayList<>();
        assertThatThrownBy(() -> builder(15, got).group("none").start())
                .isInstanceOf(EventClientException.class)
                .hasMessageContaining("the topic POM.15.JOB does not exist")
                .hasMessageContaining("organisation's id");
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThatThrownBy(() -> EventClient.builder()
                        .bootstrapServers("127.0.0.1:" + free)
                        .startupLimit(Duration.ofSeconds(8))
                        .on(JobEvent.class, got::add)
                        .start())
                .isInstanceOf(EventClientException.class)
                .hasMessageContaining("127.0.0.1:" + free + " refuses connections")
                .hasMessageContaining("Does Kafka run");
        assertThatThrownBy(() -> EventClient.builder()
                        .bootstrapServers("no-such-host.invalid:9092")
                        .startupLimit(Duration.ofSeconds(8))
                        .on(JobEvent.class, got::add)
                        .start())
                .isInstanceOf(EventClientException.class)
                .hasMessageContaining("no-such-host.invalid:9092");
    }

    @Test
    @Requirement("EV-9")
    void wrong_security_settings_are_told_apart(@TempDir Path directory) throws Exception {
        Path nothing = Files.writeString(directory.resolve("empty"), "");
        List<JobEvent> got = new CopyOnWriteArrayList<>();
        assertThatThrownBy(() -> builder(1, got)
                        .security(EventSecurity.tls(directory.resolve("missing.crt")))
                        .start())
                .isInstanceOf(EventClientException.class)
                .hasMessageContaining("missing.crt");
        assertThatThrownBy(() -> builder(1, got)
                        .security(EventSecurity.tls(nothing))
                        .startupLimit(Duration.ofSeconds(5))
                        .start())
                .isInstanceOf(EventClientException.class);
        assertThatThrownBy(() -> builder(1, got)
                        .kafkaProperty("security.protocol", "SSL")
                        .startupLimit(Duration.ofSeconds(8))
                        .start())
                .as("TLS to a port without it")
                .isInstanceOf(EventClientException.class);
    }
}
