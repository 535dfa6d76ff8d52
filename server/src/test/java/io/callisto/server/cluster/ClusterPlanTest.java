package io.callisto.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.server.process.ProcessSpec;
import io.callisto.server.supervisor.SupervisorPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterPlanTest {
    @TempDir
    Path directory;

    @Test
    void every_purpose_has_a_port_of_its_own_and_keeps_it_when_the_cluster_grows() {
        ClusterState small = planned(ClusterOptions.defaults());
        ClusterState large = ClusterPlan.assignPorts(
                small.withOptions(ClusterOptions.defaults().withServers(4).withGateways(3)), directory);
        assertThat(new HashSet<>(large.ports().values())).hasSize(large.ports().size());
        assertThat(large.ports()).containsAllEntriesOf(small.ports());
        assertThat(large.ports()).containsKeys("s4-rest", "s4-cache-data", "g3");
    }

    @Test
    void a_rest_port_in_use_is_passed_over() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(PortBook.free("127.0.0.1", taken.getLocalPort())).isFalse();
            ClusterState state = planned(ClusterOptions.defaults());
            assertThat(state.port("s1-rest")).isGreaterThanOrEqualTo(8080).isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void external_parts_take_the_place_of_embedded_ones() {
        ClusterState state = planned(ClusterOptions.defaults()
                .withExternal(new ExternalParts(
                        "jdbc:postgresql://db:5432/x", "me", "secret", "zk:2181", "kafka:9092", "tcp://broker:61616")));
        ClusterPlan plan = new ClusterPlan(state, new ClusterFiles(directory));
        assertThat(plan.embeddedDatabase()).isFalse();
        assertThat(plan.infrastructure().keySet().stream().map(ProcessSpec::name))
                .containsExactly("g1");
        ServerPlan servers = new ServerPlan(state, new ClusterFiles(directory));
        assertThat(servers.plan("s1").members().stream().map(SupervisorPlan.Member::service))
                .containsExactly("server");
        assertThat(servers.plan("s1").members().get(0).spec().arguments())
                .contains(
                        "--spring.datasource.url=jdbc:postgresql://db:5432/x",
                        "--spring.datasource.username=me",
                        "--callisto.zookeeper.connect-string=zk:2181",
                        "--callisto.kafka.bootstrap-servers=kafka:9092",
                        "--callisto.broker.url=tcp://broker:61616");
    }

    @Test
    void the_processes_layout_has_a_jvm_for_every_service() {
        ClusterState state = planned(ClusterOptions.defaults().withLayout(Layout.PROCESSES));
        assertThat(new ServerPlan(state, new ClusterFiles(directory))
                        .plan("s1").members().stream().map(SupervisorPlan.Member::service))
                .containsExactlyInAnyOrder(
                        "broker",
                        "cache-service",
                        "rule-engine",
                        "event-aggregator",
                        "campaign-director",
                        "campaign-manager",
                        "console");
    }

    @Test
    void impossible_numbers_are_refused() {
        assertThatThrownBy(() -> ClusterOptions.defaults().withServers(5)).hasMessageContaining("1 to 4");
        assertThatThrownBy(() -> ClusterOptions.defaults().withKafka(2)).hasMessageContaining("1 or 3");
        assertThatThrownBy(() -> ClusterOptions.defaults().withTiming("reckless"))
                .hasMessageContaining("fast, safe");
    }

    private ClusterState planned(ClusterOptions options) {
        return ClusterPlan.assignPorts(
                new ClusterState(
                        ClusterState.FORMAT,
                        options,
                        "127.0.0.1",
                        Map.of(),
                        "cluster",
                        Map.of("1", "a", "2", "b", "3", "c"),
                        Map.of()),
                directory);
    }
}
