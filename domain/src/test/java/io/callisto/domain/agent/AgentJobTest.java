package io.callisto.domain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.JobId;
import io.callisto.domain.Requirement;
import io.callisto.domain.agent.AgentCall.Role;
import io.callisto.domain.agent.AgentCommand.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jobs: attached, detached, moved, blended; on a call the wish waits. */
class AgentJobTest {

    private static void endCall(TestAgent agent) {
        if (agent.state() != CallState.WRAPUP) {
            agent.send(Kind.RELEASE_LINE);
        }
        agent.send(new AgentCommand.WrapupContact(TestAgent.SALE, agent.callId()));
    }

    private static AgentJobState job(TestAgent agent) {
        return agent.session.tie().state();
    }

    @Test
    void an_agent_has_several_jobs_up_to_the_limit_and_one_that_it_prefers() {
        TestAgent agent = TestAgent.attached("a");
        assertThat(agent.notices(AgentNotice.JobAttached.class))
                .containsExactly(new AgentNotice.JobAttached(TestAgent.JOB));
        for (int n = 1; n < TestAgent.SETTINGS.maxJobs(); n++) {
            agent.take(new AgentInput.JobAttach(new JobId(100 + n), false, true));
        }
        agent.refused(new AgentInput.JobAttach(new JobId(99), false, true), AgentErrorCode.TOO_MANY_JOBS);
        assertThat(agent.session.tie().preferred()).isEqualTo(TestAgent.JOB);
        agent.take(new AgentInput.JobDetach(TestAgent.JOB));
        assertThat(agent.session.tie().preferred()).isNull();
        assertThat(job(agent)).isEqualTo(AgentJobState.JOB_ATTACHED);
        agent.refused(new AgentInput.JobDetach(TestAgent.JOB), AgentErrorCode.UNKNOWN_JOB);
    }

    @Test
    void a_job_that_ends_during_a_call_lets_the_call_end_first() {
        TestAgent agent = TestAgent.talking("a");
        agent.take(new AgentInput.JobEnded(TestAgent.JOB));
        assertThat(job(agent)).isEqualTo(AgentJobState.JOB_END);
        assertThat(agent.state()).isEqualTo(CallState.TALKING);
        endCall(agent);
        assertThat(job(agent)).isEqualTo(AgentJobState.NOT_ATTACHED);
        TestAgent idle = TestAgent.attached("a");
        idle.take(new AgentInput.JobEnded(TestAgent.JOB));
        assertThat(job(idle)).isEqualTo(AgentJobState.NOT_ATTACHED);
    }

    @Test
    void a_move_is_made_at_once_when_idle_and_after_the_call_when_not() {
        TestAgent idle = TestAgent.attached("a");
        idle.take(new AgentInput.JobMove(TestAgent.OTHER_JOB));
        assertThat(idle.session.tie().jobs()).containsExactly(TestAgent.OTHER_JOB);
        assertThat(idle.notices(AgentNotice.JobDetached.class)).hasSize(1);

        TestAgent busy = TestAgent.talking("a");
        busy.take(new AgentInput.JobMove(TestAgent.OTHER_JOB));
        assertThat(job(busy)).isEqualTo(AgentJobState.PENDING_MANUAL_JOB_MOVEMENT);
        assertThat(busy.session.tie().jobs()).containsExactly(TestAgent.JOB);
        endCall(busy);
        assertThat(job(busy)).isEqualTo(AgentJobState.JOB_ATTACHED);
        assertThat(busy.session.tie().jobs()).containsExactly(TestAgent.OTHER_JOB);
    }

    @Test
    void a_move_to_a_job_that_ends_meanwhile_is_off() {
        TestAgent agent = TestAgent.talking("a");
        agent.take(new AgentInput.JobMove(TestAgent.OTHER_JOB));
        agent.take(new AgentInput.JobEnded(TestAgent.OTHER_JOB));
        assertThat(job(agent)).isEqualTo(AgentJobState.JOB_ATTACHED);
        agent.take(new AgentInput.JobMove(TestAgent.OTHER_JOB));
        agent.take(new AgentInput.JobEnded(TestAgent.JOB));
        assertThat(job(agent)).isEqualTo(AgentJobState.PENDING_MANUAL_JOB_MOVEMENT);
        endCall(agent);
        assertThat(agent.session.tie().jobs()).containsExactly(TestAgent.OTHER_JOB);
    }

