package io.callisto.server.kafkaha;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.certificates.CertificateAuthority;
import io.callisto.certificates.CertificateWish;
import io.callisto.certificates.Identity;
import io.callisto.certificates.KeyFiles;
import io.callisto.outbox.kafka.KafkaAddress;
import io.callisto.server.process.ProcessIdentity;
import io.callisto.server.process.ProcessLauncher;
import io.callisto.server.process.ProcessSpec;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.kafka.common.Uuid;

/**
 * Brokers 1 and 2 by Callisto's main class from pulled files; broker 3 by the start script of the bundle, with a Kafka
 * home that holds stock Kafka's own entry points. Every process ends with {@link #close}.
 */
final class HaCluster implements BrokerControl, AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Path directory;
    private final Revision revision;
    private final Map<Integer, ProcessIdentity> running = new ConcurrentHashMap<>();

    private HaCluster(Path directory, Revision revision) {
        this.directory = directory;
        this.revision = revision;
    }

    /** Before there is one. */
    static HaCluster none() {
        return new HaCluster(Path.of("."), Revision.of(1, 0, TestPlans.plan("a:1", "b:1", "c:1")));
    }

    static HaCluster start(Path directory) throws Exception {
        List<Integer> ports = freePorts(6);
        HaAnswers answers = new HaAnswers(
                TestPlans.endpoints(endpoint(ports, 0), endpoint(ports, 2)),
                TestPlans.endpoints(endpoint(ports, 4)),
                false,
                null,
                null,
                9_093,
                directory + "/data{id}",
                directory + "/tls{id}");
        RevisionStore store = new DirectoryRevisionStore(directory.resolve("store"));
        HaRevisions revisions = new HaRevisions(store, () -> Uuid.randomUuid().toString());
        Revision revision = revisions.enable(revisions.plan(answers)).revision();
        HaCluster cluster = new HaCluster(directory, revision);
        for (int node : new int[] {1, 2}) {
            new RevisionPull(store, cluster.config(node), "test").pull(node);
        }
        certificates(directory);
        unpack(ExternalBundle.zip(revision, revision.plan().external().orElseThrow()), directory);
        kafkaHome(directory.resolve("kafka"));
        try {
            cluster.start(1);
            cluster.start(2);
            cluster.start(3);
            try (KafkaAdmin admin = new KafkaAdmin(cluster.address())) {
                new ClusterWatch(admin::snapshot, System::nanoTime, System.out::println)
                        .until(
                                "all brokers joined",
                                LIMIT,
                                1,
                                found -> ClusterHealth.problems(found, List.of(1, 2, 3)));
            }
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw new AssertionError(cluster.logs(), e); // the logs go with the directory
        }
    }

    private static String endpoint(List<Integer> ports, int first) {
        return HOST + ":" + ports.get(first) + ":" + ports.get(first + 1);
    }

    HaPlan plan() {
        return revision.plan();
    }

    Revision revision() {
        return revision;
    }

    /** As a service of Callisto's, which may do everything. */
    KafkaAddress address() {
        return new KafkaAddress(
                plan().bootstrapServers(),
                Map.of(
                        "security.protocol", "SSL",
                        "ssl.keystore.type", "PEM",
                        "ssl.keystore.location",
                                directory.resolve("tls/key.pem").toString(),
                        "ssl.truststore.type", "PEM",
                        "ssl.truststore.location",
                                directory.resolve("tls/trusted.pem").toString()));
    }

    private static void certificates(Path directory) {
        CertificateAuthority authority =
                CertificateAuthority.create(directory.resolve("authority"), Clock.systemUTC(), new SecureRandom());
        Map<String, Identity> holders = Map.of(
                "tls1", Identity.server("kafka1"),
                "tls2", Identity.server("kafka2"),
                "tls3", Identity.server("kafka3"),
                "tls", Identity.service("admin"));
        holders.forEach((folder, identity) -> {
            KeyFiles.writePem(
                    directory.resolve(folder).resolve("key.pem"),
                    authority.issue(new CertificateWish(identity, List.of(HOST), CertificateWish.DEFAULT_VALIDITY)));
            KeyFiles.writeTrust(directory.resolve(folder).resolve("trusted.pem"), List.of(authority.certificate()));
        });
    }

    private Path config(int node) {
        return directory.resolve("etc" + node + "/server.properties");
    }

    @Override
    public void stop(int broker) {
        ProcessIdentity process = running.remove(broker);
        if (process != null) {
            assertThat(ProcessLauncher.stop(process, 120))
                    .as("broker %d stops in order", broker)
                    .isTrue();
        }
    }

    @Override
    public void start(int broker) {
        try {
            running.put(broker, broker == 3 ? external() : own(broker));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessIdentity own(int broker) {
        ProcessSpec spec = ProcessSpec.infrastructure(
                "kafka" + broker, KafkaFileMain.class.getName(), 256, List.of("--config=" + config(broker)));
        return ProcessIdentity.of(new ProcessLauncher(directory).start(spec).toHandle());
    }

    private ProcessIdentity external() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", bundle().resolve("start.sh").toString());
        builder.environment().put("KAFKA_HOME", directory.resolve("kafka").toString());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("external.log").toFile()))
                .start();
        return ProcessIdentity.of(process.toHandle());
    }

    private Path bundle() {
        return directory.resolve(
                ExternalBundle.folder(revision, plan().external().orElseThrow()));
    }

    @Override
    public String describe(int broker) {
        return broker == 3 ? "start.sh of the bundle" : "kafka" + broker;
    }

    private String logs() {
        StringBuilder text = new StringBuilder();
        ProcessLauncher launcher = new ProcessLauncher(directory);
        text.append(launcher.logTail("kafka1")).append(launcher.logTail("kafka2"));
        try {
            text.append(Files.readString(directory.resolve("external.log")));
        } catch (IOException e) {
            text.append(e);
        }
        return text.toString();
    }

    @Override
    public void close() {
        running.values().forEach(process -> process.handle().ifPresent(ProcessHandle::destroyForcibly));
        running.values().forEach(process -> ProcessLauncher.stop(process, 10));
    }

    private static void unpack(byte[] zip, Path target) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                WholeFile.write(target.resolve(entry.getName()), in.readAllBytes());
            }
        }
    }

    /** What the scripts of a downloaded Kafka do in the end. */
    private static void kafkaHome(Path home) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("classpath"), "-cp \"" + System.getProperty("java.class.path") + "\"");
        script(home, "kafka-storage.sh", "kafka.tools.StorageTool");
        script(home, "kafka-server-start.sh", "kafka.Kafka");
    }

    private static void script(Path home, String name, String mainClass) throws IOException {
        String java = Optional.ofNullable(System.getProperty("java.home")).orElseThrow() + File.separator + "bin/java";
        Path file = home.resolve("bin").resolve(name);
        Files.writeString(
                file,
                "#!/bin/sh\nexec '" + java + "' -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "
                        + "-Dlogback.configurationFile=logback-infra.xml '@" + home.resolve("classpath") + "' "
                        + mainClass + " \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
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
