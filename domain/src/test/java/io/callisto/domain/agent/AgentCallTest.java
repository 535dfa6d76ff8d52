package io.callisto.domain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.PhoneNumber;
import io.callisto.domain.Requirement;
import io.callisto.domain.agent.AgentCall.Role;
import io.callisto.domain.agent.AgentCommand.Kind;
import io.callisto.domain.agent.AgentEffect.CallAction;
import io.callisto.domain.agent.AgentSession.Media;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nailing and calls. */
class AgentCallTest {

    @Test
    void nailing_asks_the_desktop_rings_the_phone_and_stands() {
        TestAgent agent = TestAgent.loggedOn("a");
        agent.ready(true);
        agent.send(new AgentCommand.AvailableForNailup());
        assertThat(agent.notices(AgentNotice.NailupChanged.class))
                .containsExactly(new AgentNotice.NailupChanged(NailState.NAILING, true));
        assertThat(agent.effects(AgentEffect.NailUp.class)).isEmpty();
        agent.send(new AgentCommand.ReadyForNailup());
        LegId leg = agent.leg();
        assertThat(agent.effects(AgentEffect.NailUp.class))
                .containsExactly(new AgentEffect.NailUp(leg, "4711", Duration.ofSeconds(30)));
        agent.refused(new AgentCommand.ReadyForNailup(), AgentErrorCode.WRONG_STATE);
        agent.take(new AgentInput.NailAnswered(leg));
        assertThat(agent.session.onLine()).isTrue();
        assertThat(agent.session.nextDeadline()).isNull();
    }

    @Test
    void a_phone_that_nobody_answers_is_given_up_and_hung_up_even_if_it_answers_late() {
        TestAgent agent = TestAgent.loggedOn("a");
        agent.send(new AgentCommand.NailupAgent());
        LegId leg = agent.leg();
        assertThat(agent.expire()).isEqualTo(Duration.ofSeconds(30));
        assertThat(agent.session.nailing().state()).isEqualTo(NailState.NOT_NAILED);
        assertThat(agent.effects(AgentEffect.DropNailing.class)).containsExactly(new AgentEffect.DropNailing(leg));
        agent.take(new AgentInput.NailAnswered(leg));
        assertThat(agent.session.nailing().state()).isEqualTo(NailState.NOT_NAILED);
        assertThat(agent.effects).containsExactly(new AgentEffect.DropNailing(leg));
    }

    @Test
    @Requirement({"FS-4", "FS-5"})
    void a_lost_nailing_sends_the_call_to_wrap_up_and_is_put_up_again_by_itself() {
        TestAgent agent = TestAgent.talking("a");
        LegId old = agent.leg();
        agent.take(new AgentInput.NailLost(old));
        assertThat(agent.session.status())
                .isEqualTo(new AgentStatus(AgentState.READY, CallState.WRAPUP, NailState.LOST));
        // Nothing is left at the gateway for the agent to drop by hand.
        assertThat(agent.effects(AgentEffect.DropNailing.class)).containsExactly(new AgentEffect.DropNailing(old));
        assertThat(agent.did(CallAction.RELEASE)).isTrue();
        assertThat(agent.expire()).isEqualTo(Duration.ofSeconds(2));
        assertThat(agent.session.nailing().state()).isEqualTo(NailState.NAILING);
        assertThat(agent.leg()).isNotEqualTo(old);
        agent.take(new AgentInput.NailAnswered(agent.leg()));
        agent.send(new AgentCommand.WrapupContact(TestAgent.SALE, agent.callId()));
        assertThat(agent.session.assignable(true)).isTrue();
    }

    @Test
    @Requirement("FS-5")
    void after_so_many_tries_the_agent_is_detached_and_others_do_its_jobs() {
        TestAgent agent = TestAgent.attached("a");
        agent.take(new AgentInput.NailLost(agent.leg()));
        for (int n = 0; n < TestAgent.SETTINGS.nail().tries(); n++) {
            agent.expire();
            agent.take(new AgentInput.NailFailed(agent.leg()));
        }
        assertThat(agent.session.nailing().state()).isEqualTo(NailState.NOT_NAILED);
        assertThat(agent.session.tie().state()).isEqualTo(AgentJobState.NOT_ATTACHED);
        assertThat(agent.effects(AgentEffect.AssignAgain.class))
                .containsExactly(new AgentEffect.AssignAgain(List.of(TestAgent.JOB), TestAgent.JOB));
        assertThat(agent.session.nextDeadline()).isNull();
    }