    @Test
    void who_is_ordered_to_a_job_while_the_phone_rings_is_attached_when_it_is_answered() {
        TestAgent agent = TestAgent.loggedOn("a");
        agent.refused(new AgentInput.JobAttach(TestAgent.JOB, true, true), AgentErrorCode.NOT_NAILED);
        agent.send(new AgentCommand.NailupAgent());
        agent.take(new AgentInput.JobAttach(TestAgent.JOB, true, true));
        assertThat(job(agent)).isEqualTo(AgentJobState.PENDING_JOB_ATTACH);
        agent.take(new AgentInput.NailAnswered(agent.leg()));
        assertThat(job(agent)).isEqualTo(AgentJobState.JOB_ATTACHED);

        TestAgent silent = TestAgent.loggedOn("a");
        silent.send(new AgentCommand.NailupAgent());
        silent.take(new AgentInput.JobAttach(TestAgent.JOB, true, true));
        silent.expire();
        assertThat(job(silent)).isEqualTo(AgentJobState.NOT_ATTACHED);
        assertThat(silent.effects(AgentEffect.AssignAgain.class))
                .containsExactly(new AgentEffect.AssignAgain(List.of(TestAgent.JOB), TestAgent.JOB));
    }

    @Test
    void the_blender_takes_a_ready_agent_after_its_call_and_gives_it_back_to_its_jobs() {
        TestAgent agent = TestAgent.talking("a");
        agent.take(new AgentInput.InboundOrdered());
        assertThat(job(agent)).isEqualTo(AgentJobState.PENDING_INBOUND);
        endCall(agent);
        assertThat(job(agent)).isEqualTo(AgentJobState.JOB_INBOUND);
        assertThat(agent.notices(AgentNotice.BlendedToInbound.class)).hasSize(1);
        assertThat(agent.effects(AgentEffect.Blend.class)).containsExactly(new AgentEffect.Blend(true));
        assertThat(agent.session.assignable(true)).isFalse();
        agent.take(new AgentInput.OutboundOrdered());
        assertThat(job(agent)).isEqualTo(AgentJobState.JOB_ATTACHED);
        assertThat(agent.session.assignable(true)).isTrue();
        agent.refused(new AgentInput.OutboundOrdered(), AgentErrorCode.WRONG_STATE);
    }

    @Test
    void an_agent_who_is_not_ready_is_left_alone_by_the_blender_but_may_go_itself() {
        TestAgent agent = TestAgent.attached("a");
        agent.ready(false);
        agent.refused(new AgentInput.InboundOrdered(), AgentErrorCode.NOT_ASSIGNABLE);
        agent.send(new AgentCommand.BlendToInbound());
        assertThat(job(agent)).isEqualTo(AgentJobState.JOB_MANUAL_INBOUND);
        agent.take(new AgentInput.JobEnded(TestAgent.JOB));
        agent.send(new AgentCommand.BlendToOutbound());
        assertThat(job(agent)).isEqualTo(AgentJobState.NOT_ATTACHED);
    }

    @Test
    void a_wish_to_go_inbound_can_be_taken_back_during_the_call() {
        TestAgent agent = TestAgent.talking("a");
        agent.send(new AgentCommand.BlendToInbound());
        assertThat(job(agent)).isEqualTo(AgentJobState.PENDING_INBOUND);
        agent.send(new AgentCommand.BlendToOutbound());
        assertThat(job(agent)).isEqualTo(AgentJobState.JOB_ATTACHED);
        endCall(agent);
        assertThat(job(agent)).isEqualTo(AgentJobState.JOB_ATTACHED);
    }

    @Test
    @Requirement("AM-12")
    void a_nailing_that_cannot_be_loaded_un_nails_and_detaches_and_the_agent_is_assigned_again() {
        TestAgent agent = TestAgent.attached("a");
        LegId old = agent.leg();
        reconcile(agent, new GatewayView(GatewayView.Nail.UNKNOWN, FailoverFacts.Customer.GONE), 4);
        assertThat(agent.effects(AgentEffect.StateMoved.class))
                .extracting(moved -> moved.after().nail())
                .contains(NailState.NOT_NAILED);
        assertThat(job(agent)).isEqualTo(AgentJobState.NOT_ATTACHED);
        assertThat(agent.effects(AgentEffect.AssignAgain.class))
                .containsExactly(new AgentEffect.AssignAgain(List.of(TestAgent.JOB), TestAgent.JOB));
        assertThat(agent.effects(AgentEffect.DropNailing.class)).containsExactly(new AgentEffect.DropNailing(old));
        // By itself nailed up elsewhere, and attached again as the director wishes.
        assertThat(agent.effects(AgentEffect.NailUp.class)).hasSize(1);
        agent.take(new AgentInput.JobAttach(TestAgent.OTHER_JOB, true, true));
        agent.take(new AgentInput.NailAnswered(agent.leg()));
        assertThat(agent.session.assignable(true)).isTrue();
    }

