package io.callisto.drills.demo;

import io.callisto.drills.api.CallistoApi;
import io.callisto.drills.campaign.CampaignPlan;
import io.callisto.drills.campaign.CampaignRun;
import io.callisto.drills.reconcile.GatewayWitness;
import io.callisto.drills.reconcile.JdbcTruthStore;
import io.callisto.drills.reconcile.KafkaWitness;
import io.callisto.drills.reconcile.Reconciliation;
import io.callisto.drills.reconcile.ReconciliationReport;
import io.callisto.server.cluster.ClusterOptions;
import io.callisto.server.cluster.LocalCluster;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the demo. Used by one thread, once. */
final class DemoRunner {
    private static final String SAMPLE = "samples/contacts-5000.csv";
    private static final Duration JOB_LIMIT = Duration.ofMinutes(5);
    private static final int DO_NOT_CALL = 25;

    private final PrintWriter out;
    private final Path dir;
    private final @Nullable Path json;
    private final boolean keep;
    private final double timeFactor;
    private final int brokers;
    private final long started = System.nanoTime();
    private double firstDialSeconds = -1;

    DemoRunner(PrintWriter out, Path dir, @Nullable Path json, boolean keep, double timeFactor, int brokers) {
        this.out = out;
        this.dir = dir;
        this.json = json;
        this.keep = keep;
        this.timeFactor = timeFactor;
        this.brokers = brokers;
    }

    /** Returns the exit code: 0 only if everything reconciles. */
    int run() {
        LocalCluster cluster = LocalCluster.at(dir);
        try {
            cluster.down();
            cluster.wipe();
            say("Starting a cluster of real parts in " + dir + " (PostgreSQL, ZooKeeper, " + brokers
                    + " Kafka brokers, Artemis, media gateway, 1 server)");
            cluster.up(
                    ClusterOptions.defaults().withServers(1).withKafka(brokers).withTimeFactor(timeFactor),
                    line -> out.println("  " + line));
            say("Cluster is ready");
            ReconciliationReport report = campaign(cluster);
            print(report);
            write(report);
            return report.reconciled() ? 0 : 1;
        } catch (Exception failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                out.println((cause == failed ? "Demo failed: " : "  because: ") + cause);
            }
            out.println("Logs are in " + dir.resolve("logs"));
            return 1;
        } finally {
            if (keep) {
                out.println("The cluster goes on; stop it with: ./callisto down --dir " + dir);
            } else {
                cluster.down();
            }
            out.flush();
        }
    }

    private ReconciliationReport campaign(LocalCluster cluster) throws IOException {
        CallistoApi api =
                new CallistoApi(cluster.restUrls().get(0), LocalCluster.REST_USER, LocalCluster.REST_PASSWORD);
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(cluster.jdbcUrl());
        database.setUser(cluster.databaseUser());
        database.setPassword(cluster.databasePassword());
        JdbcTruthStore truth = new JdbcTruthStore(database);
        CampaignRun run = new CampaignRun(
                api, truth, new KafkaWitness(cluster.kafkaBootstrap()), new GatewayWitness(cluster.gateways()));
        CampaignPlan plan =
                new CampaignPlan("Demo", sample(), "defaultRegion=US", 400, 1_500, Duration.ofSeconds(2), 3);
        long list = api.createList(plan.name());
        JsonNode imported = run.importContacts(plan, list);
        say("Imported " + imported.path("rowsImported").asLong() + " contacts, rejected "
                + imported.path("rowsRejected").asLong() + " bad rows " + imported.path("errorsByReason"));
        api.post("/api/v1/do-not-call", Map.of("phoneNumbers", truth.phoneNumbers(list, DO_NOT_CALL)));
        say("Put " + DO_NOT_CALL + " of their numbers on the do-not-call list");
        long job = run.start(plan, list);
        say("Started job " + job);
        JsonNode end = run.awaitEnd(JOB_LIMIT, this::progress);
        out.println();
        say("Job " + job + " is " + end.path("state").asString());
        return Reconciliation.of(run.evidence());
    }

    private void progress(JsonNode job) {
        JsonNode counts = job.path("counts");
        if (firstDialSeconds < 0 && counts.path("attempts").asLong() > 0) {
            firstDialSeconds = seconds();
        }
        out.printf(
                Locale.ROOT,
                "\r[%5.1f s] %-18s %d contacts: %d completed, %d restricted, %d failed, %d in a call, %d waiting;"
                        + " %d attempts   ",
                seconds(),
                job.path("state").asString(),
                counts.path("contacts").asLong(),
                counts.path("completed").asLong(),
                counts.path("restricted").asLong(),
                counts.path("failed").asLong(),
                counts.path("inAttempt").asLong(),
                counts.path("ready").asLong() + counts.path("retryWait").asLong(),
                counts.path("attempts").asLong());
        out.flush();
    }

    private Path sample() throws IOException {
        Path file = dir.resolve("contacts-5000.csv");
        try (InputStream content = LocalCluster.class.getClassLoader().getResourceAsStream(SAMPLE)) {
            if (content == null) {
                throw new IOException(SAMPLE + " is not on the class path");
            }
            Files.write(file, content.readAllBytes());
        }
        return file;
    }

    private void print(ReconciliationReport report) {
        out.println();
        out.println("Reconciliation (database, media gateway's own registry, plain read_committed Kafka consumer)");
        out.printf(
                "  contacts       %,9d = %,d completed + %,d restricted + %,d failed%n",
                report.contacts(), report.completed(), report.restricted(), report.failed());
        out.printf("  attempts       %,9d in SQL%n", report.attempts());
        out.printf("  gateway calls  %,9d placed, by the gateway's registry%n", report.gatewayCalls());
        out.printf(
                "  events         %,9d attempts completed in the log (%,d ATTEMPT and %d JOB records in all)%n",
                report.events(), report.attemptEvents(), report.jobEvents());
        out.printf(
                "  missing %d, duplicates %d, contradictions %d%n",
                report.missing(), report.duplicates(), report.wrong());
        report.problems().forEach(problem -> out.println("  ! " + problem));
        out.printf(
                Locale.ROOT,
                "%s in %.1f s (first dial after %.1f s)%n",
                report.reconciled() ? "RECONCILED" : "NOT RECONCILED",
                seconds(),
                firstDialSeconds);
    }

    private void write(ReconciliationReport report) throws IOException {
        if (json == null) {
            return;
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("reconciled", report.reconciled());
        result.put("contacts", report.contacts());
        result.put("completed", report.completed());
        result.put("restricted", report.restricted());
        result.put("failed", report.failed());
        result.put("attempts", report.attempts());
        result.put("gatewayCalls", report.gatewayCalls());
        result.put("events", report.events());
        result.put("attemptEvents", report.attemptEvents());
        result.put("jobEvents", report.jobEvents());
        result.put("duplicates", report.duplicates());
        result.put("missing", report.missing());
        result.put("contradictions", report.wrong());
        result.put("problems", report.problems());
        result.put("seconds", seconds());
        result.put("firstDialSeconds", firstDialSeconds);
        Files.writeString(
                json, new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result));
    }

    private void say(String what) {
        out.printf(Locale.ROOT, "[%5.1f s] %s%n", seconds(), what);
        out.flush();
    }

    private double seconds() {
        return Math.round((System.nanoTime() - started) / 1e8) / 10.0;
    }
}
