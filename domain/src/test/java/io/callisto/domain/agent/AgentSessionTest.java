package io.callisto.domain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.OrganisationId;
import io.callisto.domain.Requirement;
import io.callisto.domain.ZoneId;
import io.callisto.domain.agent.AgentCommand.Kind;
import io.callisto.domain.agent.AgentEffect.CallAction;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Sessions: logon, desktops, readiness, logout, what is refused. */
class AgentSessionTest {

    @Test
    void a_session_begins_not_ready_and_tells_so_in_the_event_of_the_login() {
        TestAgent agent = TestAgent.loggedOn("a");
        assertThat(agent.session.status())
                .isEqualTo(new AgentStatus(AgentState.NOT_READY, CallState.IDLE, NailState.NOT_NAILED));
        assertThat(agent.effects(AgentEffect.StateMoved.class))
                .singleElement()
                .satisfies(moved -> assertThat(moved.change()).isEqualTo(AgentEffect.Change.LOGIN));
        assertThat(agent.session.desktop().attachNo()).isEqualTo(1);
        assertThat(agent.session.nextDeadline()).isNull();
    }

    @Test
    void a_second_desktop_needs_force_takes_the_live_call_and_silences_the_first() {
        TestAgent agent = TestAgent.talking("a");
        AgentRequest old = new AgentRequest(
                agent.session.identity().session(), 1, new AgentCommand.OnCall(Kind.HOLD_CALL, agent.callId()));
        assertThat(logon(agent, TestAgent.logon("a", false)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class, no -> assertThat(no.code()).isEqualTo(AgentErrorCode.ALREADY_LOGGED_ON));
        agent.accept(logon(agent, TestAgent.logon("a", true)), "logon by force");
        assertThat(agent.state()).isEqualTo(CallState.TALKING);
        assertThat(agent.session.desktop().attachNo()).isEqualTo(2);
        assertThat(agent.effects(AgentEffect.SupersedeDesktop.class))
                .containsExactly(new AgentEffect.SupersedeDesktop(1));
        assertThat(AgentDecision.decide(agent.session, old, agent.now, TestAgent.SETTINGS))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class, no -> assertThat(no.code()).isEqualTo(AgentErrorCode.STALE_ATTACH));
        agent.send(Kind.HOLD_CALL);
    }

