package io.callisto.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(ClusterView.servers(List.of("s1", "s2", "s3"), services))
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
        assertThat(ClusterView.servers(List.of(), services).get(0).state()).isEqualTo("DEGRADED");
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
                roles);
    }
}
