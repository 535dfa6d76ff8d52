package io.callisto.drills.demo;

import io.callisto.drills.api.CallistoApi;
import io.callisto.drills.campaign.CampaignPlan;
import io.callisto.drills.campaign.CampaignRun;
import io.callisto.drills.history.JdbcHistoryStore;
import io.callisto.drills.history.Owner;
import io.callisto.drills.reconcile.GatewayWitness;
import io.callisto.drills.reconcile.JdbcTruthStore;
import io.callisto.drills.reconcile.KafkaWitness;
import io.callisto.drills.reconcile.Reconciliation;
import io.callisto.drills.reconcile.ReconciliationReport;
import io.callisto.server.cluster.LocalCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;

/** The campaign of the demo, with the loss of a server in its middle. Used by one thread, once. */
final class DemoCampaign {
    private static final Duration JOB_LIMIT = Duration.ofMinutes(5);
    private static final int DO_NOT_CALL = 25;
    private static final String COMMON_DIRECTOR = "director";
    private static final String SECOND_ZONE = "West";

    private final LocalCluster cluster;
    private final DemoPlan plan;
    private final DemoLog log;
    private final List<String> servers;
    private final JdbcTruthStore truth;
    private final JdbcHistoryStore history;
    private final ServerLoss loss;
    private final Map<String, String> zones = new LinkedHashMap<>(Map.of("0", "Default"));
    private double firstDialSeconds = -1;
    private @Nullable Takeover takeover;
    private double brokerSeconds = -1;

    DemoCampaign(LocalCluster cluster, DemoPlan plan, DemoLog log) {
        this.cluster = cluster;
        this.plan = plan;
        this.log = log;
        this.servers = cluster.servers();
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(cluster.jdbcUrl());
        database.setUser(cluster.databaseUser());
        database.setPassword(cluster.databasePassword());
        this.truth = new JdbcTruthStore(database);
        this.history = new JdbcHistoryStore(database);
        this.loss = new ServerLoss(cluster, history);
    }

    ReconciliationReport run() throws IOException {
        String doomed = plan.losesServer() ? loss.holderOf(COMMON_DIRECTOR) : "";
        CallistoApi api = apiOfSurvivor(doomed);
        if (plan.losesServer()) {
            secondZone(api);
        }
        CampaignRun run = new CampaignRun(
                api, truth, new KafkaWitness(cluster.kafkaBootstrap()), new GatewayWitness(cluster.gateways()));
        List<DemoContacts.Part> parts = DemoContacts.spread(plan.dir(), List.copyOf(zones.keySet()));
        List<Long> lists = new ArrayList<>();
        CampaignPlan campaign = campaign(parts.get(0));
        for (DemoContacts.Part part : parts) {
            lists.add(importPart(api, run, part));
        }
        api.post("/api/v1/do-not-call", Map.of("phoneNumbers", truth.phoneNumbers(lists.get(0), DO_NOT_CALL)));
        log.say("Put " + DO_NOT_CALL + " of their numbers on the do-not-call list");
        long job = run.start(campaign, lists);
        log.say("Started job " + job);
        JsonNode end = run.awaitEnd(JOB_LIMIT, answer -> {
            progress(answer);
            if (!doomed.isEmpty() && takeover == null && aThirdDone(answer)) {
                lose(doomed);
            }
        });
        log.say("Job " + job + " is " + end.path("state").asString());
        requireLoss(doomed);
        return Reconciliation.of(run.evidence());
    }

    /** The loss and the takeover, with what was measured by now; empty where nothing was lost. */
    Optional<Takeover> takeover() {
        return Optional.ofNullable(takeover).map(loss::lookAgain);
    }

    /** Seconds until another message broker was live; negative where the live one was not lost. */
    double brokerSeconds() {
        return brokerSeconds;
    }

    double firstDialSeconds() {
        return firstDialSeconds;
    }

    List<String> zones() {
        return List.copyOf(zones.values());
    }

    private CallistoApi apiOfSurvivor(String doomed) {
        int survivor = servers.get(0).equals(doomed) ? 1 : 0;
        return new CallistoApi(cluster.restUrls().get(survivor), LocalCluster.REST_USER, LocalCluster.REST_PASSWORD);
    }

