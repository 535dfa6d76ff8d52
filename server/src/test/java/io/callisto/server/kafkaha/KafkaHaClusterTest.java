package io.callisto.server.kafkaha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.callisto.domain.Requirement;
import io.callisto.event.contract.TopicNaming;
import io.callisto.server.cluster.ClusterFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tools against a real cluster: two brokers from the files that two servers pulled, the third a stock Kafka from
 * the external server's bundle, all of them with mutual TLS.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class KafkaHaClusterTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Set<Integer> ALL = Set.of(1, 2, 3);

    @TempDir
    static Path directory;

    private static HaCluster cluster = HaCluster.none();

    @BeforeAll
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    static void start() throws Exception {
        cluster = HaCluster.start(directory);
        try (KafkaAdmin admin = admin()) {
            List<NewTopic> topics = expectation().topics().stream()
                    .map(name -> new NewTopic(name, 1, (short) 3))
                    .toList();
            admin.await("creating topics", admin.client().createTopics(topics).all());
        }
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static Expectation expectation() {
        return new Expectation(ALL, Set.of(0, 1), Set.of(TopicNaming.POM_4), 3, 2);
    }

    private static KafkaAdmin admin() {
        return new KafkaAdmin(cluster.address());
    }

    private static ClusterWatch watch(KafkaAdmin admin) {
        return new ClusterWatch(admin::snapshot, System::nanoTime, System.out::println);
    }

    @Test
    @Requirement({"EV-3", "EV-7", "EV-8", "EV-9"})
    void generated_files_form_a_cluster_that_passes_also_when_the_leader_of_a_partition_is_stopped() {
        try (KafkaAdmin admin = admin()) {
            watch(admin).until("whole", LIMIT, 1, found -> ClusterHealth.problems(found, ALL));
            ClusterSnapshot found = admin.snapshot();
            assertThat(found.clusterId()).isEqualTo(cluster.plan().clusterId());
            assertThat(ClusterChecks.of(found, expectation())).allMatch(Check::pass);
            List<Check> checks;
            try (ProbeTopic probe = new ProbeTopic(admin, "probe", expectation(), 3)) {
                checks = new FailureTrial(watch(admin), cluster, probe, LIMIT)
                        .run(ALL, expectation().topics());
            }
            assertThat(checks)
                    .as("%s", checks)
                    .hasSize(7)
                    .allMatch(Check::pass)
                    .extracting(Check::name)
                    .contains("leader moves", "writes go on", "nothing acknowledged was lost");
            admin.electPreferredLeaders();
        }
    }

    @Test
    @Requirement("EV-14")
    void a_controller_leaves_the_quorum_and_comes_back_while_the_cluster_lives() {
        try (KafkaAdmin admin = admin()) {
            watch(admin).until("whole", LIMIT, 1, found -> ClusterHealth.problems(found, ALL));
            QuorumChange quorum = new QuorumChange(admin, watch(admin));
            assertThatExceptionOfType(ClusterFailure.class)
                    .isThrownBy(() -> quorum.remove(3, false))
                    .withMessageContaining("--allow-even");
            quorum.remove(3, true);
            assertThat(admin.snapshot().quorum().ids()).containsExactly(1, 2);
            BrokerNode node = cluster.plan().node(3).orElseThrow();
            await().atMost(LIMIT)
                    .until(() -> admin.snapshot().quorum().observers().contains(3));
            quorum.add(3, new Endpoint(node.host(), node.controllerPort(), null));
            assertThat(admin.snapshot().quorum().ids()).containsExactly(1, 2, 3);
        }
    }

    @Test
    @Requirement("EV-11")
    void a_rolling_restart_under_load_loses_nothing_doubles_nothing_and_keeps_the_order() throws Exception {
        try (KafkaAdmin admin = admin()) {
            watch(admin).until("whole", LIMIT, 1, found -> ClusterHealth.problems(found, ALL));
            admin.await(
                    "creating the topic",
                    admin.client()
                            .createTopics(List.of(new NewTopic("load", 2, (short) 3)))
                            .all());
            RestartRecord record = new RestartRecord(directory.resolve("round.json"));
            List<Integer> order;
            try (SteadyLoad load = new SteadyLoad(cluster.address(), "load", 2)) {
                await().atMost(LIMIT).until(() -> load.committed() > 100);
                order = new RollingRestart(watch(admin), cluster, record, LIMIT).run(ALL);
                long after = load.committed();
                await().atMost(LIMIT).until(() -> load.committed() > after + 100);
                load.stop();
                assertThat(order).containsExactlyInAnyOrder(1, 2, 3);
                load.assertEachOnceInOrder();
            }
        }
    }

    @Test
    @Requirement("EV-11")
    void a_backup_comes_back_with_settings_times_keys_and_headers() throws Exception {
        try (KafkaAdmin admin = admin()) {
            watch(admin).until("whole", LIMIT, 1, found -> ClusterHealth.problems(found, ALL));
            NewTopic topic = new NewTopic("kept", 2, (short) 3).configs(Map.of("retention.ms", "987654321"));
            admin.await("creating", admin.client().createTopics(List.of(topic)).all());
            write();
            Path first = directory.resolve("backup-1");
            Path second = directory.resolve("backup-2");
            KafkaBackup backup = new KafkaBackup(admin, Clock.systemUTC(), System.out::println);
            BackupManifest taken = backup.take(first, Pattern.compile("kept"), Optional.of(cluster.revision()));
            assertThat(taken.records()).isEqualTo(21);
            assertThat(first.resolve("configuration/1.server.properties")).exists();
            KafkaRestore restore = new KafkaRestore(admin, System.out::println);
            assertThatExceptionOfType(ClusterFailure.class)
                    .isThrownBy(() -> restore.from(first, null))
                    .withMessageContaining("in use: kept");
            admin.await("deleting", admin.client().deleteTopics(List.of("kept")).all());
            await().atMost(LIMIT).until(() -> admin.snapshot().topic("kept") == null);
            damaged(first, restore);
            restore.from(first, null);
            assertThat(admin.configs(List.of("kept")).get("kept")).containsEntry("retention.ms", "987654321");
            backup.take(second, Pattern.compile("kept"), Optional.empty());
            for (int partition = 0; partition < 2; partition++) {
                String name = "records/kept-" + partition + ".jsonl";
                assertThat(withoutOffsets(second.resolve(name))).isEqualTo(withoutOffsets(first.resolve(name)));
            }
        }
    }

    private static void damaged(Path backup, KafkaRestore restore) throws Exception {
        Path file = backup.resolve("records/kept-1.jsonl");
        byte[] good = Files.readAllBytes(file);
        Files.write(file, new byte[] {'{'});
        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> restore.from(backup, null))
                .withMessageContaining("SHA-256");
        Files.write(file, good);
    }

    private static List<String> withoutOffsets(Path file) throws Exception {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst("\"offset\":\\d+,", ""))
                .toList();
    }

    /** Ten committed, ten aborted, ten committed, and a tombstone without a key of text. */
    private static void write() throws ExecutionException, InterruptedException {
        Map<String, Object> config = cluster.address().client("writer");
        config.put("transactional.id", "writer");
        config.put("acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            for (String fate : List.of("kept", "aborted", "kept")) {
                producer.beginTransaction();
                for (int i = 0; i < 10; i++) {
                    ProducerRecord<String, String> record =
                            new ProducerRecord<>("kept", i % 2, 1_795_000_000_000L + i, "key" + i, fate + " ü" + i);
                    record.headers()
                            .add(new RecordHeader("ce_id", ("id" + i).getBytes(StandardCharsets.UTF_8)))
                            .add(new RecordHeader("binary", new byte[] {(byte) 0xff, 0, (byte) i}));
                    Future<RecordMetadata> unused = producer.send(record);
                }
                if (fate.equals("kept")) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
            producer.beginTransaction();
            Future<RecordMetadata> unused = producer.send(new ProducerRecord<>("kept", 1, null, null));
            producer.commitTransaction();
        }
    }

    @Test
    @Requirement("EV-3")
    void a_topic_that_was_made_with_one_replica_gets_three() {
        try (KafkaAdmin admin = admin()) {
            watch(admin).until("whole", LIMIT, 1, found -> ClusterHealth.problems(found, ALL));
            NewTopic lonely = new NewTopic("lonely", 2, (short) 1);
            admin.await("creating", admin.client().createTopics(List.of(lonely)).all());
            try {
                await().atMost(LIMIT).until(() -> admin.snapshot().topic("lonely") != null);
                ReplicaSpread spread = new ReplicaSpread(admin, watch(admin));
                assertThat(spread.run(3, LIMIT)).isEqualTo(2);
                assertThat(Objects.requireNonNull(admin.snapshot().topic("lonely"))
                                .partitions())
                        .allSatisfy(p -> assertThat(p.isr()).containsExactlyInAnyOrder(1, 2, 3));
                assertThat(spread.run(3, LIMIT)).isZero();
            } finally {
                admin.await(
                        "deleting",
                        admin.client().deleteTopics(List.of("lonely")).all());
            }
        }
    }

    @Test
    void a_write_probe_counts_what_it_wrote() {
        try (KafkaAdmin admin = admin()) {
            watch(admin).until("whole", LIMIT, 1, found -> ClusterHealth.problems(found, ALL));
            try (ProbeTopic probe = new ProbeTopic(admin, "counted", expectation(), 3)) {
                List<Integer> written = new ArrayList<>(List.of(probe.write(), probe.write()));
                assertThat(probe.readable())
                        .isEqualTo(written.stream().mapToInt(n -> n).sum());
            }
        }
    }
}
