package io.callisto.drills.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostNetworkTest {
    private static final String RUN =
            "callisto-drill-" + ProcessHandle.current().pid() + "-0-test";

    private @Nullable HostNetwork network;

    @BeforeEach
    void make() {
        Optional<String> obstacle = HostNetwork.obstacle();
        Assumptions.assumeTrue(obstacle.isEmpty(), () -> "no hosts here: " + obstacle.orElse(""));
        network = HostNetwork.create(RUN, List.of("a", "b", "c"));
    }

    @AfterEach
    void remove() {
        if (network != null) {
            network.remove();
            assertThat(Commands.run("ip", "netns", "list")).doesNotContain(RUN);
        }
    }

    @Test
    void what_is_cut_is_cut_and_nothing_else() {
        HostNetwork hosts = hosts();
        awaitHears("a", "b", true);
        assertThat(hears("b", "a")).isTrue();

        hosts.cut("b");
        assertThat(hears("a", "b")).isFalse();
        assertThat(hears("a", "c")).isTrue();
        hosts.heal("b");
        awaitHears("a", "b", true);

        hosts.cutOneWay("a", "b");
        // A connection needs both ways.
        assertThat(hears("a", "b")).isFalse();
        assertThat(hears("b", "a")).isFalse();
        assertThat(hears("c", "b")).isTrue();
        hosts.healAll();
        assertThat(hears("a", "b")).isTrue();

        hosts.split(Set.of("a"), Set.of("b"));
        assertThat(hears("b", "a")).isFalse();
        assertThat(hears("a", "c")).isTrue();
        assertThat(hears("b", "c")).isTrue();
        hosts.split(Set.of("a"), Set.of("c"));
        assertThat(hears("a", "b")).isTrue();
        assertThat(hears("a", "c")).isFalse();
        hosts.healAll();
        assertThat(hears("a", "c")).isTrue();

        assertThatThrownBy(() -> hosts.cut("d"))
                .isInstanceOf(TargetFailure.class)
                .hasMessageContaining("a, b, c");
    }

    @Test
    void one_direction_is_cut_for_what_was_sent_before_it_could_be_answered() {
        HostNetwork hosts = hosts();
        awaitHears("a", "b", true);
        hosts.cutOneWay("a", "b");
        String counted = inNamespace("b", "iptables", "-w", "5", "-L", "INPUT", "-v", "-n", "-x");
        assertThat(hears("a", "b")).isFalse();
        assertThat(inNamespace("b", "iptables", "-w", "5", "-L", "INPUT", "-v", "-n", "-x"))
                .contains(hosts.address("a"))
                .isNotEqualTo(counted);
    }

    private HostNetwork hosts() {
        if (network == null) {
            throw new IllegalStateException("no network");
        }
        return network;
    }

    private void awaitHears(String from, String to, boolean so) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(hears(from, to)).isEqualTo(so));
    }

    /** Nobody listens, so a host that hears refuses at once. */
    private boolean hears(String from, String to) {
        return inNamespace(from, "timeout", "0.7", "bash", "-c", "echo > /dev/tcp/" + hosts().address(to) + "/9")
                .contains("refused");
    }

    private String inNamespace(String host, String... command) {
        List<String> line = new ArrayList<>(hosts().enter(host));
        line.addAll(List.of(command));
        return Commands.attempt(line.toArray(String[]::new)).output();
    }
}
