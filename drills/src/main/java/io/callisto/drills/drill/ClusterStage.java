package io.callisto.drills.drill;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.callisto.drills.history.JdbcHistoryStore;
import io.callisto.drills.history.Owner;
import io.callisto.drills.load.DrillCampaign;
import io.callisto.drills.load.LoadLevel;
import io.callisto.drills.load.Patience;
import io.callisto.drills.reconcile.JdbcTruthStore;
import io.callisto.drills.testbed.DrillTarget;
import io.callisto.drills.testbed.TargetFailure;
import io.callisto.server.cluster.LocalCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** A cluster made ready for drills: two zones where there are servers for them, a campaign, recorded effects. */
final class ClusterStage implements AutoCloseable {
    private static final Duration OWNERS_LIMIT = Duration.ofSeconds(60);
    private static final int SERVERS_FOR_TWO_ZONES = 3;
    private static final int CONNECT_MILLIS = 3_000;

    private final HikariDataSource dataSource;
    private final Stage stage;
    private final DrillCampaign campaign;

    private ClusterStage(HikariDataSource dataSource, Stage stage, DrillCampaign campaign) {
        this.dataSource = dataSource;
        this.stage = stage;
        this.campaign = campaign;
    }

    /** Of a target that is up. */
    static ClusterStage of(DrillTarget target, LoadLevel level, RandomGenerator random, Path directory) {
        HikariDataSource dataSource = pool(target);
        JdbcHistoryStore history = new JdbcHistoryStore(dataSource);
        Stage stage = new Stage(
                target,
                history,
                new JdbcTruthStore(dataSource),
                random,
                LocalCluster.REST_USER,
                LocalCluster.REST_PASSWORD);
        history.recordEffects(true);
        ClusterStage made = new ClusterStage(dataSource, stage, new DrillCampaign(stage::api, level, "Drill"));
        made.campaign.prepare(made.zones(), directory);
        made.awaitOwners();
        return made;
    }

    Stage stage() {
        return stage;
    }

    DrillCampaign campaign() {
        return campaign;
    }

    /** Waits until every scope that should have an owner has one, in every zone. */
    void awaitOwners() {
        int zones = stage.history().zones().size();
        boolean complete = Patience.until(OWNERS_LIMIT, () -> {
            List<Owner> owners = stage.history().owners();
            return owners.stream().allMatch(Owner::held)
                    && owners.stream()
                                    .filter(owner -> owner.scope().startsWith("director/"))
                                    .count()
                            >= zones;
        });
        if (!complete) {
            throw new TargetFailure(
                    "after " + OWNERS_LIMIT.toSeconds() + " s these scopes have no owner: "
                            + stage.history().standing().ownerless() + "; logs are in "
                            + stage.target().logs(),
                    null);
        }
    }

    @Override
    public void close() {
        dataSource.close();
    }

    private List<Integer> zones() {
        if (stage.servers().size() >= SERVERS_FOR_TWO_ZONES
                && stage.history().zones().size() < 2) {
            stage.api().post("/api/v1/zones", Map.of("name", "Drill"));
        }
        List<Integer> zones = new ArrayList<>();
        for (JsonNode zone : stage.api().get("/api/v1/zones").path("items")) {
            zones.add(zone.path("zoneId").asInt());
        }
        return zones;
    }

    private static HikariDataSource pool(DrillTarget target) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(target.jdbcUrl());
        config.setUsername(target.databaseUser());
        config.setPassword(target.databasePassword());
        config.setMaximumPoolSize(3);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setPoolName("drill");
        return new HikariDataSource(config);
    }
}
