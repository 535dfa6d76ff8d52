package io.callisto.server.kafkaha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.callisto.domain.Requirement;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class HaPlanDecisionTest {
    @Test
    @Requirement("EV-14")
    void members_tolerate_what_the_manual_says() {
        assertThat(Ensemble.tolerates(3)).isEqualTo(1);
        assertThat(Ensemble.tolerates(5)).isEqualTo(2);
        assertThat(Ensemble.tolerates(6)).isEqualTo(2);
    }

    @Test
    @Requirement("EV-14")
    void an_even_number_is_explained_and_refused_unless_it_is_meant() {
        HaAnswers four = TestPlans.answers("a:9094", "b:9094", "c:9094", "d:9094");
        assertThat(HaPlanDecision.problems(four))
                .singleElement()
                .asString()
                .contains("4 is an even number", "Take 3 or 5", "--allow-even", "may be lost");
        HaAnswers meant = new HaAnswers(four.own(), List.of(), true, null, null, 9_093, "/data", null);
        assertThat(HaPlanDecision.problems(meant)).isEmpty();
    }

    @Test
    @Requirement("EV-14")
    void a_replication_factor_above_the_brokers_is_refused() {
        HaAnswers answers = new HaAnswers(
                TestPlans.endpoints("a:1", "b:1", "c:1"), List.of(), false, 5, null, 9_093, "/data", null);
        assertThat(HaPlanDecision.problems(answers))
                .singleElement()
                .asString()
                .contains("needs 5 brokers, there are 3");
    }

    @Test
    @Requirement("EV-7")
    void too_few_brokers_two_external_ones_and_repeats_are_refused_each_with_what_to_do() {
        assertThat(HaPlanDecision.problems(TestPlans.answers("a:1"))).anyMatch(p -> p.contains("begins with 3"));
        HaAnswers external = new HaAnswers(
                TestPlans.endpoints("a:1"), TestPlans.endpoints("b:1", "c:1"), false, null, null, 9_093, "/d", null);
        assertThat(HaPlanDecision.problems(external)).anyMatch(p -> p.contains("at most one broker may be external"));
        assertThat(HaPlanDecision.problems(TestPlans.answers("a:1", "a:1", "B:1")))
                .anyMatch(p -> p.contains("port 1 of a is named twice"));
        assertThat(HaPlanDecision.problems(TestPlans.answers("a:1", "a:2", "b:1")))
                .anyMatch(p -> p.contains("port 9093 of a is named twice"));
        assertThat(HaPlanDecision.problems(TestPlans.answers("localhost:1", "a:1", "b:1")))
                .anyMatch(p -> p.contains("loopback"));
    }

    @Test
    @Requirement("EV-3")
    void writes_that_would_stop_with_the_first_lost_broker_are_refused() {
        HaAnswers answers =
                new HaAnswers(TestPlans.endpoints("a:1", "b:1", "c:1"), List.of(), false, 3, 3, 9_093, "/data", null);
        assertThat(HaPlanDecision.problems(answers)).singleElement().asString().contains("while one broker is away");
    }

    @Test
    @Requirement("EV-7")
    void the_same_answers_make_the_same_plan_and_a_newcomer_gets_an_id_that_nobody_had() {
        HaPlan first = HaPlanDecision.plan(
                Optional.empty(), TestPlans.withExternal("x:9094", "a:9094", "b:9094"), TestPlans.ids());
        assertThat(first.nodes()).extracting(BrokerNode::id).containsExactly(1, 2, 3);
        assertThat(first.external()).get().extracting(BrokerNode::host).isEqualTo("x");
        HaPlan again = HaPlanDecision.plan(
                Optional.of(first), TestPlans.withExternal("x:9094", "a:9094", "b:9094"), TestPlans.ids());
        assertThat(again).isEqualTo(first);
        HaPlan without =
                HaPlanDecision.plan(Optional.of(first), TestPlans.answers("a:9094", "b:9094", "d:9094"), () -> "new");
        assertThat(without.nodes()).extracting(BrokerNode::id).containsExactly(1, 2, 4);
        assertThat(without.node(4)).get().extracting(BrokerNode::founder).isEqualTo(false);
        HaPlan later = HaPlanDecision.plan(
                Optional.of(without), TestPlans.answers("a:9094", "b:9094", "e:9094"), () -> "newer");
        assertThat(later.nodes()).extracting(BrokerNode::id).containsExactly(1, 2, 5);
    }

    @Test
    void addresses_are_read_also_those_of_six_groups() {
        assertThat(Endpoint.parse("[fd00::11]:9094:9093")).isEqualTo(new Endpoint("fd00::11", 9_094, 9_093));
        assertThat(Endpoint.parse(" h-1.example:9094 ")).isEqualTo(new Endpoint("h-1.example", 9_094, null));
        for (String wrong : List.of("h", "h:", ":1", "h:0", "h:99999", "h:1:2:3", "h p:1", "fd00::11:9094", "h:1;rm")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parse(wrong));
        }
    }

    @Test
    @Requirement("EV-3")
    void the_properties_are_what_the_plan_says() throws IOException {
        HaPlan plan = HaPlanDecision.plan(
                Optional.empty(), TestPlans.withExternal("fd00--x:9094", "a:9094", "b:9094:9193"), TestPlans.ids());
        Properties file = load(ServerProperties.of(plan, plan.nodes().get(1)));
        assertThat(file)
                .containsEntry("node.id", "2")
                .containsEntry("process.roles", "broker,controller")
                .containsEntry("controller.quorum.bootstrap.servers", "a:9094,b:9094,fd00--x:9094")
                .containsEntry("advertised.listeners", "PLAINTEXT://b:9193,CONTROLLER://b:9094")
                .containsEntry("default.replication.factor", "3")
                .containsEntry("min.insync.replicas", "2")
                .containsEntry("transaction.state.log.min.isr", "2")
                .containsEntry("unclean.leader.election.enable", "false")
                .doesNotContainKey("ssl.keystore.location");
        assertThat(file.getProperty(ServerProperties.INITIAL_CONTROLLERS))
                .startsWith("1@a:9094:")
                .contains("3@fd00--x");
    }

    @Test
    @Requirement("EV-9")
    void with_certificates_every_listener_speaks_mutual_tls() throws IOException {
        HaAnswers answers = new HaAnswers(
                TestPlans.endpoints("a:1", "b:1"),
                TestPlans.endpoints("x:1"),
                false,
                null,
                null,
                9_093,
                "/data/{id}",
                "/tls/{host}");
        HaPlan plan = HaPlanDecision.plan(Optional.empty(), answers, TestPlans.ids());
        Properties own = load(ServerProperties.of(plan, plan.nodes().get(0)));
        assertThat(own)
                .containsEntry("listeners", "SSL://a:9093,CONTROLLER://a:1")
                .containsEntry("listener.security.protocol.map", "CONTROLLER:SSL,SSL:SSL")
                .containsEntry("ssl.client.auth", "required")
                .containsEntry("ssl.keystore.location", "/tls/a/key.pem")
                .containsEntry("log.dirs", "/data/1")
                .containsKey("ssl.engine.factory.class");
        // A stock Kafka has none of Callisto's classes.
        assertThat(ServerProperties.of(plan, plan.external().orElseThrow())).doesNotContain("=io.callisto.");
    }

    private static Properties load(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return properties;
    }
}