    @Test
    void a_session_is_taken_over_only_within_its_organisation_and_zone() {
        TestAgent agent = TestAgent.talking("a");
        AgentCommand.Logon mine = TestAgent.logon("a", true);
        assertThat(logon(
                        agent,
                        new AgentCommand.Logon(
                                mine.agent(), new OrganisationId(2), mine.zone(), mine.desk(), mine.skills(), true)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        no -> assertThat(no.code()).isEqualTo(AgentErrorCode.OTHER_ORGANISATION));
        assertThat(logon(
                        agent,
                        new AgentCommand.Logon(
                                mine.agent(), mine.organisation(), new ZoneId(3), mine.desk(), mine.skills(), true)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class, no -> assertThat(no.code()).isEqualTo(AgentErrorCode.OTHER_ZONE));
    }

    private static Outcome logon(TestAgent agent, AgentCommand.Logon command) {
        return AgentDecision.logon(
                agent.session, new AgentSessionId(new UUID(1, 1)), command, agent.now, TestAgent.SETTINGS);
    }

    @Test
    void commands_for_another_session_another_call_or_another_state_are_refused_and_change_nothing() {
        TestAgent agent = TestAgent.talking("a");
        AgentRequest stale = new AgentRequest(
                new AgentSessionId(new UUID(2, 2)), 1, new AgentCommand.OnCall(Kind.HOLD_CALL, agent.callId()));
        assertThat(AgentDecision.decide(agent.session, stale, agent.now, TestAgent.SETTINGS))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class, no -> assertThat(no.code()).isEqualTo(AgentErrorCode.STALE_SESSION));
        CallId other = new CallId(new UUID(8, 8));
        agent.refused(new AgentCommand.OnCall(Kind.HOLD_CALL, other), AgentErrorCode.WRONG_CALL);
        agent.refused(Kind.UNHOLD_CALL, AgentErrorCode.WRONG_STATE);
        agent.refused(new AgentCommand.Logoff(null), AgentErrorCode.WRONG_STATE);
        agent.refused(new AgentCommand.WrapupContact(TestAgent.SALE, agent.callId()), AgentErrorCode.WRONG_STATE);
    }

    @Test
    void not_ready_and_logout_wait_for_the_end_of_the_call_and_can_be_taken_back() {
        TestAgent agent = TestAgent.talking("a");
        agent.ready(false);
        assertThat(agent.session.view()).isEqualTo(AgentView.PENDING_NOT_READY);
        agent.ready(true);
        assertThat(agent.session.view()).isEqualTo(AgentView.BUSY);
        agent.send(new AgentCommand.PendingLogout("END"));
        agent.ready(false);
        assertThat(agent.session.view()).isEqualTo(AgentView.PENDING_NOT_READY);
        agent.send(Kind.RELEASE_LINE);
        agent.send(new AgentCommand.WrapupContact(TestAgent.SALE, agent.callId()));
        assertThat(agent.session.presence().state()).isEqualTo(AgentState.NOT_READY);
        assertThat(agent.session.presence().reasonCode()).isEqualTo("BREAK");
    }

    @Test
    void a_pending_logout_ends_the_session_after_wrap_up_and_hangs_the_phone_up() {
        TestAgent agent = TestAgent.talking("a");
        LegId phone = agent.leg();
        agent.send(new AgentCommand.PendingLogout("END"));
        agent.send(Kind.RELEASE_LINE);
        agent.send(new AgentCommand.WrapupContact(TestAgent.SALE, agent.callId()));
        assertThat(agent.session.loggedOn()).isFalse();
        assertThat(agent.effects(AgentEffect.DropNailing.class)).containsExactly(new AgentEffect.DropNailing(phone));
        assertThat(agent.session.nextDeadline()).isNull();
        agent.refused(new AgentCommand.SaveAgentForHa(), AgentErrorCode.NOT_LOGGED_ON);
        agent.refused(new AgentInput.DesktopAttached(), AgentErrorCode.NOT_LOGGED_ON);
    }

    @Test
    void a_forced_logout_disposes_the_call_as_desktop_error_and_leaves_nothing_behind() {
        TestAgent agent = TestAgent.talking("a");
        agent.take(new AgentInput.ForcedLogout("SUPERVISOR"));
        assertThat(agent.session.loggedOn()).isFalse();
        assertThat(agent.did(CallAction.RELEASE)).isTrue();
        assertThat(agent.effects(AgentEffect.WrapUp.class))
                .singleElement()
                .satisfies(end -> assertThat(end.code()).isEqualTo(Disposition.DESKTOP_ERROR));
        assertThat(agent.notices(AgentNotice.LoggedOut.class)).containsExactly(new AgentNotice.LoggedOut("SUPERVISOR"));
        assertThat(agent.effects(AgentEffect.DropNailing.class)).hasSize(1);
    }

    @Test
    @Requirement("FS-6")
    void a_desktop_that_is_back_within_its_grace_goes_on_with_its_call() {
        TestAgent agent = TestAgent.talking("a");
        agent.take(new AgentInput.DesktopDisconnected(1));
        assertThat(agent.session.nextDeadline()).isEqualTo(agent.now.plus(TestAgent.SETTINGS.desktopGrace()));
        agent.now = agent.now.plusSeconds(59);
        agent.take(new AgentInput.DeadlineReached());
        agent.take(new AgentInput.DesktopAttached());
        assertThat(agent.state()).isEqualTo(CallState.TALKING);
        assertThat(agent.session.desktop().attachNo()).isEqualTo(2);
        // The end of the first connection, told late, is no news of the second.
        agent.take(new AgentInput.DesktopDisconnected(1));
        assertThat(agent.session.desktop().connected()).isTrue();
    }

    @Test
    @Requirement("FS-6")
    void after_the_grace_an_idle_agent_is_logged_out_and_a_customer_may_finish_first() {
        TestAgent idle = TestAgent.attached("a");
        idle.take(new AgentInput.DesktopDisconnected(1));
        idle.refused(
                new AgentInput.CallAssigned(TestAgent.offer(CallOffer.Kind.OUTBOUND, 1)),
                AgentErrorCode.NOT_ASSIGNABLE);
        assertThat(idle.expire()).isEqualTo(TestAgent.SETTINGS.desktopGrace());
        assertThat(idle.session.loggedOn()).isFalse();

        TestAgent busy = TestAgent.talking("a");
        busy.take(new AgentInput.DesktopDisconnected(1));
        busy.expire();
        assertThat(busy.session.status())
                .isEqualTo(new AgentStatus(AgentState.PENDING_LOGOUT, CallState.TALKING, NailState.NAILED));
        busy.take(new AgentInput.CustomerHungUp(busy.callId()));
        assertThat(busy.session.loggedOn()).isFalse();
        assertThat(busy.effects(AgentEffect.WrapUp.class))
                .singleElement()
                .satisfies(end -> assertThat(end.code()).isEqualTo(Disposition.DESKTOP_ERROR));
    }

    @Test
    @Requirement("FS-6")
    void who_comes_back_while_the_customer_still_talks_keeps_the_session() {
        TestAgent agent = TestAgent.talking("a");
        agent.take(new AgentInput.DesktopDisconnected(1));
        agent.expire();
        agent.take(new AgentInput.DesktopAttached());
        assertThat(agent.session.presence().state()).isEqualTo(AgentState.READY);
        agent.send(Kind.HOLD_CALL);
    }

    @Test
    void times_add_up_over_states_that_are_left_and_the_one_that_runs() {
        TestAgent agent = TestAgent.attached("a");
        agent.now = agent.now.plusSeconds(100);
        agent.ready(false);
        agent.now = agent.now.plusSeconds(30);
        AgentTimes times = agent.session.ledger().times();
        assertThat(times.millis(AgentView.READY, agent.now)).isEqualTo(100_000);
        assertThat(times.millis(AgentView.NOT_READY, agent.now)).isEqualTo(30_000);
        // A clock that goes back books nothing.
        Instant before = agent.now.minusSeconds(60);
        assertThat(times.at(AgentView.READY, before).millis(AgentView.NOT_READY, before))
                .isZero();
    }

    @Test
    void the_desktop_is_told_what_it_may_do_whenever_that_changes() {
        TestAgent agent = TestAgent.talking("a");
        agent.send(Kind.HOLD_CALL);
        Set<Kind> allowed =
                agent.notices(AgentNotice.CapabilitiesChanged.class).get(0).allowed();
        assertThat(allowed)
                .contains(Kind.UNHOLD_CALL, Kind.CONSULT_CALL, Kind.RELEASE_LINE)
                .doesNotContain(Kind.HOLD_CALL, Kind.WRAPUP_CONTACT, Kind.LOGON, Kind.GET_COMP_CODES);
    }

    @Test
    void a_question_is_answered_from_elsewhere_and_changes_nothing() {
        TestAgent agent = TestAgent.talking("a");
        AgentSession before = agent.session;
        AgentCommand.Query codes = new AgentCommand.Query(Kind.GET_COMP_CODES, List.of(), agent.callId());
        agent.send(codes);
        assertThat(agent.session).isEqualTo(before);
        assertThat(agent.effects).containsExactly(new AgentEffect.Answer(codes));
    }

    @Test
    void error_codes_have_one_number_each_and_poms_numbers_where_it_has_them() {
        Set<Integer> numbers = new HashSet<>();
        Arrays.stream(AgentErrorCode.values())
                .forEach(code -> assertThat(numbers.add(code.number())).isTrue());
        assertThat(AgentErrorCode.MEDIA_CONTROL_GONE.number()).isEqualTo(9007);
        assertThat(AgentErrorCode.MEDIA_NOT_REACHABLE.number()).isEqualTo(9009);
    }
}
