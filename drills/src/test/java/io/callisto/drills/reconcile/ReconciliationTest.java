package io.callisto.drills.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.drills.reconcile.Evidence.Attempt;
import io.callisto.drills.reconcile.Evidence.AttemptRecord;
import io.callisto.drills.reconcile.Evidence.Call;
import io.callisto.drills.reconcile.Evidence.JobRecord;
import io.callisto.drills.reconcile.Evidence.Published;
import io.callisto.drills.reconcile.Evidence.ResultRecord;
import io.callisto.event.contract.JobStatisticsEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A reconciliation that could not fail would prove nothing: each way of losing or doubling something is tried. */
@Requirement({"EV-5", "EV-6", "CM-4"})
class ReconciliationTest {
    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);

    @Test
    void agreeing_witnesses_reconcile() {
        ReconciliationReport report = Reconciliation.of(good());
        assertThat(report.problems()).isEmpty();
        assertThat(report.reconciled()).isTrue();
        assertThat(report.attempts())
                .isEqualTo(2)
                .isEqualTo(report.gatewayCalls())
                .isEqualTo(report.events());
    }

    @Test
    void a_dropped_event_is_found() {
        for (int index = 0; index < good().attemptEvents().size(); index++) {
            int dropped = index;
            ReconciliationReport report = Reconciliation.of(events(list -> without(list, dropped)));
            assertThat(report.reconciled()).as("event %s dropped", index).isFalse();
            assertThat(report.missing()).isPositive();
        }
    }

    @Test
    void a_doubled_event_is_found() {
        for (int index = 0; index < good().attemptEvents().size(); index++) {
            int doubled = index;
            ReconciliationReport report = Reconciliation.of(events(list -> twice(list, doubled)));
            assertThat(report.reconciled()).as("event %s doubled", index).isFalse();
            assertThat(report.duplicates()).isPositive();
        }
    }

    @Test
    void the_same_event_with_a_fresh_id_is_found() {
        ReconciliationReport report = Reconciliation.of(events(list -> {
            List<AttemptRecord> copy = new ArrayList<>(list);
            AttemptRecord first = list.get(0);
            copy.add(
                    new AttemptRecord("other", first.attemptId(), first.contactId(), first.seq(), first.phase(), null));
            return copy;
        }));
        assertThat(report.reconciled()).isFalse();
        assertThat(report.duplicates()).isPositive();
    }

    @Test
    void swapped_events_are_found() {
        ReconciliationReport report = Reconciliation.of(events(list -> {
            List<AttemptRecord> copy = new ArrayList<>(list);
            AttemptRecord first = copy.set(0, copy.get(1));
            copy.set(1, first);
            return copy;
        }));
        assertThat(report.reconciled()).isFalse();
    }

    @Test
    void a_call_that_no_gateway_placed_is_found() {
        ReconciliationReport report = Reconciliation.of(calls(list -> without(list, 0)));
        assertThat(report.reconciled()).isFalse();
        assertThat(report.missing()).isPositive();
    }

    @Test
    void a_call_placed_twice_is_found_also_on_another_gateway() {
        assertThat(Reconciliation.of(calls(list -> twice(list, 0))).duplicates())
                .isPositive();
        ReconciliationReport report = Reconciliation.of(calls(list -> {
            List<Call> copy = new ArrayList<>(list);
            copy.add(new Call("g2", A, false));
            return copy;
        }));
        assertThat(report.reconciled()).isFalse();
        assertThat(report.duplicates()).isPositive();
    }

    @Test
    void a_call_that_the_database_does_not_know_is_found() {
        ReconciliationReport report = Reconciliation.of(calls(list -> {
            List<Call> copy = new ArrayList<>(list);
            copy.add(new Call("g1", new UUID(0, 9), false));
            return copy;
        }));
        assertThat(report.reconciled()).isFalse();
    }

    @Test
    void a_tombstone_for_a_call_that_counts_as_placed_is_found() {
        ReconciliationReport report = Reconciliation.of(calls(list -> List.of(new Call("g1", A, true), list.get(1))));
        assertThat(report.reconciled()).isFalse();
    }

    @Test
    void a_dropped_attempt_is_found() {
        ReconciliationReport report = Reconciliation.of(attempts(list -> without(list, 0)));
        assertThat(report.reconciled()).isFalse();
    }

    @Test
    void an_attempt_number_used_twice_is_found() {
        ReconciliationReport report = Reconciliation.of(attempts(list -> {
            List<Attempt> copy = new ArrayList<>(list);
            copy.set(1, new Attempt(B, 7, 1, 4, "Answer_Human"));
            return copy;
        }));
        assertThat(report.duplicates()).isPositive();
    }

    @Test
    void an_open_attempt_and_an_open_contact_are_found() {
        assertThat(Reconciliation.of(attempts(list -> List.of(list.get(0), new Attempt(B, 7, 2, 4, null))))
                        .reconciled())
                .isFalse();
        Evidence good = good();
        Evidence open = new Evidence(
                1,
                new Evidence.Contacts(1, 0, 0, 0, 1),
                good.attempts(),
                good.calls(),
                good.attemptEvents(),
                good.jobEvents(),
                0);
        assertThat(Reconciliation.of(open).missing()).isPositive();
    }

    @Test
    void a_wrong_counter_and_an_event_that_breaks_the_contract_are_found() {
        Evidence good = good();
        for (int i = 0; i < 2; i++) {
            ReconciliationReport report = Reconciliation.of(new Evidence(
                    1,
                    good.contacts(),
                    good.attempts(),
                    good.calls(),
                    good.attemptEvents(),
                    good.jobEvents(),
                    0,
                    i == 0 ? List.of("zone 0 has 1 attempts, its counter says 2") : List.of(),
                    i == 1 ? List.of("POM.Default.JOB: no key") : List.of(),
                    null));
            assertThat(report.reconciled()).isFalse();
            assertThat(report.wrong()).isEqualTo(1);
            assertThat(report.problems()).hasSize(1);
        }
    }

    @Test
    void the_last_statistics_of_a_job_must_say_what_the_database_says() {
        Evidence good = good();
        int attempts = good.attempts().size();
        assertThat(statistics("COMPLETED", attempts).statisticsProblems(9, good.contacts(), attempts))
                .isEmpty();
        assertThat(statistics("RUNNING", attempts).statisticsProblems(9, good.contacts(), attempts))
                .hasSize(1);
        assertThat(statistics("COMPLETED", attempts - 1).statisticsProblems(9, good.contacts(), attempts))
                .hasSize(1);
        assertThat(statistics("COMPLETED", attempts).statisticsProblems(8, good.contacts(), attempts))
                .hasSize(1);
        Evidence.Contacts more = new Evidence.Contacts(2, 1, 0, 0, 1);
        assertThat(statistics("COMPLETED", attempts).statisticsProblems(9, more, attempts))
                .hasSizeGreaterThan(1);
    }

    @Test
    void one_current_result_for_each_attempt_is_enough_however_often_it_was_replaced() {
        List<ResultRecord> replaced = new ArrayList<>(goodResults());
        replaced.add(result(A, 2, "Call_Busy"));
        assertThat(published(4, replaced).problems()).isEmpty();
        assertThat(published(4, replaced).reconciled()).isTrue();
    }

    @Test
    void a_missing_a_doubled_and_a_repeated_result_are_found() {
        assertThat(published(4, without(goodResults(), 1)).missing()).isEqualTo(1);
        assertThat(published(4, twice(goodResults(), 0)).duplicates()).isEqualTo(1);
        List<ResultRecord> repeated = new ArrayList<>(goodResults());
        repeated.add(new ResultRecord("another id", B, 7, 1, "Answer_Human"));
        assertThat(published(4, repeated).duplicates()).isEqualTo(1);
        List<ResultRecord> gap = new ArrayList<>(goodResults());
        gap.add(result(B, 3, "Answer_Human"));
        assertThat(published(4, gap).missing()).isEqualTo(1);
    }

    @Test
    void a_result_of_another_outcome_of_a_stranger_or_of_what_is_not_over_is_found() {
        List<ResultRecord> other = List.of(result(A, 1, "Call_Busy"), result(B, 1, "Fax"));
        assertThat(published(4, other).wrong()).isEqualTo(1);
        List<ResultRecord> stranger = new ArrayList<>(goodResults());
        stranger.add(result(new UUID(0, 9), 1, "Fax"));
        assertThat(published(4, stranger).missing()).isEqualTo(1);
        Evidence open = attempts(list -> List.of(list.get(0), new Attempt(B, 7, 2, 4, null)));
        assertThat(Reconciliation.of(open.with(new Published(4, goodResults()))).problems())
                .anyMatch(problem -> problem.contains("is not over, and has a result"));
    }

    @Test
    void the_last_job_event_must_be_the_databases_last() {
        assertThat(published(5, goodResults()).missing()).isEqualTo(1);
        assertThat(published(3, goodResults()).wrong()).isEqualTo(1);
    }

    private static ReconciliationReport published(int jobSeq, List<ResultRecord> results) {
        return Reconciliation.of(good().with(new Published(jobSeq, results)));
    }

    private static List<ResultRecord> goodResults() {
        return List.of(result(A, 1, "Call_Busy"), result(B, 1, "Answer_Human"));
    }

    private static ResultRecord result(UUID attempt, int seq, String code) {
        return new ResultRecord("r-" + attempt + "-" + seq, attempt, 7, seq, code);
    }

    private static ContractReport statistics(String state, int attempts) {
        Evidence.Contacts contacts = good().contacts();
        JobStatisticsEvent event = new JobStatisticsEvent(
                A,
                1,
                Instant.EPOCH,
                0,
                9,
                1,
                "x",
                state,
                new JobStatisticsEvent.Contacts(
                        contacts.total(),
                        contacts.open(),
                        0,
                        contacts.completed(),
                        contacts.restricted(),
                        contacts.failed()),
                new JobStatisticsEvent.Attempts(attempts, attempts, 0, 0, 0, 0, 0, 0, 0, 0),
                new JobStatisticsEvent.Rates(1, 0, 0, 0),
                null,
                1);
        return new ContractReport(1, List.of(), Map.of(9L, event));
    }

    @Test
    void a_waiting_outbox_row_a_lost_contact_and_a_lost_job_event_are_found() {
        Evidence good = good();
        assertThat(Reconciliation.of(new Evidence(
                                1,
                                good.contacts(),
                                good.attempts(),
                                good.calls(),
                                good.attemptEvents(),
                                good.jobEvents(),
                                1))
                        .reconciled())
                .isFalse();
        assertThat(Reconciliation.of(new Evidence(
                                2,
                                good.contacts(),
                                good.attempts(),
                                good.calls(),
                                good.attemptEvents(),
                                good.jobEvents(),
                                0))
                        .reconciled())
                .isFalse();
        assertThat(Reconciliation.of(new Evidence(
                                1,
                                good.contacts(),
                                good.attempts(),
                                good.calls(),
                                good.attemptEvents(),
                                without(good.jobEvents(), 1),
                                0))
                        .reconciled())
                .isFalse();
    }

    @Test
    void an_event_that_tells_another_outcome_is_found() {
        ReconciliationReport report = Reconciliation.of(events(list -> {
            List<AttemptRecord> copy = new ArrayList<>(list);
            AttemptRecord last = copy.get(copy.size() - 1);
            copy.set(copy.size() - 1, record(last.attemptId(), last.seq(), "COMPLETED", "Fax"));
            return copy;
        }));
        assertThat(report.wrong()).isPositive();
    }

    @Test
    void an_attempt_that_was_refused_by_the_gateway_needs_no_call() {
        Evidence good = good();
        Evidence refused = new Evidence(
                1,
                good.contacts(),
                List.of(
                        new Attempt(A, 7, 1, 2, "Sys_Not_Placed"),
                        good.attempts().get(1)),
                List.of(new Call("g1", A, true), good.calls().get(1)),
                List.of(
                        record(A, 1, "RESERVED", null),
                        record(A, 2, "COMPLETED", "Sys_Not_Placed"),
                        record(B, 1, "RESERVED", null),
                        record(B, 2, "DIALING", null),
                        record(B, 3, "ANSWERED", null),
                        record(B, 4, "COMPLETED", "Answer_Human")),
                good.jobEvents(),
                0);
        assertThat(Reconciliation.of(refused).problems()).isEmpty();
    }

    private static Evidence good() {
        return new Evidence(
                1,
                new Evidence.Contacts(1, 1, 0, 0, 0),
                List.of(new Attempt(A, 7, 1, 3, "Call_Busy"), new Attempt(B, 7, 2, 4, "Answer_Human")),
                List.of(new Call("g1", A, false), new Call("g1", B, false)),
                List.of(
                        record(A, 1, "RESERVED", null),
                        record(A, 2, "DIALING", null),
                        record(A, 3, "COMPLETED", "Call_Busy"),
                        record(B, 1, "RESERVED", null),
                        record(B, 2, "DIALING", null),
                        record(B, 3, "ANSWERED", null),
                        record(B, 4, "COMPLETED", "Answer_Human")),
                List.of(
                        new JobRecord("j1", 1, "QUEUED"),
                        new JobRecord("j2", 2, "FILTER_IN_PROGRESS"),
                        new JobRecord("j3", 3, "RUNNING"),
                        new JobRecord("j4", 4, "COMPLETED")),
                0);
    }

    private static AttemptRecord record(UUID attempt, int seq, String phase, @Nullable String code) {
        return new AttemptRecord(attempt + "-" + seq, attempt, 7, seq, phase, code);
    }

    private static Evidence events(UnaryOperator<List<AttemptRecord>> change) {
        Evidence good = good();
        return new Evidence(
                good.imported(),
                good.contacts(),
                good.attempts(),
                good.calls(),
                change.apply(good.attemptEvents()),
                good.jobEvents(),
                0);
    }

    private static Evidence calls(UnaryOperator<List<Call>> change) {
        Evidence good = good();
        return new Evidence(
                good.imported(),
                good.contacts(),
                good.attempts(),
                change.apply(good.calls()),
                good.attemptEvents(),
                good.jobEvents(),
                0);
    }

    private static Evidence attempts(UnaryOperator<List<Attempt>> change) {
        Evidence good = good();
        return new Evidence(
                good.imported(),
                good.contacts(),
                change.apply(good.attempts()),
                good.calls(),
                good.attemptEvents(),
                good.jobEvents(),
                0);
    }

    private static <T> List<T> without(List<T> list, int index) {
        List<T> copy = new ArrayList<>(list);
        copy.remove(index);
        return copy;
    }

    private static <T> List<T> twice(List<T> list, int index) {
        List<T> copy = new ArrayList<>(list);
        copy.add(index, list.get(index));
        return copy;
    }
}