    /** As in POM's deployment of three servers and two zones: the second zone is allocated to the second server. */
    private void secondZone(CallistoApi api) {
        String zone = api.post("/api/v1/zones", Map.of("name", SECOND_ZONE))
                .path("zoneId")
                .asString();
        zones.put(zone, SECOND_ZONE);
        String server = servers.get(1);
        api.post(
                "/api/v1/zones/" + zone + "/allocation/apply",
                Map.of("director", server, "agentManager", server, "confirm", true));
        log.say("Made zone " + SECOND_ZONE + "; its director and agent manager are allocated to " + server);
        loss.awaitHolder("director/" + zone, server);
        loss.awaitHolder("agent-manager/" + zone, server);
    }

    private CampaignPlan campaign(DemoContacts.Part part) {
        return new CampaignPlan("Demo", part.csv(), "defaultRegion=US", 400, 1_500, Duration.ofSeconds(2), 3);
    }

    private long importPart(CallistoApi api, CampaignRun run, DemoContacts.Part part) {
        String zone = zones.getOrDefault(part.zone(), part.zone());
        long list = api.post(
                        "/api/v1/contact-lists",
                        Map.of("name", "Demo " + zone, "zoneId", Integer.parseInt(part.zone())))
                .path("contactListId")
                .asLong();
        JsonNode imported = run.importContacts(campaign(part), list);
        log.say("Imported " + imported.path("rowsImported").asLong() + " contacts into zone " + zone + ", rejected "
                + imported.path("rowsRejected").asLong() + " bad rows " + imported.path("errorsByReason"));
        return list;
    }

    private void progress(JsonNode job) {
        JsonNode counts = job.path("counts");
        if (firstDialSeconds < 0 && counts.path("attempts").asLong() > 0) {
            firstDialSeconds = log.seconds();
        }
        log.progress(String.format(
                java.util.Locale.ROOT,
                "%-18s %d contacts: %d done, %d in a call, %d waiting; %d attempts",
                job.path("state").asString(),
                counts.path("contacts").asLong(),
                done(counts),
                counts.path("inAttempt").asLong(),
                counts.path("ready").asLong() + counts.path("retryWait").asLong(),
                counts.path("attempts").asLong()));
    }

    private static long done(JsonNode counts) {
        return counts.path("completed").asLong()
                + counts.path("restricted").asLong()
                + counts.path("failed").asLong();
    }

    private static boolean aThirdDone(JsonNode job) {
        JsonNode counts = job.path("counts");
        return job.path("state").asString().equals("RUNNING")
                && counts.path("contacts").asLong() > 0
                && done(counts) * 3 >= counts.path("contacts").asLong();
    }

    private void lose(String doomed) {
        String holder = loss.holderOf(COMMON_DIRECTOR);
        if (!holder.equals(doomed)) {
            throw new IllegalStateException("the common director went from " + doomed + " to " + holder
                    + " without any fault: a false failover");
        }
        log.say("Roles before the loss");
        showRoles(Set.of());
        boolean brokerToo = loss.liveBrokers().contains(doomed);
        log.say("kill -9 of all processes of " + doomed + ", which has the common director");
        Takeover seen = loss.kill(doomed);
        takeover = seen;
        log.say("All " + seen.lost().size() + " roles of " + doomed + " have new masters");
        if (brokerToo) {
            brokerSeconds = loss.awaitBroker(seen);
        }
        Takeover settled = loss.awaitFirstWork(seen);
        log.say("Roles after it");
        showRoles(Set.of(doomed));
        log.say("Seconds from the kill, by the database's clock");
        log.show(settled.lines());
        if (brokerToo) {
            log.show(List.of("  The message broker was live again after " + brokerSeconds + " s"));
        }
    }

    private void showRoles(Set<String> lost) {
        List<Owner> owners = history.owners();
        log.show(new RoleTable(servers, lost, zones, owners, Set.copyOf(loss.liveBrokers())).lines());
    }

    private void requireLoss(String doomed) {
        if (!doomed.isEmpty() && takeover == null) {
            throw new IllegalStateException("the job ended before the server could be killed");
        }
    }
}
