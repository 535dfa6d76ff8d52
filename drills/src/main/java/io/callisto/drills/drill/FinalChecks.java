package io.callisto.drills.drill;

import io.callisto.domain.CompletionCode;
import io.callisto.drills.history.Aspect;
import io.callisto.drills.history.Effect;
import io.callisto.drills.history.EpochOrderChecker;
import io.callisto.drills.history.GatewayHistory;
import io.callisto.drills.history.JdbcHistoryStore;
import io.callisto.drills.history.OwnershipChecker;
import io.callisto.drills.history.PlacedCall;
import io.callisto.drills.history.PlanChecker;
import io.callisto.drills.history.Violation;
import io.callisto.drills.load.DrillCampaign;
import io.callisto.drills.load.Patience;
import io.callisto.drills.reconcile.ContractReport;
import io.callisto.drills.reconcile.Evidence;
import io.callisto.drills.reconcile.JdbcTruthStore;
import io.callisto.drills.reconcile.KafkaWitness;
import io.callisto.drills.reconcile.Reconciliation;
import io.callisto.drills.reconcile.ReconciliationReport;
import io.callisto.event.contract.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything that is judged when a drill's jobs are done. Used by one thread, once. */
final class FinalChecks {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);
    private static final Duration REST_LIMIT = Duration.ofSeconds(30);
    private static final int PROBLEMS_NAMED = 5;

    private final Stage stage;
    private final LoadedJobs jobs;
    private final boolean noCallLost;
    private final JdbcHistoryStore history;
    private final JdbcTruthStore truth;
    private final List<String> notes = new ArrayList<>();
    private final List<Violation> found = new ArrayList<>();

    FinalChecks(Stage stage, LoadedJobs jobs, boolean noCallLost) {
        this.stage = stage;
        this.jobs = jobs;
        this.noCallLost = noCallLost;
        this.history = stage.history();
        this.truth = stage.truth();
    }

    /** What is worth telling, beside violations. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * @param effectsBefore the newest effect before the drill
     * @param begun when the drill began, by the database's clock
     */
    List<Violation> check(long effectsBefore, Instant begun) {
        // Results first: they go through the outbox, too. One that never comes is for the reconciliation to tell.
        Patience.until(DRAIN_LIMIT, () -> truth.untoldResults() == 0);
        if (!Patience.until(DRAIN_LIMIT, () -> truth.outboxRows() == 0)) {
            found.add(new Violation(Aspect.STUCK, "the outbox is not empty after " + DRAIN_LIMIT.toSeconds() + " s"));
        }
        Patience.until(REST_LIMIT, () -> history.standing().check().isEmpty());
        found.addAll(history.standing().check());
        List<Effect> effects = history.effectsAfter(effectsBefore);
        if (effects.isEmpty()) {
            found.add(new Violation(
                    Aspect.RECONCILIATION, "the cluster recorded no effect: nothing can be said about its order"));
        }
        found.addAll(EpochOrderChecker.effects(effects));
        found.addAll(OwnershipChecker.check(history.transitionsSince(begun), effects));
        calls(begun);
        String refused = history.refusalsSince(begun).stream()
                .map(count -> count.scope() + " " + count.count())
                .collect(Collectors.joining(", "));
        notes.add(effects.size() + " effects in order; refused attempts of former owners: "
                + (refused.isEmpty() ? "none" : refused));
        return found;
    }

    private void calls(Instant begun) {
        GatewayHistory gateways = new GatewayHistory(stage.target().gateways());
        KafkaWitness kafka = new KafkaWitness(stage.target().kafkaBootstrap());
        Map<Long, List<Evidence.AttemptRecord>> attempts = kafka.attemptEventsByJob(EventType.ATTEMPT.topic(0));
        Map<Long, List<Evidence.JobRecord>> states = kafka.jobEventsByJob(EventType.JOB.topic(0));
        Map<Long, List<Evidence.ResultRecord>> results = kafka.resultsByJob(EventType.ENRICHEDATTEMPTRESULT.topic(0));
        ContractReport log = kafka.contract(0, begun);
        log.problems().stream()
                .limit(PROBLEMS_NAMED)
                .forEach(problem -> found.add(new Violation(Aspect.RECONCILIATION, problem)));
        notes.add(log.records() + " events of six topics held against the contract");
        long placed = 0;
        long refused = 0;
        long published = 0;
        long told = 0;
        for (long job : jobs.started()) {
            List<PlacedCall> calls = gateways.calls(job);
            Evidence.Contacts contacts = truth.contacts(job);
            List<Evidence.Attempt> tried = truth.attempts(job);
            List<String> counting = new ArrayList<>(truth.countDrift(job));
            counting.addAll(log.statisticsProblems(job, contacts, tried.size()));
            placed += calls.stream().filter(call -> !call.refused()).count();
            refused += calls.stream().filter(PlacedCall::refused).count();
            found.addAll(EpochOrderChecker.calls(calls));
            found.addAll(PlanChecker.check(calls, history.contactsOfAttempts(job), DrillCampaign.MAX_ATTEMPTS));
            published += attempts.getOrDefault(job, List.of()).size();
            told += results.getOrDefault(job, List.of()).size();
            reconcile(
                    new Evidence(
                            jobs.contacts(),
                            contacts,
                            tried,
                            calls.stream()
                                    .map(call -> new Evidence.Call(call.gateway(), call.attemptId(), call.refused()))
                                    .toList(),
                            attempts.getOrDefault(job, List.of()),
                            states.getOrDefault(job, List.of()),
                            truth.outboxRows(),
                            counting,
                            List.of(),
                            new Evidence.Published(truth.jobSeq(job), results.getOrDefault(job, List.of()))),
                    job);
        }
        jobs.shut().forEach((job, window) -> found.addAll(window.check(gateways.calls(job))));
        notes.add(jobs.started().size() + " jobs, " + placed + " calls placed by the gateways' own record, " + refused
                + " refused by them");
        notes.add(
                published + " ATTEMPT events and " + told + " results in the log, counted by id against the database");
    }

    private void reconcile(Evidence evidence, long job) {
        ReconciliationReport report = Reconciliation.of(evidence);
        report.problems().stream()
                .limit(PROBLEMS_NAMED)
                .forEach(problem -> found.add(new Violation(Aspect.RECONCILIATION, "job " + job + ": " + problem)));
        long doubt = evidence.attempts().stream()
                .filter(attempt -> CompletionCode.ATTEMPT_IN_DOUBT.text().equals(attempt.code()))
                .count();
        if (doubt > 0 && noCallLost) {
            found.add(new Violation(
                    Aspect.LOST, "job " + job + ": " + doubt + " calls are in doubt after a graceful stop"));
        } else if (doubt > 0) {
            notes.add("job " + job + ": " + doubt + " attempts in doubt");
        }
    }
}
