package io.callisto.server.kafkaha;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.event.contract.TopicNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClusterChecksTest {
    private static final Expectation EXPECTED =
            new Expectation(Set.of(1, 2, 3), Set.of(0, 7), Set.of(TopicNaming.POM_4), 3, 2);

    private static ClusterSnapshot.Topic topic(String name, @Nullable Integer minimum, List<Integer> isr) {
        int leader = isr.isEmpty() ? -1 : isr.get(0);
        return new ClusterSnapshot.Topic(
                name, minimum, List.of(new ClusterSnapshot.Partition(name, 0, leader, List.of(1, 2, 3), isr)));
    }

    private static List<ClusterSnapshot.Topic> topics() {
        List<ClusterSnapshot.Topic> topics = new ArrayList<>();
        EXPECTED.topics().forEach(name -> topics.add(topic(name, 2, List.of(1, 2, 3))));
        return topics;
    }

    private static ClusterSnapshot.Voter voter(int id, long behind) {
        return new ClusterSnapshot.Voter(id, "d" + id, behind);
    }

    private static ClusterSnapshot cluster(
            Map<Integer, String> brokers, List<ClusterSnapshot.Voter> voters, List<ClusterSnapshot.Topic> topics) {
        return new ClusterSnapshot("c", brokers, new ClusterSnapshot.Quorum(1, voters, Set.of()), topics);
    }

    private static final Map<Integer, String> ALL = Map.of(1, "a:1", 2, "b:1", 3, "c:1");
    private static final List<ClusterSnapshot.Voter> VOTERS = List.of(voter(1, 0), voter(2, 100), voter(3, 500));

    private static List<String> failed(ClusterSnapshot cluster) {
        return ClusterChecks.of(cluster, EXPECTED).stream()
                .filter(check -> !check.pass())
                .map(Check::name)
                .toList();
    }

    @Test
    @Requirement("EV-8")
    void a_whole_cluster_with_the_twelve_topics_of_two_organisations_passes() {
        assertThat(EXPECTED.topics()).hasSize(12).contains("POM.Default.JOB", "POM.7.ENRICHEDATTEMPTRESULT");
        assertThat(failed(cluster(ALL, VOTERS, topics()))).isEmpty();
    }

    @Test
    @Requirement("EV-8")
    void each_fault_fails_its_check() {
        assertThat(failed(cluster(Map.of(1, "a:1", 2, "b:1"), VOTERS, topics())))
                .containsExactly("brokers joined");
        assertThat(failed(cluster(ALL, VOTERS.subList(0, 2), topics()))).containsExactly("controller quorum");
        assertThat(failed(cluster(ALL, List.of(voter(1, 0), voter(2, 0), voter(3, 60_000)), topics())))
                .containsExactly("controller quorum");
        assertThat(failed(cluster(ALL, VOTERS, topics().subList(1, 12)))).containsExactly("topics exist");
        assertThat(failed(with(topic("t", 1, List.of(1, 2, 3))))).containsExactly("min in-sync replicas");
        assertThat(failed(with(topic("t", 3, List.of(1, 2, 3))))).containsExactly("min in-sync replicas");
        assertThat(failed(with(topic("t", 2, List.of(1, 2))))).containsExactly("no under-replicated partitions");
        assertThat(failed(with(new ClusterSnapshot.Topic(
                        "t", 1, List.of(new ClusterSnapshot.Partition("t", 0, 1, List.of(1), List.of(1)))))))
                .contains("replication factor");
        assertThat(failed(cluster(ALL, VOTERS, List.of()))).contains("topics exist", "replicas spread");
    }

    private static ClusterSnapshot with(ClusterSnapshot.Topic more) {
        List<ClusterSnapshot.Topic> topics = topics();
        topics.add(more);
        return cluster(ALL, VOTERS, topics);
    }

    @Test
    @Requirement("EV-11")
    void a_broker_is_not_stopped_where_the_others_could_not_carry_it() {
        assertThat(ClusterHealth.problemsWithout(cluster(ALL, VOTERS, topics()), 1))
                .isEmpty();
        assertThat(ClusterHealth.problemsWithout(with(topic("t", 2, List.of(1, 2))), 1))
                .singleElement()
                .asString()
                .contains("t-0");
        assertThat(ClusterHealth.problemsWithout(
                        cluster(ALL, List.of(voter(1, 0), voter(2, 0), voter(3, -1)), topics()), 1))
                .singleElement()
                .asString()
                .contains("a majority is 2");
    }

    @Test
    void replicas_are_added_where_there_are_few_and_none_is_moved() {
        ClusterSnapshot.Partition lonely = new ClusterSnapshot.Partition("t", 0, 2, List.of(2), List.of(2));
        ClusterSnapshot cluster = cluster(ALL, VOTERS, List.of(new ClusterSnapshot.Topic("t", 1, List.of(lonely))));
        assertThat(ReplicaSpread.decide(cluster, 3)).containsExactly(Map.entry(lonely, List.of(2, 1, 3)));
        assertThat(ReplicaSpread.decide(cluster(ALL, VOTERS, topics()), 3)).isEmpty();
    }
}
