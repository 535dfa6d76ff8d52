package io.callisto.benchmarks.dialing;

import io.callisto.benchmarks.cli.BenchOutput;
import io.callisto.benchmarks.cli.BenchRunner;
import io.callisto.drills.api.CallistoApi;
import io.callisto.drills.campaign.CampaignPlan;
import io.callisto.drills.campaign.CampaignRun;
import io.callisto.drills.reconcile.Evidence;
import io.callisto.drills.reconcile.GatewayWitness;
import io.callisto.drills.reconcile.JdbcTruthStore;
import io.callisto.drills.reconcile.KafkaWitness;
import io.callisto.drills.reconcile.Reconciliation;
import io.callisto.drills.reconcile.ReconciliationReport;
import io.callisto.server.cluster.ClusterOptions;
import io.callisto.server.cluster.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/** Runs the benchmark. Used by one thread, once. */
final class DialingBenchRunner {
    private static final Duration FIRST_CALL_LIMIT = Duration.ofMinutes(3);
    private static final Duration END_LIMIT = Duration.ofMinutes(5);
    private static final double TIME_FACTOR = 200;
    private static final int LIMIT_SECONDS = 15;
    private static final long SAMPLE_NANOS = 1_000_000_000L;

    private final DialingBenchPlan plan;
    private final BenchOutput output;

    DialingBenchRunner(DialingBenchPlan plan, BenchOutput output) {
        this.plan = plan;
        this.output = output;
    }

    /** Returns the exit code: 0 where everything that was called reconciles. */
    int run() {
        return new BenchRunner(output).run(this::passes);
    }

    private boolean passes() throws Exception {
        LocalCluster cluster = LocalCluster.at(plan.dir());
        try {
            cluster.down();
            cluster.wipe();
            output.say("starting a cluster in " + plan.dir());
            cluster.up(
                    ClusterOptions.defaults()
                            .withServers(1)
                            .withKafka(plan.brokers())
                            .withTimeFactor(TIME_FACTOR),
                    line -> {});
            return measure(cluster);
        } finally {
            cluster.down();
        }
    }

    private boolean measure(LocalCluster cluster) throws Exception {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(cluster.jdbcUrl());
        database.setUser(cluster.databaseUser());
        database.setPassword(cluster.databasePassword());
        JdbcTruthStore truth = new JdbcTruthStore(database);
        CallistoApi api =
                new CallistoApi(cluster.restUrls().get(0), LocalCluster.REST_USER, LocalCluster.REST_PASSWORD);
        CampaignRun run = new CampaignRun(
                api, truth, new KafkaWitness(cluster.kafkaBootstrap()), new GatewayWitness(cluster.gateways()));
        CampaignPlan campaign = new CampaignPlan(
                "Bench", contacts(), "defaultRegion=DE", plan.rate(), 10_000, Duration.ofSeconds(1), 1);
        long list = api.createList(campaign.name());
        output.say("importing " + plan.contacts() + " contacts");
        run.importContacts(campaign, list);
        long job = run.start(campaign, list);
        Window window = window(truth, job);
        api.post("/api/v1/jobs/" + job + "/stop", Map.of());
        run.awaitEnd(END_LIMIT, answer -> {});
        output.say("reconciling");
        Evidence evidence = run.evidence();
        ReconciliationReport report = Reconciliation.of(evidence);
        int eventsPerAttempt =
                Math.toIntExact(Math.round(report.attemptEvents() / (double) Math.max(1, report.attempts())));
        output.say("measuring the limit: raw SQL and raw Kafka at once, " + LIMIT_SECONDS + " s");
        RawLimit.Result raw = new RawLimit(database, cluster.kafkaBootstrap(), eventsPerAttempt, SAMPLE_PAYLOAD)
                .measure(LIMIT_SECONDS);
        print(window, report, eventsPerAttempt, raw, new StepTimes(api).shares());
        return report.reconciled();
    }

    /** Counts completed attempts from the first completion until the time is up or all contacts are called. */
    private Window window(JdbcTruthStore truth, long job) {
        long limit = System.nanoTime() + FIRST_CALL_LIMIT.toNanos();
        long first = truth.completedAttempts(job);
        while (first == 0) {
            if (System.nanoTime() - limit > 0) {
                throw new IllegalStateException("no call was completed within " + FIRST_CALL_LIMIT.toSeconds() + " s");
            }
            LockSupport.parkNanos(SAMPLE_NANOS / 10);
            first = truth.completedAttempts(job);
        }
        long start = System.nanoTime();
        long last = first;
        long now = start;
        while (now - start < plan.seconds() * 1_000_000_000L && last < plan.contacts()) {
            LockSupport.parkNanos(SAMPLE_NANOS);
            long count = truth.completedAttempts(job);
            now = System.nanoTime();
            output.say(String.format(Locale.ROOT, "%4.0f s %,d attempts completed", (now - start) / 1e9, count));
            last = count;
        }
        return new Window(last - first, (now - start) / 1e9);
    }

    private Path contacts() throws IOException {
        Path file = plan.dir().resolve("bench-contacts.csv");
        Files.createDirectories(plan.dir());
        try (java.io.BufferedWriter csv = Files.newBufferedWriter(file)) {
            csv.write("id,firstName,lastName,phoneNumber1,country\n");
            for (int n = 0; n < plan.contacts(); n++) {
                csv.write("B" + n + ",Ada,Lovelace,+49151" + (10_000_000 + n) + ",DE\n");
            }
        }
        return file;
    }

    private void print(
            Window window,
            ReconciliationReport report,
            int eventsPerAttempt,
            RawLimit.Result raw,
            Map<String, Double> steps) {
        double attemptsPerSecond = window.attempts() / window.seconds();
        double limit = Math.min(raw.attemptsPerSecond(), raw.eventsPerSecond() / Math.max(1, eventsPerAttempt));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("attemptsPerSecond", round(attemptsPerSecond));
        result.put("limitPerSecond", round(limit));
        result.put("shareOfLimit", Math.round(1_000 * attemptsPerSecond / limit) / 1_000.0);
        result.put("missing", report.missing());
        result.put("duplicates", report.duplicates());
        result.put("reconciled", report.reconciled());
        result.put("seconds", round(window.seconds()));
        result.put("attempts", report.attempts());
        result.put("eventsPerAttempt", eventsPerAttempt);
        result.put("rawSqlAttemptsPerSecond", round(raw.attemptsPerSecond()));
        result.put("rawKafkaEventsPerSecond", round(raw.eventsPerSecond()));
        result.put("stepShares", steps);
        result.put("problems", report.problems());
        output.result(result, () -> lines(result));
    }

    private static String lines(Map<String, Object> result) {
        StringBuilder lines = new StringBuilder();
        result.forEach((name, value) -> lines.append(String.format(Locale.ROOT, "  %-26s %s%n", name, value)));
        return lines.toString();
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }

    /** What the measured window saw. */
    private record Window(long attempts, double seconds) {}

    private static final String SAMPLE_PAYLOAD = """
        {"eventId":"019aa8f0-0000-7000-8000-000000000000","seq":4,"at":"2026-11-22T02:00:00.000000Z",\
        "organisationId":0,"zoneId":0,"attemptId":"019aa8f0-0000-7000-8000-000000000001","jobId":1,"campaignId":1,\
        "contactId":123456,"userContactId":"B123456","contactListId":1,"attemptNo":1,"address":"+4915110123456",\
        "addressAttribute":"phoneNumber1","channel":"VOICE","phase":"COMPLETED","completionCode":"Answer_Human",\
        "gatewayId":"g1","epoch":1099511627777}\
        """;
}
