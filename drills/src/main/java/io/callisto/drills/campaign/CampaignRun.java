package io.callisto.drills.campaign;

import io.callisto.drills.api.CallistoApi;
import io.callisto.drills.load.Patience;
import io.callisto.drills.reconcile.ContractReport;
import io.callisto.drills.reconcile.Evidence;
import io.callisto.drills.reconcile.GatewayWitness;
import io.callisto.drills.reconcile.JdbcTruthStore;
import io.callisto.drills.reconcile.KafkaWitness;
import io.callisto.event.contract.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** One campaign, from the upload of its contacts to the evidence about its job. Not thread-safe. */
public final class CampaignRun {
    private static final Duration IMPORT_LIMIT = Duration.ofMinutes(10);
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(2);
    private static final Duration RESULTS_LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(250);

    private final CallistoApi api;
    private final JdbcTruthStore truth;
    private final KafkaWitness kafka;
    private final GatewayWitness gateways;
    private long imported;
    private long job;

    public CampaignRun(CallistoApi api, JdbcTruthStore truth, KafkaWitness kafka, GatewayWitness gateways) {
        this.api = api;
        this.truth = truth;
        this.kafka = kafka;
        this.gateways = gateways;
    }

    /** Uploads and imports the plan's contacts; returns the import's final answer. */
    public JsonNode importContacts(CampaignPlan plan, long list) {
        long id = api.importCsv(list, plan.csv(), plan.importQuery())
                .path("importId")
                .asLong();
        Holder answer = new Holder();
        await("import " + id, IMPORT_LIMIT, () -> {
            answer.value = api.get("/api/v1/imports/" + id);
            return !answer.state().equals("QUEUED") && !answer.state().equals("RUNNING");
        });
        if (!answer.state().equals("COMPLETED")) {
            throw new IllegalStateException("import " + id + " ended " + answer.value);
        }
        imported += answer.value.path("rowsImported").asLong();
        return answer.value;
    }

    /** Starts the plan's campaign on the list; returns the job's id. */
    public long start(CampaignPlan plan, long list) {
        return start(plan, List.of(list));
    }

    /** Starts the plan's campaign on several lists, which may be of different zones; returns the job's id. */
    public long start(CampaignPlan plan, List<Long> lists) {
        long strategy = api.createStrategy(plan.name(), plan.strategy());
        job = api.startJob(api.createCampaign(plan.name(), strategy, lists));
        return job;
    }

    /**
     * Polls the job until it is in a final state.
     *
     * @param progress hears each answer of {@code GET /api/v1/jobs/{id}}
     * @throws IllegalStateException where the limit passes first
     */
    public JsonNode awaitEnd(Duration limit, Consumer<JsonNode> progress) {
        Holder answer = new Holder();
        await("job " + job, limit, () -> {
            answer.value = api.get("/api/v1/jobs/" + job);
            progress.accept(answer.value);
            return switch (answer.state()) {
                case "COMPLETED", "STOPPED", "FAILED" -> true;
                default -> false;
            };
        });
        return answer.value;
    }

    /** Waits until the outbox is empty, then asks all witnesses. Only for a database whose other jobs are at rest. */
    public Evidence evidence() {
        // Results first: they go through the outbox, too. One that never comes is for the reconciliation to tell.
        Patience.until(RESULTS_LIMIT, () -> truth.untoldResults() == 0);
        await("the outbox to drain", DRAIN_LIMIT, () -> truth.outboxRows() == 0);
        Evidence.Contacts contacts = truth.contacts(job);
        List<Evidence.Attempt> attempts = truth.attempts(job);
        ContractReport log = kafka.contract(0);
        List<String> counting = new ArrayList<>(truth.countDrift(job));
        counting.addAll(log.statisticsProblems(job, contacts, attempts.size()));
        return new Evidence(
                imported,
                contacts,
                attempts,
                gateways.calls(job),
                kafka.attemptEvents(EventType.ATTEMPT.topic(0), job),
                kafka.jobEvents(EventType.JOB.topic(0), job),
                truth.outboxRows(),
                counting,
                log.problems(),
                new Evidence.Published(
                        truth.jobSeq(job), kafka.results(EventType.ENRICHEDATTEMPTRESULT.topic(0), job)));
    }

    private static void await(String what, Duration limit, BooleanSupplier done) {
        long end = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("waited " + limit.toSeconds() + " s in vain for " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** The newest answer. */
    private static final class Holder {
        private JsonNode value = tools.jackson.databind.node.MissingNode.getInstance();

        String state() {
            return value.path("state").asString();
        }
    }
}
