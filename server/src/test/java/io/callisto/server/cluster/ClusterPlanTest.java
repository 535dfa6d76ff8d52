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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
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
                        "agent-manager",
                        "console");
    }

    @Test
    void every_part_listens_on_its_host_and_is_reached_there() {
        Map<String, Host> hosts = new TreeMap<>();
        for (String part : List.of("postgres", "zk1", "kafka1", "g1", "s1", "s2")) {
            hosts.put(part, new Host(part, "10.9.8." + (hosts.size() + 1), List.of("on", part)));
        }
        ClusterState state = planned(
                ClusterOptions.defaults().withServers(2).withHosts(hosts).withTiming("fast"));
        ClusterPlan plan = new ClusterPlan(state, new ClusterFiles(directory));
        assertThat(plan.databaseUrl()).contains("//" + address(hosts, "postgres") + ":" + state.port("postgres"));
        assertThat(plan.zookeeper()).isEqualTo(address(hosts, "zk1") + ":" + state.port("zk1-client"));
        assertThat(plan.kafka()).isEqualTo(address(hosts, "kafka1") + ":" + state.port("kafka1"));
        assertThat(plan.gateways().get("g1")).startsWith(address(hosts, "g1") + ":");
        plan.infrastructure()
                .keySet()
                .forEach(spec -> assertThat(spec.arguments())
                        .as(spec.name())
                        .anyMatch(argument -> argument.endsWith("host=" + address(hosts, spec.name()))));
        ServerPlan servers = new ServerPlan(state, new ClusterFiles(directory));
        assertThat(servers.restUrl("s2")).startsWith("http://" + address(hosts, "s2") + ":");
        List<String> arguments = servers.plan("s2").members().get(1).spec().arguments();
        assertThat(arguments)
                .contains(
                        "--callisto.bind-host=" + address(hosts, "s2"),
                        "--callisto.advertised-host=" + address(hosts, "s2"),
                        "--server.address=" + address(hosts, "s2"))
                .noneMatch(argument -> argument.contains("127.0.0.1"));
        assertThat(state.hostOf("s2-broker").enter()).containsExactly("on", "s2");
        assertThat(state.hostOf("zk2").here()).isTrue();
    }

    private static String address(Map<String, Host> hosts, String part) {
        return Objects.requireNonNull(hosts.get(part)).address();
    }

    @Test
    void a_service_with_a_process_of_its_own_leaves_the_one_jvm() {
        ClusterState state = planned(ClusterOptions.defaults().withOwnProcesses(Set.of("rule-engine")));
        ServerPlan servers = new ServerPlan(state, new ClusterFiles(directory));
        List<SupervisorPlan.Member> members = servers.plan("s1").members();
        assertThat(members.stream().map(SupervisorPlan.Member::service))
                .containsExactly("broker", "server", "rule-engine");
        assertThat(members.get(1).spec().arguments()).contains("--callisto.own-processes=rule-engine");
        assertThat(members.get(1).obeysWish()).isFalse();
        assertThat(members.get(2).obeysWish()).isTrue();
        assertThat(servers.processOf("s1", "rule-engine")).isEqualTo("s1-rule-engine");
        assertThat(servers.processOf("s1", "console")).isEqualTo("s1-server");
        assertThatThrownBy(() -> ClusterOptions.defaults().withOwnProcesses(Set.of("rule-motor")))
                .hasMessageContaining("no service 'rule-motor'")
                .hasMessageContaining("rule-engine");
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