    @Test
    @Requirement({"FS-1", "FS-2"})
    void commands_fail_with_poms_codes_while_the_gateway_is_away_and_work_again_by_themselves() {
        TestAgent agent = TestAgent.talking("a");
        agent.take(new AgentInput.MediaChanged(Media.CONTROL_GONE));
        agent.refused(Kind.HOLD_CALL, AgentErrorCode.MEDIA_CONTROL_GONE);
        agent.take(new AgentInput.MediaChanged(Media.UNREACHABLE));
        agent.refused(Kind.RELEASE_LINE, AgentErrorCode.MEDIA_NOT_REACHABLE);
        assertThat(agent.session.nextDeadline())
                .isEqualTo(agent.now.plus(TestAgent.SETTINGS.nail().patience()));
        agent.take(new AgentInput.MediaChanged(Media.OK));
        agent.send(Kind.HOLD_CALL);
    }

    @Test
    @Requirement("FS-2")
    void a_gateway_that_stays_away_costs_the_call_not_the_session_and_dispositions_are_taken_meanwhile() {
        TestAgent agent = TestAgent.talking("a");
        agent.take(new AgentInput.MediaChanged(Media.UNREACHABLE));
        agent.expire();
        assertThat(agent.session.status())
                .isEqualTo(new AgentStatus(AgentState.READY, CallState.WRAPUP, NailState.LOST));
        agent.send(new AgentCommand.WrapupContact(TestAgent.SALE, agent.callId()));
        assertThat(agent.session.loggedOn()).isTrue();
    }

    @Test
    void an_assigned_call_is_bridged_talked_released_and_wrapped_up() {
        TestAgent agent = TestAgent.attached("a");
        CallOffer offer = TestAgent.offer(CallOffer.Kind.OUTBOUND, 1);
        agent.take(new AgentInput.CallAssigned(offer));
        assertThat(agent.state()).isEqualTo(CallState.PENDING_CALL);
        assertThat(agent.effects(AgentEffect.Bridge.class))
                .containsExactly(new AgentEffect.Bridge(offer.call(), agent.leg()));
        // Told twice it is the same call; another one finds the agent taken.
        agent.take(new AgentInput.CallAssigned(offer));
        assertThat(agent.effects).isEmpty();
        agent.refused(
                new AgentInput.CallAssigned(TestAgent.offer(CallOffer.Kind.OUTBOUND, 2)),
                AgentErrorCode.NOT_ASSIGNABLE);
        agent.take(new AgentInput.Bridged(offer.call()));
        assertThat(agent.notices(AgentNotice.CallNotified.class)).containsExactly(new AgentNotice.CallNotified(offer));
        agent.send(Kind.HOLD_CALL);
        agent.send(Kind.UNHOLD_CALL);
        assertThat(agent.did(CallAction.UNHOLD)).isTrue();
        agent.send(new AgentCommand.SendDtmf("12#", offer.call()));
        agent.send(Kind.RELEASE_LINE);
        assertThat(agent.did(CallAction.RELEASE)).isTrue();
        assertThat(agent.notices(AgentNotice.AutoReleased.class)).isEmpty();
        agent.refused(
                new AgentCommand.WrapupContact(new Disposition("Unheard of"), offer.call()),
                AgentErrorCode.UNKNOWN_COMPLETION_CODE);
        agent.send(new AgentCommand.WrapupContact(TestAgent.SALE, offer.call()));
        assertThat(agent.effects(AgentEffect.WrapUp.class))
                .containsExactly(new AgentEffect.WrapUp(offer.attempt(), offer.call(), TestAgent.SALE));
        assertThat(agent.session.view()).isEqualTo(AgentView.READY);
    }

    @Test
    @Requirement("AM-5")
    void a_call_that_could_not_be_bridged_goes_back_to_the_queue_while_the_customer_waits() {
        TestAgent late = TestAgent.in(CallState.PENDING_CALL, Role.OWNER);
        CallOffer offer = late.call().offer();
        assertThat(late.expire()).isEqualTo(Duration.ofSeconds(5));
        assertThat(late.effects(AgentEffect.ReturnCall.class)).containsExactly(new AgentEffect.ReturnCall(offer, true));
        assertThat(late.did(CallAction.UNBRIDGE)).isTrue();
        TestAgent gone = TestAgent.in(CallState.PENDING_CALL, Role.OWNER);
        gone.take(new AgentInput.CustomerHungUp(gone.callId()));
        assertThat(gone.effects(AgentEffect.ReturnCall.class))
                .containsExactly(new AgentEffect.ReturnCall(offer, false));
    }

