package io.callisto.domain.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.callisto.domain.JobId;
import io.callisto.domain.Requirement;
import io.callisto.domain.agent.AgentCall.Role;
import io.callisto.domain.agent.FailoverFacts.Customer;
import io.callisto.domain.agent.GatewayView.Nail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A test per cell of table AM-6, made from the table's text: it knows nothing of the one in the code. */
class FailoverTableTest {
    /** As in the requirements. */
    private static final String TABLE = """
            | before | connected, nailed | connected, un-nailed | disconnected, nailed |
            | --- | --- | --- | --- |
            | Idle | Idle | Idle | Idle |
            | Talking | Talking | Wrapup | Wrapup |
            | Wrapup | Wrapup | Wrapup | Wrapup |
            | Held | Held | Wrapup | Wrapup |
            | Consult | Consult | Wrapup (owner), Idle (passive) | Wrapup (owner), Idle (passive) |
            | ConferenceOwner | ConferenceOwner | Wrapup | Wrapup |
            | ConferencePassive | ConferencePassive | Idle | Preview |
            | Preview | Preview | Idle | Preview |
            | Dialing | Talking or Wrapup (by the call's true state) | Wrapup | Wrapup |
            | Callback | Callback | Callback | Callback |
            | Pending call | Idle | Idle | Idle |
            """;

    private static final int CONNECTED_NAILED = 1;
    private static final int CONNECTED_UNNAILED = 2;
    private static final int DISCONNECTED_NAILED = 3;

    /** One cell and one way to come to it. */
    private record Case(CallState before, Role role, Customer customer, Nail nail, int column, CallState after) {
        @Override
        public String toString() {
            return before + " " + role + ", customer " + customer + ", nailing " + nail + " -> " + after;
        }
    }

    @TestFactory
    @Requirement({"AM-6", "AM-4"})
    Stream<DynamicTest> an_attached_agent_is_found_in_the_state_of_its_cell() {
        return cases().stream()
                .map(one -> dynamicTest(one.toString(), () -> {
                    TestAgent agent = TestAgent.in(one.before(), one.role());
                    assertThat(agent.state()).isEqualTo(one.before());
                    assertThat(reconciled(agent, one)).isEqualTo(one.after());
                }));
    }

