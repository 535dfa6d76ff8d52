package io.callisto.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLauncherTest {
    @TempDir
    Path directory;

    private @Nullable Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void a_process_is_found_again_by_its_name_and_directory_only() {
        ProcessLauncher launcher = new ProcessLauncher(directory.resolve("a b"));
        Process started = launcher.start(sleeper("one"));
        process = started;
        ProcessIdentity identity = ProcessIdentity.of(started.toHandle());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(launcher.state("one").read(started.pid())).contains("RUNNING"));
        assertThat(launcher.find("one")).contains(identity);
        assertThat(launcher.find("two")).isEmpty();
        assertThat(new ProcessLauncher(directory.resolve("c")).find("one")).isEmpty();
        assertThat(identity.residentMegabytes().orElse(1)).isPositive();
        assertThat(ProcessLauncher.stop(identity, 10)).isTrue();
        assertThat(identity.alive()).isFalse();
        assertThat(launcher.find("one")).isEmpty();
    }

    @Test
    void another_process_with_the_same_id_is_not_ours() {
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current());
        assertThat(self.alive()).isTrue();
        assertThat(new ProcessIdentity(self.pid(), self.startedAtMillis() - 60_000).alive())
                .isFalse();
    }

    @Test
    void what_an_earlier_process_said_is_not_believed() {
        StateFile file = new StateFile(directory.resolve("x.state"));
        file.write(17, "RUNNING");
        assertThat(file.read(17)).contains("RUNNING");
        assertThat(file.read(1)).isEmpty();
        assertThat(file.read(18)).isEmpty();
    }

    @Test
    void arguments_are_named_values() {
        Arguments arguments = Arguments.parse("--id=3", "--url=jdbc:x?a=b", "--none=");
        assertThat(arguments.number("id")).isEqualTo(3);
        assertThat(arguments.get("url")).isEqualTo("jdbc:x?a=b");
        assertThat(arguments.find("none")).isEmpty();
    }

    static ProcessSpec sleeper(String name) {
        return new ProcessSpec(
                name, "io.callisto.server.process.SleeperMain", 16, List.of(), List.of("--say=hello \"you\""));
    }
}
