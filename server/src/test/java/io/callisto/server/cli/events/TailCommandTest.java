package io.callisto.server.cli.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.event.contract.EventHeaders;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.JobEvent;
import io.callisto.outbox.kafka.TestKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The sample of the event client, over a real broker. */
class TailCommandTest {
    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @BeforeAll
    static void publish() throws Exception {
        for (EventType type : EventType.values()) {
            KAFKA.createTopic(type.topic(0), 1, Map.of());
        }
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", KAFKA.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int seq = 1; seq <= 5; seq++) {
                JobEvent job = new JobEvent(
                        new UUID(1, seq),
                        seq,
                        Instant.parse("2026-11-22T10:15:30Z"),
                        0,
                        seq,
                        5,
                        "Spring offer",
                        "FINITE",
                        null,
                        seq == 4 ? "RUNNING" : "QUEUED",
                        null,
                        1);
                ProducerRecord<String, String> message =
                        new ProducerRecord<>(EventType.JOB.topic(0), job.key(), new EventJson().write(job));
                message.headers()
                        .add(EventHeaders.TYPE, EventHeaders.type(EventType.JOB).getBytes(UTF_8));
                producer.send(message).get(20, TimeUnit.SECONDS);
            }
        }
    }

    private int run(String... arguments) {
        return new CommandLine(new EventsCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    @Requirement("EV-13")
    void it_prints_what_is_asked_for_and_ends() {
        int code = run("tail", "--bootstrap-servers", KAFKA.bootstrapServers(), "--from", "earliest", "--max", "5");
        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString().lines()).hasSize(5).allMatch(line -> line.contains("JOB"));
    }

    @Test
    @Requirement("EV-13")
    void it_takes_its_address_from_a_file_and_filters(@TempDir Path files) throws Exception {
        Path config = Files.writeString(
                files.resolve("client.properties"),
                "bootstrap.servers=" + KAFKA.bootstrapServers() + "\nsecurity.protocol=PLAINTEXT\ngroup.id=other\n");
        int code = run(
                "tail",
                "--config",
                config.toString(),
                "--from",
                "earliest",
                "--type",
                "job,attempt",
                "--filter",
                "newState=RUNNING",
                "--max",
                "1",
                "-o",
                "json");
        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString().strip()).startsWith("{\"eventType\":\"JOB\",").contains("\"jobId\":4");
    }

    @Test
    void what_cannot_work_is_said_in_one_line() {
        assertThat(run("tail", "--bootstrap-servers", KAFKA.bootstrapServers(), "--organisation", "99"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("POM.99.JOB")
                .contains("organisation's id")
                .doesNotContain("\tat ");
        assertThat(run("tail", "--from", "yesterday", "--bootstrap-servers", "x:1"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--from is none of");
        assertThat(run("tail", "--max", "0")).isEqualTo(2);
        assertThat(run("tail", "--type", "CALLS")).isEqualTo(2);
    }

    @Test
    void without_a_cluster_it_says_how_to_make_one() {
        int code = run("tail", "--dir", directory.resolve("none").toString());
        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("callisto up");
    }
}