    @Test
    void only_a_ready_nailed_agent_of_the_job_is_given_its_calls() {
        AgentInput call = new AgentInput.CallAssigned(TestAgent.offer(CallOffer.Kind.OUTBOUND, 1));
        TestAgent.nailed("a").refused(call, AgentErrorCode.NOT_ASSIGNABLE);
        TestAgent other = TestAgent.nailed("a");
        other.take(new AgentInput.JobAttach(TestAgent.OTHER_JOB, false, true));
        other.refused(call, AgentErrorCode.UNKNOWN_JOB);
        TestAgent away = TestAgent.attached("a");
        away.ready(false);
        away.refused(call, AgentErrorCode.NOT_ASSIGNABLE);
        TestAgent.attached("a")
                .refused(
                        new AgentInput.CallAssigned(TestAgent.offer(CallOffer.Kind.PREVIEW, 1)),
                        AgentErrorCode.BAD_ARGUMENT);
    }

    @Test
    void wrap_up_can_be_extended_so_often_and_ends_with_the_default_code() {
        TestAgent agent = TestAgent.in(CallState.WRAPUP, Role.OWNER);
        agent.send(Kind.EXTEND_WRAPUP);
        agent.send(Kind.EXTEND_WRAPUP);
        agent.refused(Kind.EXTEND_WRAPUP, AgentErrorCode.EXTENSION_LIMIT);
        assertThat(agent.expire()).isEqualTo(Duration.ofSeconds(40 + 20 + 20));
        assertThat(agent.effects(AgentEffect.WrapUp.class))
                .singleElement()
                .satisfies(end -> assertThat(end.code()).isEqualTo(TestAgent.DEFAULT));
        assertThat(agent.state()).isEqualTo(CallState.IDLE);
    }

    @Test
    void a_customer_who_hangs_up_is_told_with_the_time_for_wrap_up() {
        TestAgent agent = TestAgent.talking("a");
        CallId call = agent.callId();
        agent.take(new AgentInput.CustomerHungUp(call));
        assertThat(agent.notices(AgentNotice.AutoReleased.class))
                .containsExactly(new AgentNotice.AutoReleased(call, false, agent.now.plusSeconds(40)));
        assertThat(agent.did(CallAction.RELEASE)).isFalse();
        AgentSession after = agent.session;
        agent.take(new AgentInput.CustomerHungUp(call));
        assertThat(agent.session).isEqualTo(after);
    }

    @Test
    void nobody_talks_for_ever() {
        TestAgent agent = TestAgent.talking("a");
        assertThat(agent.expire()).isEqualTo(Duration.ofMinutes(60));
        assertThat(agent.state()).isEqualTo(CallState.WRAPUP);
        assertThat(agent.did(CallAction.RELEASE)).isTrue();
    }

    @Test
    void a_preview_is_dialed_or_cancelled_by_the_agent() {
        TestAgent dials = TestAgent.in(CallState.PREVIEW, Role.OWNER);
        CallOffer offer = dials.call().offer();
        dials.send(new AgentCommand.PreviewDial(null, offer.call()));
        assertThat(dials.effects(AgentEffect.Dial.class))
                .containsExactly(new AgentEffect.Dial(
                        offer.call(), offer.attempt(), TestAgent.CUSTOMER, Duration.ofSeconds(45)));
        dials.take(new AgentInput.DialAnswered(offer.call()));
        assertThat(dials.state()).isEqualTo(CallState.TALKING);
        assertThat(dials.effects(AgentEffect.Bridge.class)).hasSize(1);

        TestAgent cancels = TestAgent.in(CallState.PREVIEW, Role.OWNER);
        cancels.send(Kind.PREVIEW_CANCEL);
        assertThat(cancels.state()).isEqualTo(CallState.WRAPUP);

        TestAgent must = TestAgent.attached("a");
        must.take(new AgentInput.PreviewAssigned(
                TestAgent.offer(CallOffer.Kind.PREVIEW, 1, TestAgent.terms(false, false))));
        must.refused(Kind.PREVIEW_CANCEL, AgentErrorCode.NOT_PERMITTED);
    }

    @Test
    void a_timed_preview_dials_by_itself_and_another_one_that_lies_is_given_back() {
        TestAgent timed = TestAgent.attached("a");
        timed.take(new AgentInput.PreviewAssigned(
                TestAgent.offer(CallOffer.Kind.PREVIEW, 1, TestAgent.terms(true, true))));
        assertThat(timed.expire()).isEqualTo(Duration.ofSeconds(30));
        assertThat(timed.state()).isEqualTo(CallState.DIALING);

        TestAgent lies = TestAgent.in(CallState.PREVIEW, Role.OWNER);
        CallOffer offer = lies.call().offer();
        lies.expire();
        assertThat(lies.effects(AgentEffect.ReturnCall.class))
                .containsExactly(new AgentEffect.ReturnCall(offer, false));
        assertThat(lies.session.presence().state()).isEqualTo(AgentState.NOT_READY);
        assertThat(lies.session.presence().reasonCode()).isEqualTo("PREVIEW_EXPIRED");
    }

