package io.callisto.domain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.PhoneNumber;
import io.callisto.domain.agent.AgentCall.Role;
import io.callisto.domain.agent.AgentCommand.Kind;
import io.callisto.domain.agent.AgentEffect.CallAction;
import io.callisto.domain.agent.AgentEffect.PartyAction;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Consultation, transfer, conference: two sessions that tell one another. */
class AgentConsultTest {
    private static final PhoneNumber OUTSIDE = new PhoneNumber("+49891234567");

    private final TestAgent owner = TestAgent.talking("a");
    private final TestAgent other = TestAgent.attached("b");

    private void consult() {
        owner.send(new AgentCommand.ConsultCall(Destination.of(other.id()), owner.callId()));
        TestAgent.pass(owner, other);
        TestAgent.pass(other, owner);
    }

    @Test
    void the_customer_waits_while_two_agents_speak_and_comes_back_when_it_is_cancelled() {
        owner.send(new AgentCommand.ConsultCall(Destination.of(other.id()), owner.callId()));
        assertThat(owner.did(CallAction.HOLD)).isTrue();
        TestAgent.pass(owner, other);
        assertThat(other.effects(AgentEffect.JoinAgent.class))
                .containsExactly(new AgentEffect.JoinAgent(owner.consult(), owner.leg(), other.leg()));
        owner.refused(Kind.COMPLETE_TRANSFER, AgentErrorCode.CONSULT_NOT_ANSWERED);
        TestAgent.pass(other, owner);
        assertThat(owner.state()).isEqualTo(CallState.CONSULT);
        assertThat(other.state()).isEqualTo(CallState.CONSULT);
        other.refused(Kind.CANCEL_CONSULT, AgentErrorCode.NOT_PERMITTED);
        owner.send(Kind.CANCEL_CONSULT);
        assertThat(owner.state()).isEqualTo(CallState.TALKING);
        assertThat(owner.did(CallAction.UNHOLD)).isTrue();
        TestAgent.pass(owner, other);
        assertThat(other.state()).isEqualTo(CallState.IDLE);
    }

    @Test
    void at_most_two_wait_for_a_busy_agent_and_the_oldest_is_served_when_it_is_free() {
        TestAgent busy = TestAgent.talking("b");
        TestAgent second = TestAgent.talking("c");
        TestAgent third = TestAgent.talking("d");
        for (TestAgent asker : new TestAgent[] {owner, second, third}) {
            asker.send(new AgentCommand.ConsultCall(Destination.of(busy.id()), asker.callId()));
            asker.now = busy.now;
            TestAgent.pass(asker, busy);
            TestAgent.pass(busy, asker);
        }
        assertThat(owner.notices(AgentNotice.EnableCancelConsult.class)).hasSize(1);
        assertThat(third.state()).isEqualTo(CallState.TALKING);
        assertThat(third.notices(AgentNotice.ConsultDialFailed.class).get(0).why())
                .isEqualTo(AgentErrorCode.CONSULT_LIMIT);
        // One gives up waiting; the other is served after wrap-up.
        owner.send(Kind.CANCEL_CONSULT);
        TestAgent.pass(owner, busy);
        busy.send(Kind.RELEASE_LINE);
        busy.send(new AgentCommand.WrapupContact(TestAgent.SALE, busy.callId()));
        assertThat(busy.state()).isEqualTo(CallState.CONSULT);
        TestAgent.pass(busy, second);
        assertThat(second.notices(AgentNotice.PendingConsultComplete.class)).hasSize(1);
    }

    @Test
    void who_is_not_ready_is_not_consulted_and_who_becomes_it_lets_nobody_wait() {
        other.ready(false);
        owner.send(new AgentCommand.ConsultCall(Destination.of(other.id()), owner.callId()));
        TestAgent.pass(owner, other);
        TestAgent.pass(other, owner);
        assertThat(owner.state()).isEqualTo(CallState.TALKING);

        TestAgent busy = TestAgent.talking("c");
        owner.send(new AgentCommand.ConsultCall(Destination.of(busy.id()), owner.callId()));
        TestAgent.pass(owner, busy);
        busy.ready(false);
        busy.send(Kind.RELEASE_LINE);
        busy.send(new AgentCommand.WrapupContact(TestAgent.SALE, busy.callId()));
        assertThat(busy.session.presence().state()).isEqualTo(AgentState.NOT_READY);
        TestAgent.pass(busy, owner);
        assertThat(owner.state()).isEqualTo(CallState.TALKING);
    }

