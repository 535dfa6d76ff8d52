package io.callisto.server.kafkaha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.callisto.domain.Requirement;
import io.callisto.server.cluster.ClusterFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The decisions of a round, against a cluster made by hand. */
class RollingRestartTest {
    @TempDir
    Path directory;

    private final List<Integer> restarted = new ArrayList<>();
    private final Set<Integer> lazy = new HashSet<>();
    private final Set<Integer> away = new HashSet<>();
    private final List<ClusterSnapshot.Topic> lonely = new ArrayList<>();
    private int leader = 2;

    private ClusterSnapshot cluster() {
        Map<Integer, String> brokers = new TreeMap<>();
        List<ClusterSnapshot.Voter> voters = new ArrayList<>();
        List<Integer> isr = new ArrayList<>();
        for (int id = 1; id <= 3; id++) {
            voters.add(new ClusterSnapshot.Voter(id, "d" + id, away.contains(id) ? 60_000 : 0));
            if (!away.contains(id)) {
                brokers.put(id, "h" + id + ":9093");
                isr.add(id);
            }
        }
        List<ClusterSnapshot.Topic> topics = new ArrayList<>(lonely);
        topics.add(new ClusterSnapshot.Topic(
                "t", 2, List.of(new ClusterSnapshot.Partition("t", 0, isr.get(0), List.of(1, 2, 3), isr))));
        return new ClusterSnapshot("c", brokers, new ClusterSnapshot.Quorum(leader, voters, Set.of()), topics);
    }

    private final BrokerControl control = new BrokerControl() {
        @Override
        public void stop(int broker) {
            assertThat(away).as("others are there").isEmpty();
            away.add(broker);
        }

        @Override
        public void start(int broker) {
            if (!lazy.contains(broker)) {
                away.remove(broker);
            }
            restarted.add(broker);
        }

        @Override
        public String describe(int broker) {
            return "broker " + broker;
        }
    };

    private List<Integer> round(Integer... expected) {
        ClusterWatch watch = new ClusterWatch(this::cluster, System::nanoTime, line -> {});
        RestartRecord record = new RestartRecord(directory.resolve("round.json"));
        return new RollingRestart(watch, control, record, Duration.ofMillis(1_500)).run(List.of(expected));
    }

    @Test
    @Requirement("EV-11")
    void every_broker_once_and_the_leader_of_the_controllers_last() {
        assertThat(round(1, 2, 3)).containsExactly(1, 3, 2);
        assertThat(round(1, 2, 3)).as("a finished round is forgotten").containsExactly(1, 3, 2);
    }

    @Test
    @Requirement("EV-11")
    void it_stops_at_a_broker_that_does_not_come_back_and_goes_on_there() {
        lazy.add(3);
        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> round(1, 2, 3))
                .withMessageContainingAll("stopped at broker 3, no other is touched", "not joined: broker 3");
        assertThat(restarted).containsExactly(1, 3);
        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> round(1, 2, 3))
                .withMessageContaining("nothing was restarted");
        lazy.clear();
        away.clear();
        assertThat(round(1, 2, 3)).containsExactly(3, 2);
    }

    @Test
    void a_cluster_that_is_not_whole_is_not_touched() {
        away.add(1);
        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> round())
                .withMessageContaining("t-0");
        assertThat(restarted).isEmpty();
    }

    @Test
    void a_topic_that_one_broker_alone_has_ends_the_round_before_it_begins() {
        lonely.add(new ClusterSnapshot.Topic(
                "lonely", 1, List.of(new ClusterSnapshot.Partition("lonely", 0, 3, List.of(3), List.of(3)))));
        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> round(1, 2, 3))
                .withMessageContainingAll("nothing was restarted", "lonely-0", "kafka-ha spread");
        assertThat(restarted).isEmpty();
    }

    @Test
    void a_single_broker_is_refused() {
        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> round(1))
                .withMessageContaining("outage");
    }

    @Test
    void a_command_is_run_for_the_broker_it_names_and_its_failure_is_told() {
        CommandBrokers good = commands("test {host}:{port} = h2:9093 && test {id} = 2");
        good.restart(2);
        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> commands("echo no such unit; exit 5").restart(2))
                .withMessageContainingAll("exit code 5", "no such unit");
        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> commands("sleep 60").restart(2))
                .withMessageContaining("no end after");
    }

    private static CommandBrokers commands(String restart) {
        return new CommandBrokers(
                new CommandBrokers.Commands(restart, null, null),
                Map.of(2, "h2:9093"),
                Duration.ofSeconds(5),
                line -> {});
    }
}