    @TestFactory
    @Requirement("AM-6")
    Stream<DynamicTest> the_cells_hold_in_every_job_state_that_the_requirement_names() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Case one : cases()) {
            for (AgentJobState job : List.of(
                    AgentJobState.JOB_ATTACHED,
                    AgentJobState.JOB_END,
                    AgentJobState.PENDING_INBOUND,
                    AgentJobState.JOB_MANUAL_INBOUND,
                    AgentJobState.PENDING_MANUAL_JOB_MOVEMENT)) {
                boolean waits = job != AgentJobState.JOB_ATTACHED && job != AgentJobState.JOB_MANUAL_INBOUND;
                if (one.before() == CallState.IDLE && waits) {
                    // Nothing waits for the end of a call where there is none: the session's type forbids it.
                    continue;
                }
                tests.add(dynamicTest(one + ", job " + job, () -> {
                    List<JobId> jobs = job == AgentJobState.JOB_END ? List.of() : List.of(TestAgent.JOB);
                    JobId next = job == AgentJobState.PENDING_MANUAL_JOB_MOVEMENT ? TestAgent.OTHER_JOB : null;
                    TestAgent agent = TestAgent.in(one.before(), one.role()).standing(job, jobs, next);
                    assertThat(reconciled(agent, one)).isEqualTo(one.after());
                }));
            }
        }
        return tests.stream();
    }

    @TestFactory
    @Requirement("AM-6")
    Stream<DynamicTest> an_agent_without_a_job_keeps_its_call_state() {
        return cases().stream()
                .map(one -> dynamicTest(one.before() + " stays, nailing " + one.nail() + ", " + one.customer(), () -> {
                    TestAgent agent = TestAgent.in(one.before(), one.role())
                            .standing(AgentJobState.NOT_ATTACHED, List.of(), null);
                    assertThat(reconciled(agent, one)).isEqualTo(one.before());
                }));
    }

    @Test
    @Requirement("AM-6")
    void a_call_that_still_rings_becomes_talking_or_wrapup_when_its_true_state_is_known() {
        TestAgent answered = ringing();
        answered.take(new AgentInput.DialAnswered(answered.callId()));
        assertThat(answered.state()).isEqualTo(CallState.TALKING);
        TestAgent failed = ringing();
        failed.take(new AgentInput.DialFailed(failed.callId(), new Disposition("Call_Busy")));
        assertThat(failed.state()).isEqualTo(CallState.WRAPUP);
        TestAgent silent = ringing();
        silent.expire();
        assertThat(silent.state()).isEqualTo(CallState.WRAPUP);
    }

    @Test
    @Requirement("AM-6")
    void a_call_state_that_is_kept_without_a_call_does_not_last() {
        TestAgent agent = TestAgent.talking("a").standing(AgentJobState.NOT_ATTACHED, List.of(), null);
        Case gone = new Case(
                CallState.TALKING, Role.OWNER, Customer.GONE, Nail.STANDS, DISCONNECTED_NAILED, CallState.IDLE);
        assertThat(reconciled(agent, gone)).isEqualTo(CallState.TALKING);
        assertThat(agent.expire()).isEqualTo(TestAgent.SETTINGS.consult().answer());
        assertThat(agent.state()).isEqualTo(CallState.WRAPUP);
    }

    @Test
    void the_oracle_has_every_state_and_every_column() {
        assertThat(rows()).hasSize(CallState.values().length);
        assertThat(rows()).allSatisfy(row -> assertThat(row).hasSize(4));
        assertThat(cases()).extracting(Case::before).contains(CallState.values());
        // 11 rows; two ways to be un-nailed, each with the customer there or gone; two roles in Consult.
        assertThat(cases()).hasSize(12 * 6);
    }

    private static TestAgent ringing() {
        TestAgent agent = TestAgent.in(CallState.DIALING, Role.OWNER);
        Case rings = new Case(
                CallState.DIALING, Role.OWNER, Customer.RINGING, Nail.STANDS, CONNECTED_NAILED, CallState.DIALING);
        assertThat(reconciled(agent, rings)).isEqualTo(CallState.DIALING);
        return agent;
    }

    private static CallState reconciled(TestAgent agent, Case one) {
        agent.now = agent.now.plusSeconds(3);
        Outcome outcome = FailoverReconciliation.reconcile(
                agent.session,
                new GatewayView(one.nail(), one.customer()),
                agent.now.minusSeconds(3),
                agent.now,
                TestAgent.SETTINGS);
        agent.accept(outcome, one);
        return agent.state();
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (List<String> row : rows()) {
            CallState before = state(row.get(0));
            for (Role role : roles(before)) {
                cases.add(of(row, before, role, Customer.CONNECTED, Nail.STANDS, CONNECTED_NAILED));
                cases.add(of(row, before, role, Customer.GONE, Nail.STANDS, DISCONNECTED_NAILED));
                for (Nail nail : List.of(Nail.GONE, Nail.UNKNOWN)) {
                    cases.add(of(row, before, role, Customer.CONNECTED, nail, CONNECTED_UNNAILED));
                    // Not in POM's table: as the second column.
                    cases.add(of(row, before, role, Customer.GONE, nail, CONNECTED_UNNAILED));
                }
            }
        }
        return cases;
    }

    private static Case of(List<String> row, CallState before, Role role, Customer customer, Nail nail, int column) {
        return new Case(before, role, customer, nail, column, expected(row.get(column), role, customer));
    }

    private static List<Role> roles(CallState state) {
        return switch (state) {
            case CONSULT -> List.of(Role.OWNER, Role.PASSIVE);
            case CONFERENCE_PASSIVE -> List.of(Role.PASSIVE);
            default -> List.of(Role.OWNER);
        };
    }

    private static CallState expected(String cell, Role role, Customer customer) {
        if (cell.contains("true state")) {
            String either = cell.replaceAll("\\(.*\\)", "");
            int or = either.indexOf(" or ");
            return state(customer == Customer.CONNECTED ? either.substring(0, or) : either.substring(or + 4));
        }
        String mine = Arrays.stream(cell.split(","))
                .filter(part -> part.contains("(" + role.name().toLowerCase(Locale.ROOT) + ")"))
                .findFirst()
                .orElse(cell);
        return state(mine.replaceAll("\\(.*\\)", ""));
    }

    /** {@code ConferenceOwner}, {@code Pending call} as constants. */
    private static CallState state(String name) {
        String words = name.strip().replaceAll("(?<=[a-z])(?=[A-Z])", "_").replace(' ', '_');
        return CallState.valueOf(words.toUpperCase(Locale.ROOT));
    }

    private static List<List<String>> rows() {
        return TABLE.lines()
                .skip(2)
                .map(line -> Arrays.stream(
                                line.substring(1, line.lastIndexOf('|')).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }
}