    @Test
    void a_consultation_that_nobody_answers_ends_by_itself() {
        owner.send(new AgentCommand.ConsultCall(Destination.of(other.id()), owner.callId()));
        AgentInput request = owner.effects(AgentEffect.Tell.class).get(0).input();
        assertThat(owner.expire()).isEqualTo(Duration.ofSeconds(60));
        assertThat(owner.state()).isEqualTo(CallState.TALKING);
        assertThat(owner.did(CallAction.UNHOLD)).isTrue();
        // The request was late, the withdrawal is behind it.
        other.take(request);
        TestAgent.pass(owner, other);
        assertThat(other.state()).isEqualTo(CallState.IDLE);
    }

    @Test
    void a_transfer_to_an_agent_makes_the_call_its_own() {
        consult();
        CallOffer offer = owner.call().offer();
        LegId leg = owner.consult();
        owner.send(Kind.COMPLETE_TRANSFER);
        assertThat(owner.state()).isEqualTo(CallState.IDLE);
        assertThat(owner.effects(AgentEffect.OnParty.class))
                .containsExactly(new AgentEffect.OnParty(PartyAction.TRANSFER, leg, offer.call()));
        assertThat(owner.effects(AgentEffect.WrapUp.class)).isEmpty();
        TestAgent.pass(owner, other);
        assertThat(other.state()).isEqualTo(CallState.TALKING);
        assertThat(other.call().owner()).isTrue();
        other.send(Kind.RELEASE_LINE);
        other.send(new AgentCommand.WrapupContact(TestAgent.SALE, offer.call()));
        assertThat(other.effects(AgentEffect.WrapUp.class)).hasSize(1);
    }

    @Test
    void a_transfer_to_an_agent_who_has_just_gone_sends_the_customer_back_to_the_queue() {
        consult();
        CallOffer offer = owner.call().offer();
        other.take(new AgentInput.NailLost(other.leg()));
        owner.send(Kind.COMPLETE_TRANSFER);
        TestAgent.pass(owner, other);
        assertThat(other.effects(AgentEffect.ReturnCall.class))
                .containsExactly(new AgentEffect.ReturnCall(offer, true));
        other.take(new AgentInput.ForcedLogout("SUPERVISOR"));
        other.take(new AgentInput.CallHandedOver(new LegId(new UUID(4, 4)), owner.id(), offer, false, other.now));
        assertThat(other.effects(AgentEffect.ReturnCall.class)).hasSize(1);
    }

    @Test
    void a_customer_who_hung_up_while_the_call_was_handed_over_is_told_to_the_new_owner() {
        consult();
        CallOffer offer = owner.call().offer();
        owner.send(Kind.COMPLETE_TRANSFER);
        owner.take(new AgentInput.CustomerHungUp(offer.call()));
        other.take(new AgentInput.CallHandedOver(other.consult(), owner.id(), offer, false, other.now));
        assertThat(other.did(CallAction.CONFIRM)).isTrue();
        other.take(new AgentInput.CustomerHungUp(offer.call()));
        assertThat(other.state()).isEqualTo(CallState.WRAPUP);
    }

    @Test
    void who_is_logged_out_lets_nobody_wait() {
        TestAgent busy = TestAgent.talking("c");
        owner.send(new AgentCommand.ConsultCall(Destination.of(busy.id()), owner.callId()));
        TestAgent.pass(owner, busy);
        busy.take(new AgentInput.ForcedLogout("SUPERVISOR"));
        TestAgent.pass(busy, owner);
        assertThat(owner.state()).isEqualTo(CallState.TALKING);
        assertThat(owner.notices(AgentNotice.ConsultDialFailed.class).get(0).why())
                .isEqualTo(AgentErrorCode.NOT_LOGGED_ON);
    }