    @Test
    void a_call_dialed_by_hand_needs_neither_line_nor_gateway() {
        TestAgent agent = TestAgent.loggedOn("a");
        agent.ready(true);
        agent.take(new AgentInput.JobAttach(TestAgent.JOB, true, false));
        CallOffer offer = TestAgent.offer(CallOffer.Kind.MANUAL, 1);
        agent.take(new AgentInput.PreviewAssigned(offer));
        agent.send(new AgentCommand.PreviewDial(null, offer.call()));
        assertThat(agent.effects(AgentEffect.Dial.class)).isEmpty();
        agent.send(Kind.MANUAL_CALL_CONNECT);
        assertThat(agent.state()).isEqualTo(CallState.TALKING);
        agent.refused(Kind.HOLD_CALL, AgentErrorCode.NOT_PERMITTED);
        agent.send(Kind.RELEASE_LINE);
        assertThat(agent.effects(AgentEffect.OnCall.class)).isEmpty();
    }

    @Test
    void a_failed_dial_leads_to_wrap_up_and_can_be_dialed_again_so_often() {
        TestAgent agent = TestAgent.in(CallState.DIALING, Role.OWNER);
        for (int n = 0; n < TestAgent.SETTINGS.call().maxRedials(); n++) {
            CallId before = agent.callId();
            agent.take(new AgentInput.DialFailed(before, new Disposition("Call_Busy")));
            assertThat(agent.notices(AgentNotice.DialFailed.class)).hasSize(1);
            agent.send(new AgentCommand.Redial(new PhoneNumber("+49891234567")));
            assertThat(agent.callId()).isNotEqualTo(before);
            assertThat(agent.notices(AgentNotice.CallIdChanged.class))
                    .containsExactly(new AgentNotice.CallIdChanged(before, agent.callId()));
            // What is told of the call before is no news of this one.
            agent.take(new AgentInput.DialAnswered(before));
            assertThat(agent.state()).isEqualTo(CallState.DIALING);
        }
        agent.expire();
        assertThat(agent.state()).isEqualTo(CallState.WRAPUP);
        assertThat(agent.did(CallAction.RELEASE)).isTrue();
        agent.refused(new AgentCommand.Redial(null), AgentErrorCode.REDIAL_LIMIT);
    }

    @Test
    void a_callback_is_shown_until_it_expires() {
        TestAgent agent = TestAgent.in(CallState.CALLBACK, Role.OWNER);
        assertThat(agent.expire()).isEqualTo(Duration.ofMinutes(10));
        assertThat(agent.state()).isEqualTo(CallState.IDLE);
        assertThat(agent.notices(AgentNotice.PreviewCallbackCancelled.class)).hasSize(1);
        agent.refused(
                new AgentInput.CallbackDue(TestAgent.offer(CallOffer.Kind.CALLBACK, 2), TestAgent.START, agent.now),
                AgentErrorCode.NOT_ASSIGNABLE);
    }

    @Test
    void what_an_agent_writes_down_goes_to_the_attempt() {
        TestAgent agent = TestAgent.talking("a");
        CallId call = agent.callId();
        CallbackWish wish = new CallbackWish(
                CallbackWish.Type.STRICT_AGENT, null, agent.now.plusSeconds(3_600), "UTC", null, null, "after lunch");
        agent.send(new AgentCommand.CreateCallback(wish, call));
        assertThat(agent.effects)
                .containsExactly(
                        new AgentEffect.CreateCallback(agent.call().offer().attempt(), wish));
        CallbackWish past = new CallbackWish(CallbackWish.Type.AGENT, null, agent.now, "UTC", null, null, null);
        agent.refused(new AgentCommand.CreateCallback(past, call), AgentErrorCode.BAD_ARGUMENT);
        agent.send(new AgentCommand.AddToDnc(List.of(TestAgent.CUSTOMER)));
        assertThat(agent.effects(AgentEffect.AddToDnc.class)).hasSize(1);
        agent.send(new AgentCommand.SetCustomerDetail("city", "Berlin", call));
        assertThat(agent.notices(AgentNotice.CustomerDetailsChanged.class)).hasSize(1);
        agent.send(new AgentCommand.AddAgentNote("called twice"));
        assertThat(agent.effects(AgentEffect.AddNote.class)).hasSize(1);
    }
}
