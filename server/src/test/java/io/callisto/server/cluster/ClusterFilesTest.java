package io.callisto.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.server.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFilesTest {
    @TempDir
    Path directory;

    @Test
    void what_is_saved_is_loaded_again() {
        ClusterFiles files = new ClusterFiles(directory.resolve("c 1"));
        files.create();
        ClusterState state = new ClusterState(
                ClusterState.FORMAT,
                ClusterOptions.defaults()
                        .withServers(3)
                        .withLayout(Layout.PROCESSES)
                        .withKafka(3)
                        .withTimeFactor(2.5)
                        .withExternal(new ExternalParts("jdbc:postgresql://db/x", "u", null, "z:1", null, null)),
                "127.0.0.1",
                Map.of("postgres", 20_000, "kafka1-controller", 20_001),
                "cluster",
                Map.of("1", "directory"),
                Map.of("zk1", new ProcessIdentity(17, 1_234_567)));
        files.save(state);
        assertThat(files.load()).contains(state);
    }

    @Test
    void a_file_of_a_later_version_is_refused_with_advice() throws IOException {
        Files.writeString(
                directory.resolve("cluster.json"),
                "{\"format\": 99, \"ports\": {}, \"processes\": {}, " + "\"kafkaDirectories\": {}}");
        assertThatThrownBy(() -> new ClusterFiles(directory).load())
                .isInstanceOf(ClusterFailure.class)
                .hasMessageContaining("format 99");
    }

    @Test
    void a_torn_file_is_reported_with_its_name() throws IOException {
        Files.writeString(directory.resolve("cluster.json"), "{\"format\": 1, ");
        assertThatThrownBy(() -> new ClusterFiles(directory).load())
                .isInstanceOf(ClusterFailure.class)
                .hasMessageContaining("cluster.json");
    }

    @Test
    void a_second_command_on_the_same_directory_is_refused() {
        ClusterFiles files = new ClusterFiles(directory);
        try (ClusterFiles.Lock lock = files.lock()) {
            lock.requireHeld();
            assertThatThrownBy(() -> LocalCluster.at(directory).up(ClusterOptions.defaults()))
                    .isInstanceOf(ClusterFailure.class)
                    .hasMessageContaining("another callisto command (pid "
                            + ProcessHandle.current().pid() + ")");
        }
        try (ClusterFiles.Lock again = files.lock()) {
            again.requireHeld();
        }
    }

    @Test
    void wiping_leaves_a_directory_of_something_else_alone() throws IOException {
        Files.writeString(directory.resolve("diary.txt"), "dear");
        LocalCluster.at(directory).wipe();
        assertThat(directory.resolve("diary.txt")).exists();
    }
}