    @Test
    void a_transfer_outside_leaves_the_wrap_up_to_the_agent_and_the_customer_on_the_line() {
        owner.send(new AgentCommand.ConsultCall(Destination.of(OUTSIDE), owner.callId()));
        assertThat(owner.effects(AgentEffect.DialParty.class)).hasSize(1);
        owner.take(new AgentInput.ConsultAnswered(owner.consult()));
        owner.send(Kind.COMPLETE_TRANSFER);
        assertThat(owner.state()).isEqualTo(CallState.WRAPUP);
        assertThat(owner.did(CallAction.RELEASE)).isFalse();
    }

    @Test
    void a_conference_has_three_and_ends_with_the_customer() {
        consult();
        owner.send(Kind.START_CONF);
        TestAgent.pass(owner, other);
        assertThat(owner.state()).isEqualTo(CallState.CONFERENCE_OWNER);
        assertThat(other.state()).isEqualTo(CallState.CONFERENCE_PASSIVE);
        // No fourth: neither of the two can consult anybody.
        owner.refused(
                new AgentCommand.ConsultCall(Destination.of(OUTSIDE), owner.callId()), AgentErrorCode.WRONG_STATE);
        other.refused(
                new AgentCommand.ConsultCall(Destination.of(OUTSIDE), other.callId()), AgentErrorCode.WRONG_STATE);
        owner.take(new AgentInput.CustomerHungUp(owner.callId()));
        assertThat(owner.state()).isEqualTo(CallState.WRAPUP);
        TestAgent.pass(owner, other);
        assertThat(other.state()).isEqualTo(CallState.IDLE);
    }

    @Test
    void the_third_leaves_a_conference_by_either_ones_wish() {
        TestAgent first = TestAgent.in(CallState.CONFERENCE_OWNER, Role.OWNER);
        first.send(Kind.END_CONF);
        assertThat(first.state()).isEqualTo(CallState.TALKING);
        assertThat(first.notices(AgentNotice.ConferenceOver.class)).hasSize(1);
        TestAgent passive = TestAgent.in(CallState.CONFERENCE_PASSIVE, Role.PASSIVE);
        passive.send(Kind.RELEASE_LINE);
        assertThat(passive.state()).isEqualTo(CallState.IDLE);
        assertThat(passive.did(CallAction.RELEASE)).isFalse();
        assertThat(passive.effects(AgentEffect.Tell.class).get(0).input()).isInstanceOf(AgentInput.PartyLeft.class);
    }

    @Test
    void ownership_changes_and_with_it_who_wraps_up() {
        consult();
        owner.send(Kind.START_CONF);
        TestAgent.pass(owner, other);
        CallId call = owner.callId();
        owner.send(Kind.CONF_CHANGE_OWNERSHIP);
        assertThat(owner.effects(AgentEffect.ChangeOwner.class))
                .containsExactly(new AgentEffect.ChangeOwner(call, other.id()));
        TestAgent.pass(owner, other);
        assertThat(owner.state()).isEqualTo(CallState.CONFERENCE_PASSIVE);
        assertThat(other.state()).isEqualTo(CallState.CONFERENCE_OWNER);
        owner.send(Kind.RELEASE_LINE);
        TestAgent.pass(owner, other);
        assertThat(other.state()).isEqualTo(CallState.TALKING);
        other.send(Kind.RELEASE_LINE);
        assertThat(other.state()).isEqualTo(CallState.WRAPUP);
        assertThat(owner.state()).isEqualTo(CallState.IDLE);
    }

    @Test
    void ownership_does_not_go_outside_and_nobody_consults_itself() {
        owner.send(new AgentCommand.ConsultCall(Destination.of(OUTSIDE), owner.callId()));
        owner.take(new AgentInput.ConsultAnswered(owner.consult()));
        owner.send(Kind.START_CONF);
        owner.refused(Kind.CONF_CHANGE_OWNERSHIP, AgentErrorCode.NOT_PERMITTED);
        TestAgent alone = TestAgent.talking("a");
        alone.refused(
                new AgentCommand.ConsultCall(Destination.of(alone.id()), alone.callId()), AgentErrorCode.BAD_ARGUMENT);
    }
}