    @Test
    @Requirement("AM-14")
    void a_disconnect_that_was_missed_is_told_with_the_time_for_wrap_up() {
        TestAgent agent = TestAgent.talking("a");
        CallId call = agent.callId();
        reconcile(agent, new GatewayView(GatewayView.Nail.STANDS, FailoverFacts.Customer.GONE), 4);
        assertThat(agent.state()).isEqualTo(CallState.WRAPUP);
        assertThat(agent.notices(AgentNotice.AutoReleased.class))
                .containsExactly(new AgentNotice.AutoReleased(call, true, agent.now.plusSeconds(40)));
        assertThat(agent.notices(AgentNotice.PomAvailable.class)).hasSize(1);
        agent.send(new AgentCommand.WrapupContact(TestAgent.SALE, call));
    }

    @Test
    @Requirement("AM-9")
    void the_outage_is_booked_as_ha_time_and_takes_nothing_from_the_time_for_wrap_up() {
        TestAgent agent = TestAgent.in(CallState.WRAPUP, Role.OWNER);
        agent.now = agent.now.plusSeconds(10);
        reconcile(agent, new GatewayView(GatewayView.Nail.STANDS, FailoverFacts.Customer.GONE), 3);
        assertThat(agent.effects(AgentEffect.BookHaTime.class)).containsExactly(new AgentEffect.BookHaTime(3_000));
        reconcile(agent, new GatewayView(GatewayView.Nail.STANDS, FailoverFacts.Customer.GONE), 2);
        assertThat(agent.session.ledger().haMillis()).isEqualTo(5_000);
        // 40 s in all, 10 gone before; the 5 of the outages do not count.
        assertThat(agent.expire()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    @Requirement("AM-7")
    void a_desktop_that_sees_something_else_costs_call_and_session_and_both_views_are_told() {
        TestAgent agent = TestAgent.talking("a");
        reconcile(agent, new GatewayView(GatewayView.Nail.STANDS, FailoverFacts.Customer.CONNECTED), 3);
        assertThat(agent.notices(AgentNotice.GetAgentStatus.class)).hasSize(1);
        AgentStatus ours = agent.session.status();
        AgentStatus theirs = new AgentStatus(AgentState.READY, CallState.IDLE, NailState.NAILED);
        agent.send(new AgentCommand.GetAgentStatusResponse(theirs));
        assertThat(agent.effects(AgentEffect.ReportMismatch.class))
                .containsExactly(new AgentEffect.ReportMismatch(ours, ours, theirs));
        assertThat(agent.effects(AgentEffect.WrapUp.class).get(0).code()).isEqualTo(Disposition.DESKTOP_ERROR);
        assertThat(agent.session.loggedOn()).isFalse();
    }

    @Test
    @Requirement("AM-7")
    void a_desktop_that_sees_what_was_or_what_is_goes_on() {
        for (CallState seen : new CallState[] {CallState.TALKING, CallState.WRAPUP}) {
            TestAgent agent = TestAgent.talking("a");
            reconcile(agent, new GatewayView(GatewayView.Nail.STANDS, FailoverFacts.Customer.GONE), 3);
            agent.send(
                    new AgentCommand.GetAgentStatusResponse(new AgentStatus(AgentState.READY, seen, NailState.NAILED)));
            assertThat(agent.state()).isEqualTo(CallState.WRAPUP);
            // It is asked once; whatever it says later unasked is not held against it.
            agent.send(new AgentCommand.GetAgentStatusResponse(
                    new AgentStatus(AgentState.READY, CallState.HELD, NailState.LOST)));
            assertThat(agent.session.loggedOn()).isTrue();
        }
    }

    private static void reconcile(TestAgent agent, GatewayView view, int seconds) {
        agent.now = agent.now.plusSeconds(seconds);
        agent.accept(
                FailoverReconciliation.reconcile(
                        agent.session, view, agent.now.minusSeconds(seconds), agent.now, TestAgent.SETTINGS),
                view);
    }
}
