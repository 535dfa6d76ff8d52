package io.callisto.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ClusterViewTest {
    private static final Instant T0 = Instant.parse("2026-11-22T00:00:00Z");

    @Test
    void a_director_of_a_zone_is_master_since_it_got_the_zone() {
        NodeRow node =
                node("s1", "server", "RUNNING", 10, T0, Map.of("director/1", T0.plusSeconds(9)), "campaign-director");
        ServiceEntry entry =
                ClusterView.services(List.of(node), List.of(), 5000).get(0);
        assertThat(entry.state()).isEqualTo(ServiceState.MASTER);
        assertThat(entry.since()).isEqualTo(T0.plusSeconds(9));
        assertThat(entry.scopes()).containsExactly("director/1");
    }

    @Test
    void owning_a_job_makes_no_master() {
        NodeRow node =
                node("s1", "server", "RUNNING", 10, T0, Map.of("job/1/0", T0), "campaign-manager", "campaign-director");
        assertThat(ClusterView.services(List.of(node), List.of(), 5000))
                .extracting(ServiceEntry::state)
                .containsExactly(ServiceState.DORMANT, ServiceState.RUNNING);
    }

    @Test
    void a_node_that_is_silent_is_unreachable_and_one_that_is_dead_is_stopped() {
        NodeRow silent = node("s1", "server", "RUNNING", 5001, T0, Map.of(), "console");
        NodeRow dead = node("s2", "server", "DEAD", 9000, T0, Map.of(), "console");
        List<ServiceEntry> services = ClusterView.services(List.of(silent, dead), List.of(), 5000);
        assertThat(services)
                .extracting(ServiceEntry::state)
                .containsExactly(ServiceState.UNREACHABLE, ServiceState.STOPPED);
        assertThat(ClusterView.servers(List.of("s1", "s2", "s3"), services, Map.of(), 1000))
                .extracting(ServerEntry::state)
                .containsExactly("UNREACHABLE", "STOPPED", "STOPPED");
    }

    @Test
    void a_stop_is_shown_as_stopping_until_the_service_is_gone_and_then_as_stopped() {
        ServiceWish stop = new ServiceWish("s1", "console", Wish.STOP, T0.plusSeconds(3), "root");
        NodeRow with = node("s1", "server", "RUNNING", 10, T0, Map.of(), "console", "cache-service");
        NodeRow without = node("s1", "server", "RUNNING", 10, T0, Map.of(), "cache-service");
        assertThat(ClusterView.services(List.of(with), List.of(stop), 5000)
                        .get(1)
                        .state())
                .isEqualTo(ServiceState.STOPPING);
        ServiceEntry stopped =
                ClusterView.services(List.of(without), List.of(stop), 5000).get(1);
        assertThat(stopped.state()).isEqualTo(ServiceState.STOPPED);
        assertThat(stopped.since()).isEqualTo(T0.plusSeconds(3));
    }

    @Test
    void the_living_process_hides_what_an_earlier_layout_left_behind() {
        NodeRow before = node("s1", "server", "DEAD", 99_000, T0.plusSeconds(50), Map.of(), "console");
        NodeRow now = node("s1", "console", "RUNNING", 10, T0, Map.of(), "console");
        assertThat(ClusterView.services(List.of(now, before), List.of(), 5000))
                .extracting(ServiceEntry::process)
                .containsExactly("console");
    }

    @Test
    void a_server_whose_service_died_is_degraded() {
        NodeRow one = node("s1", "console", "RUNNING", 10, T0, Map.of(), "console");
        NodeRow two = node("s1", "rule-engine", "DEAD", 10, T0, Map.of(), "rule-engine");
        List<ServiceEntry> services = ClusterView.services(List.of(one, two), List.of(), 5000);
        assertThat(ClusterView.servers(List.of(), services, Map.of(), 1000)
                        .get(0)
                        .state())
                .isEqualTo("DEGRADED");
    }

    @Test
    @Requirement("CM-7")
    void roles_are_told_in_the_words_of_poms_tables() {
        NodeRow first = node(
                "s1",
                "server",
                "RUNNING",
                10,
                T0,
                Map.of("agent-manager/1", T0, "job/7/1", T0, "outbox/0", T0),
                "agent-manager",
                "campaign-manager",
                "event-aggregator",
                "rule-engine");
        NodeRow second = node("s2", "server", "RUNNING", 2501, T0, Map.of(), "agent-manager", "campaign-manager");
        NodeRow third = node("s3", "server", "STARTING", 10, T0, Map.of(), "agent-manager");
        List<ServiceEntry> services = ClusterView.services(List.of(first, second, third), List.of(), 2500);
        assertThat(services)
                .extracting(entry -> entry.server() + " " + entry.service() + " " + entry.role())
                .containsExactly(
                        "s1 agent-manager MASTER",
                        "s1 campaign-manager RUNNING",
                        "s1 event-aggregator RUNNING",
                        "s1 rule-engine DORMANT",
                        "s2 agent-manager UNREACHABLE",
                        "s2 campaign-manager UNREACHABLE",
                        "s3 agent-manager STOPPED");
        assertThat(services)
                .filteredOn(entry -> entry.server().equals("s1"))
                .extracting(ServiceEntry::scopes)
                .containsExactly(List.of("agent-manager/1"), List.of("job/7/1"), List.of("outbox/0"), List.of());
    }

    @Test
    void what_is_stopping_is_what_it_was_until_it_has_handed_over() {
        NodeRow master = node("s1", "server", "DRAINING", 10, T0, Map.of("director", T0), "campaign-director");
        NodeRow dormant = node("s2", "server", "DRAINING", 10, T0, Map.of(), "campaign-director", "campaign-manager");
        assertThat(ClusterView.services(List.of(master, dormant), List.of(), 5000))
                .extracting(ServiceEntry::role)
                .containsExactly(ServiceRole.MASTER, ServiceRole.DORMANT, ServiceRole.RUNNING);
    }

    @Test
    void brokers_are_what_they_say_for_as_long_as_they_say_it() {
        List<ServiceEntry> brokers = ClusterView.brokers(
                List.of(
                        new BrokerRow("s1", "MASTER", T0, 100),
                        new BrokerRow("s2", "DORMANT", T0, 100),
                        new BrokerRow("s3", "DORMANT", T0, 9000),
                        new BrokerRow("s4", "STOPPED", T0, 90_000)),
                5000);
        assertThat(brokers)
                .extracting(ServiceEntry::role)
                .containsExactly(ServiceRole.MASTER, ServiceRole.DORMANT, ServiceRole.UNREACHABLE, ServiceRole.STOPPED);
        assertThat(brokers).extracting(ServiceEntry::service).containsOnly("broker");
    }

    @Test
    @Requirement("DEP-7")
    void a_clock_that_is_off_raises_an_alarm_whichever_way_and_the_worst_process_counts() {
        List<NodeRow> nodes = List.of(
                skewed("s1", "server", "RUNNING", 40L),
                skewed("s1", "console", "RUNNING", -1500L),
                skewed("s2", "server", "RUNNING", 1000L),
                skewed("s3", "server", "DEAD", 3_600_000L));
        Map<String, Long> skews = ClusterView.clockSkews(nodes, 5000);
        assertThat(skews).containsOnly(Map.entry("s1", -1500L), Map.entry("s2", 1000L));
        assertThat(ClusterView.servers(List.of("s1", "s2", "s3"), List.of(), skews, 1000))
                .extracting(ServerEntry::clockSkewAlarm)
                .containsExactly(true, false, false);
    }

    private static NodeRow skewed(String server, String process, String state, long skew) {
        NodeRow node = node(server, process, state, 10, T0, Map.of(), process);
        return new NodeRow(
                node.nodeId(),
                node.server(),
                node.process(),
                node.pid(),
                node.state(),
                node.services(),
                node.endpoints(),
                node.startedAt(),
                node.changedAt(),
                node.heartbeatAgeMillis(),
                skew,
                node.roles());
    }

    private static NodeRow node(
            String server,
            String process,
            String state,
            long silent,
            Instant started,
            Map<String, Instant> roles,
            String... services) {
        return new NodeRow(
                new UUID(0, server.hashCode()),
                server,
                process,
                1,
                state,
                List.of(services),
                Map.of(),
                started,
                null,
                silent,
                null,
                roles);
    }
}
