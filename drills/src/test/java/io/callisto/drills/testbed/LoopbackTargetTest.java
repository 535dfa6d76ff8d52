package io.callisto.drills.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callisto.domain.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class LoopbackTargetTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    @Requirement("FS-10")
    void processes_are_killed_frozen_and_started_again_and_nothing_is_left() {
        Path logs;
        try (LoopbackTarget target = new LoopbackTarget()) {
            target.up(new DrillLayout(1, 1, 1, 1, Set.of("rule-engine"), 20, "small"), System.out::println);
            logs = target.logs();
            assertThat(target.servers()).containsExactly("s1");
            assertThat(target.processOf("s1", "rule-engine")).isEqualTo("s1-rule-engine");
            assertThat(target.processOf("s1", "console")).isEqualTo("s1-server");
            assertThat(target.running("s1-rule-engine")).isTrue();
            assertThat(target.restUrls().get("s1")).startsWith("http://127.0.0.1:");

            target.kill("s1-rule-engine");
            await().atMost(LIMIT).until(() -> target.running("s1-rule-engine"));

            target.kill("g1");
            assertThat(target.running("g1")).isFalse();
            target.start("g1");
            assertThat(target.running("g1")).isTrue();

            target.kill("s1");
            assertThat(target.running("s1")).isFalse();
            assertThat(target.running("s1-server")).isTrue();
            target.start("s1-server");
            assertThat(target.running("s1")).isTrue();

            target.terminate("postgres");
            await().atMost(LIMIT).until(() -> !target.running("postgres"));
            target.start("postgres");
            assertThat(target.running("postgres")).isTrue();

            target.freeze("zk1");
            assertThat(target.running("zk1")).isTrue();
            target.thaw("zk1");
            target.freeze("kafka1"); // closing must end it all the same

            assertThatThrownBy(() -> target.kill("kafka7"))
                    .isInstanceOf(TargetFailure.class)
                    .hasMessageContaining("kafka7 does not run")
                    .hasMessageContaining("kafka1");
            assertThatThrownBy(() -> target.cutHost("s1")).hasMessageContaining("loopback");
        }
        assertThat(logs).doesNotExist();
        String home = logs.resolveSibling("").normalize().toString();
        assertThat(ProcessHandle.allProcesses()
                        .filter(ProcessHandle::isAlive)
                        .map(process -> process.info().commandLine().orElse("")))
                .noneMatch(line -> line.contains(home));
    }
}
